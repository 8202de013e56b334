import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input, TextArea } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import type { MembersOf } from './Members';
import { isKey, keyFor } from './teams';

export const routings = ['round_robin', 'least_recent'] as const;
const routingOf = (value: unknown) => routings.find((routing) => routing === value) ?? 'round_robin';

// atOnce is how many members one request takes; the others are put in afterwards.
const atOnce = 50;

interface Props {
  members: MembersOf;
  create: (team: Schemas['TeamCreateInputBody']) => Promise<unknown>;
  onClose: () => void;
}

// NewTeam makes a team; its key is made of its label until somebody types one.
export function NewTeam({ members: membersOf, create, onClose }: Props) {
  const [label, setLabel] = useState('');
  const [key, setKey] = useState<string>();
  const [members, setMembers] = useState<string[]>([]);
  const made = key ?? keyFor(label);

  const check = (form: FormData): Faults => ({
    ...(!text(form, 'label') && { label: say('team.label.fault') }),
    ...(!isKey(made) && { key: say('team.key.fault') }),
  });

  const send = (form: FormData) =>
    create({
      key: made,
      label: text(form, 'label'),
      description: text(form, 'description'),
      routing: routingOf(form.get('routing')),
      members,
    });

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
        {membersOf({
          value: members,
          most: atOnce,
          onChange: (u, on) => setMembers((now) => (on ? [...now, u] : now.filter((other) => other !== u))),
        })}
        <Submit label={say('team.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
