import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { type Person, PersonFields } from './PersonFields';
import { addUser } from './users';

export const newcomer: Person = { role: 'user', language: '', sections: { home: 'view' }, agents: 'all', teams: [] };

const isAddress = /^[^\s@]+@[^\s@]+$/;

export function faultsOf(form: FormData): Faults {
  return {
    ...(!text(form, 'name') && { name: say('user.name.fault') }),
    ...(!isAddress.test(text(form, 'email')) && { email: say('email.fault') }),
  };
}

// NewUser adds a user, who gets in by a sign-in link. Who is to be told by a mail
// is invited instead.
export function NewUser({ onClose }: { onClose: () => void }) {
  const o = useOrganizationId();
  const [person, setPerson] = useState(newcomer);
  async function send(form: FormData) {
    const name = text(form, 'name');
    await addUser(o, { name, email: text(form, 'email'), ...person, language: person.language || undefined });
    toast({ title: say('user.added', { name }) });
    onClose();
  }
  return (
    <Dialog wide title={say('user.add')} onClose={onClose}>
      <Form send={send} check={faultsOf}>
        <p className="text-dim">{say('user.add.text')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label={say('name')} name="name" autoComplete="off" autoFocus />
          <Input label={say('email')} name="email" type="email" autoComplete="off" />
        </div>
        <PersonFields value={person} set={(change) => setPerson((now) => ({ ...now, ...change }))} />
        <Submit label={say('user.add')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
