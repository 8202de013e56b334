import { useState } from 'react';
import { add, drop, revise } from '../../api/cache';
import { $api, api } from '../../api/client';
import { usePrincipal } from '../../api/me';
import { faultsOf } from '../../organization/users/NewUser';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input } from '../../ui/Field';
import { Form, Submit, text } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { given, type Person, type Role, roles, StaffView } from './StaffView';

const path = '/v1/staff' as const;
const most = 200;

// StaffPage is the agency's own people.
export function StaffPage() {
  const me = usePrincipal();
  const answer = $api.useQuery('get', path, { params: { query: { limit: most } } });
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Person>();

  async function change(person: Person, role: Role) {
    revise<Person>(path, person.id, (kept) => ({ ...kept, role }));
    try {
      const { data: saved } = await api.PATCH('/v1/staff/{id}', {
        params: { path: { id: person.id }, header: { 'If-Match': `"${person.version}"` } },
        body: { role },
      });
      if (saved) revise<Person>(path, person.id, () => saved);
    } catch (error) {
      revise<Person>(path, person.id, () => person);
      toast({ title: sentence(error), bad: true });
    }
  }

  return (
    <>
      <StaffView answer={answer} viewer={me.role} onInvite={() => setInviting(true)} onChange={change} onRemove={setRemoving} />
      {removing && (
        <Confirm
          title={say('staff.remove.of', { name: removing.name })}
          consequences={[say('staff.remove.access'), say('user.remove.log')]}
          action={say('staff.remove')}
          send={async () => {
            await api.DELETE('/v1/staff/{id}', { params: { path: { id: removing.id } } });
            drop(path, removing.id);
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {inviting && <Invite role={me.role} onClose={() => setInviting(false)} />}
    </>
  );
}

function Invite({ role, onClose }: { role: string; onClose: () => void }) {
  const [chosen, setChosen] = useState<Role>('member');
  async function send(form: FormData) {
    const { data } = await api.POST(path, { body: { name: text(form, 'name'), email: text(form, 'email'), role: chosen } });
    if (data) add<Person>(path, data);
    toast({ title: say('invited', { n: 1 }) });
    onClose();
  }
  return (
    <Dialog title={say('staff.invite')} onClose={onClose}>
      <Form send={send} check={faultsOf}>
        <Input label={say('name')} name="name" autoComplete="off" autoFocus />
        <Input label={say('email')} name="email" type="email" autoComplete="off" />
        <Choice
          label={say('role')}
          name="role"
          hint={say(`may.${chosen}`)}
          value={chosen}
          onValueChange={(value) => setChosen(roles.find((known) => known === value) ?? 'member')}
          options={given(role).map((known) => [known, say(`role.${known}`)] as const)}
        />
        <Submit label={say('invite.send')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
