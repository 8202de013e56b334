import { useState } from 'react';
import { lacksAgents } from '../../access/AgentsField';
import type { Schemas } from '../../api/client';
import { isAddress } from '../../ui/address';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import type { Choices } from './choices';
import { type Person, PersonFields } from './PersonFields';

export const newcomer: Person = { role: 'user', language: '', sections: { home: 'view' }, agents: 'all', teams: [] };

export function faultsOf(form: FormData): Faults {
  return {
    ...(!text(form, 'name') && { name: say('user.name.fault') }),
    ...(!isAddress(text(form, 'email')) && { email: say('email.fault') }),
  };
}

interface Props {
  choices: Choices;
  add: (user: Schemas['UserFields']) => Promise<unknown>;
  onClose: () => void;
}

// NewUser adds a user, who gets in by a sign-in link. Who is to be told by a mail
// is invited instead.
export function NewUser({ choices, add, onClose }: Props) {
  const [person, setPerson] = useState(newcomer);
  const send = (form: FormData) =>
    add({ name: text(form, 'name'), email: text(form, 'email'), ...person, language: person.language || undefined });
  return (
    <Dialog wide title={say('user.add')} onClose={onClose}>
      <Form send={send} check={(form) => ({ ...faultsOf(form), ...lacksAgents(person.agents) })}>
        <p className="text-dim">{say('user.add.text')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label={say('name')} name="name" autoComplete="off" autoFocus />
          <Input label={say('email')} name="email" type="email" autoComplete="off" />
        </div>
        <PersonFields value={person} set={(change) => setPerson((now) => ({ ...now, ...change }))} choices={choices} />
        <Submit label={say('user.add')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
