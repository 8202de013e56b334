import { useState } from 'react';
import { keysOf } from '../../access/grants';
import { Matrix } from '../../access/Matrix';
import { useMe } from '../../api/me';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Dialog } from '../../ui/Dialog';
import { Form, Submit } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useIsStaff, useOrganization, useOrganizationId, useReadOnly } from '../organization';
import { AgentsView } from './AgentsView';
import { type Assigned, setSections, unassign, useAgents } from './agents';

// AgentsPage is which agents a client has, and what it sees of each.
export function AgentsPage() {
  const o = useOrganizationId();
  const { items, loading, more, error, again } = useAgents(o);
  const { name } = useOrganization();
  const staff = useIsStaff();
  const readOnly = useReadOnly() || !staff;
  const [changing, setChanging] = useState<Assigned>();
  const [removing, setRemoving] = useState<Assigned>();
  return (
    <>
      <AgentsView
        organization={o}
        name={name}
        answer={{ data: loading || (error && items.length === 0) ? undefined : { items }, error, refetch: again }}
        {...{ more, staff, readOnly }}
        onChange={setChanging}
        onRemove={setRemoving}
      />
      {changing && <SectionsDialog agent={changing} onClose={() => setChanging(undefined)} />}
      {removing && (
        <Confirm
          title={say('unassign', { what: removing.name, client: name })}
          consequences={[say('unassign.access', { client: name }), say('unassign.sections')]}
          action={say('unassign.short')}
          send={async () => {
            await unassign(o, removing);
            toast({ title: say('unassigned.done', { what: removing.name, client: name }) });
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function SectionsDialog({ agent, onClose }: { agent: Assigned; onClose: () => void }) {
  const o = useOrganizationId();
  const { ceiling } = useOrganization();
  const tabs = useMe().workspace.customTabs;
  const [sections, setValue] = useState(agent.assignment.sections);
  return (
    <Dialog wide title={say('agent.sections', { name: agent.name })} onClose={onClose}>
      <Form
        send={async () => {
          await setSections(o, agent, sections);
          toast({ title: say('saved', { what: agent.name }) });
          onClose();
        }}
      >
        <p className="text-dim">{say('agent.sections.text')}</p>
        <Matrix
          legend={say('agent.shown')}
          keys={keysOf(tabs)}
          tabs={tabs}
          value={sections}
          otherwise="edit"
          ceiling={ceiling}
          onChange={setValue}
        />
        <Submit>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
