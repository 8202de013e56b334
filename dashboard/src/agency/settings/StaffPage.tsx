import { MailPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { add, drop, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { Badge } from '../../brand/Badge';
import { faultsOf } from '../../organization/users/NewUser';
import { Button, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input } from '../../ui/Field';
import { Form, Submit, text } from '../../ui/Form';
import { useTitle } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { toast } from '../../ui/toast';
import { ago } from '../../words/format';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';

type Person = Schemas['StaffPerson'];
type Role = Person['role'];
const path = '/v1/staff' as const;
const roles = ['owner', 'admin', 'member'] as const;
const most = 200;

// given are the roles that somebody may give: none above their own.
const given = (role: string) => (role === 'owner' ? roles : roles.filter((known) => known !== 'owner'));

// StaffPage is the agency's own people.
export function StaffPage() {
  const me = usePrincipal();
  const readOnly = !may(me, 'settle');
  const { data, isPending, error, refetch } = $api.useQuery('get', path, { params: { query: { limit: most } } });
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Person>();
  useTitle(say('staff'));

  // Only owners touch owners.
  const touchable = (person: Person) => !readOnly && (me.role === 'owner' || person.role !== 'owner');

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
      {!readOnly && (
        <div className="flex justify-end">
          <Button kind="strong" icon={<MailPlus aria-hidden="true" className="size-4" />} onClick={() => setInviting(true)}>
            {say('staff.invite')}
          </Button>
        </div>
      )}
      <Table
        label={say('staff')}
        rows={data?.items}
        keyOf={({ id }) => id}
        loading={isPending}
        error={error}
        again={refetch}
        empty={null}
        columns={[
          {
            title: say('name'),
            cell: ({ name, email }) => (
              <div className="flex min-w-0 items-center gap-3">
                <Badge name={name} />
                <div className="min-w-0">
                  <div dir="auto" className="font-medium">
                    {name}
                  </div>
                  <div className="text-[13px] text-dim">{email}</div>
                </div>
              </div>
            ),
          },
          {
            title: say('role'),
            cell: (person) =>
              touchable(person) ? (
                <select
                  aria-label={say('staff.role', { name: person.name })}
                  value={person.role}
                  onChange={(event) => change(person, roles.find((role) => role === event.target.value) ?? person.role)}
                  className="control rounded-lg border bg-card px-2"
                >
                  {given(me.role).map((role) => (
                    <option key={role} value={role}>
                      {say(`role.${role}`)}
                    </option>
                  ))}
                </select>
              ) : (
                say(`role.${person.role}`)
              ),
          },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          {
            title: say('lastSeen'),
            quiet: true,
            cell: ({ lastSeenAt }) => <span className="text-dim">{lastSeenAt ? ago(new Date(lastSeenAt)) : say('never')}</span>,
          },
          ...(readOnly
            ? []
            : [
                {
                  title: say('actions'),
                  actions: true,
                  cell: (person: Person) =>
                    touchable(person) && (
                      <IconButton label={say('staff.remove.of', { name: person.name })} onClick={() => setRemoving(person)}>
                        <Trash2 aria-hidden="true" className="size-4" />
                      </IconButton>
                    ),
                },
              ]),
        ]}
      />
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
