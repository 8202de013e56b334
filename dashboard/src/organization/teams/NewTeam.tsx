import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input, TextArea } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { Members } from './Members';
import { createTeam, isKey, keyFor } from './teams';

export const routings = ['round_robin', 'least_recent'] as const;
const routingOf = (value: unknown) => routings.find((routing) => routing === value) ?? 'round_robin';

// atOnce is how many members one request takes; the others are put in afterwards.
const atOnce = 50;

export function NewTeam({ onClose }: { onClose: () => void }) {
  const o = useOrganizationId();
  const [label, setLabel] = useState('');
  const [key, setKey] = useState<string>();
  const [members, setMembers] = useState<string[]>([]);
  const made = key ?? keyFor(label);

  const check = (form: FormData): Faults => ({
    ...(!text(form, 'label') && { label: say('team.label.fault') }),
    ...(!isKey(made) && { key: say('team.key.fault') }),
  });

  async function send(form: FormData) {
    await createTeam(o, {
      key: made,
      label: text(form, 'label'),
      description: text(form, 'description'),
      routing: routingOf(form.get('routing')),
      members,
    });
    toast({ title: say('team.created', { name: label }) });
    onClose();
  }

  return (
    <Dialog wide title={say('team.new')} onClose={onClose}>
      <Form send={send} check={check}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label={say('team.label')} name="label" value={label} onValueChange={setLabel} autoComplete="off" autoFocus />
          <Input label={say('team.key')} name="key" hint={say('team.key.hint')} value={made} onValueChange={setKey} autoComplete="off" />
        </div>
        <TextArea label={say('description')} name="description" rows={2} />
        <Choice
          label={say('team.routing')}
          name="routing"
          defaultValue="round_robin"
          options={routings.map((routing) => [routing, say(`routing.${routing}`)])}
          hint={say('routing.hint')}
        />
        <Members
          value={members}
          most={atOnce}
          onChange={(u, on) => setMembers((now) => (on ? [...now, u] : now.filter((other) => other !== u)))}
        />
        <Submit label={say('team.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
