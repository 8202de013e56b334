import { useState } from 'react';
import { api } from '../../api/client';
import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Section } from '../../ui/Section';
import { toast } from '../../ui/toast';
import { day } from '../../words/format';
import { say } from '../../words/say';
import { change } from '../changes';
import { know, type Organization } from '../organization';

type Step = 'suspend' | 'archive' | 'delete' | 'restore';

async function remove(o: string) {
  const { data } = await api.DELETE('/v1/organizations/{o}', { params: { path: { o } } });
  if (data) know(data);
}

// Ending is how a client is closed for a while or for good, and opened again: what
// follows is said before it is done.
export function Ending({ organization }: { organization: Organization }) {
  const [asking, setAsking] = useState<Step>();
  if (!may(usePrincipal(), 'create')) return null;
  const { id, name, status, counts, purgeAt } = organization;
  const people = [
    say('end.people', { n: counts.users }),
    say('end.agents', { n: counts.agents }),
    say('end.invitations', { n: counts.pendingInvitations }),
  ];
  const steps: Record<Step, { consequences: string[]; send: () => Promise<unknown> }> = {
    suspend: {
      consequences: [...people.slice(0, 1), say('end.handoffs'), say('end.suspend.staff')],
      send: () => change(id, { status: 'suspended' }),
    },
    archive: {
      consequences: [...people.slice(0, 1), say('end.handoffs'), say('end.archive.readOnly')],
      send: () => change(id, { status: 'archived' }),
    },
    delete: { consequences: [...people, say('end.handoffs'), say('end.delete.grace'), say('end.delete.name')], send: () => remove(id) },
    restore: { consequences: [say('end.restore.people', { n: counts.users })], send: () => change(id, { status: 'active' }) },
  };
  const offered: Step[] =
    status === 'active' ? ['suspend', 'archive', 'delete'] : status === 'deleted' ? ['restore'] : ['restore', 'delete'];
  const step = asking && steps[asking];
  return (
    <Section title={say('end')} about={purgeAt ? say('end.purge', { day: day(new Date(purgeAt)) }) : undefined}>
      <div className="flex flex-wrap gap-2">
        {offered.map((step) => (
          <Button key={step} kind={step === 'delete' ? 'danger' : 'plain'} onClick={() => setAsking(step)}>
            {say(`end.${step}`)}
          </Button>
        ))}
      </div>
      {asking && step && (
        <Confirm
          title={say(`end.${asking}.title`, { name })}
          consequences={step.consequences}
          action={say(`end.${asking}`)}
          danger={asking !== 'restore'}
          send={async () => {
            await step.send();
            toast({ title: say(`end.${asking}.done`, { name }) });
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}
