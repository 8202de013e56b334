import { MailPlus, Trash2 } from 'lucide-react';
import type { Schemas } from '../../api/client';
import { Named } from '../../brand/Named';
import { Button, IconButton } from '../../ui/Button';
import type { Answer } from '../../ui/Loaded';
import { Status } from '../../ui/Status';
import { type Listed, Table } from '../../ui/Table';
import { ago } from '../../words/format';
import { say } from '../../words/say';

export type Person = Schemas['StaffPerson'];
export type Role = Person['role'];

export const roles = ['owner', 'admin', 'member'] as const;

// given are the roles that somebody may give: none above their own.
export const given = (role: string) => (role === 'owner' ? roles : roles.filter((known) => known !== 'owner'));

interface Props {
  answer: Answer<Listed<Person>>;
  // viewer is the role of whoever looks.
  viewer: string;
  onInvite: () => void;
  onChange: (person: Person, role: Role) => void;
  onRemove: (person: Person) => void;
}

export function StaffView({ answer, viewer, onInvite, onChange, onRemove }: Props) {
  const readOnly = viewer !== 'owner' && viewer !== 'admin';
  // Only owners touch owners.
  const touchable = (person: Person) => !readOnly && (viewer === 'owner' || person.role !== 'owner');
  return (
    <>
      {!readOnly && (
        <div className="flex justify-end">
          <Button kind="strong" icon={<MailPlus aria-hidden="true" className="size-4" />} onClick={onInvite}>
            {say('staff.invite')}
          </Button>
        </div>
      )}
      <Table
        label={say('staff')}
        answer={answer}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          {
            title: say('name'),
            badged: true,
            cell: ({ name, email }) => <Named name={name} below={email} />,
          },
          {
            title: say('role'),
            cell: (person) =>
              touchable(person) ? (
                <select
                  aria-label={say('staff.role', { name: person.name })}
                  value={person.role}
                  onChange={(event) => onChange(person, roles.find((role) => role === event.target.value) ?? person.role)}
                  className="control rounded-lg border bg-card px-2"
                >
                  {given(viewer).map((role) => (
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
          !readOnly && {
            title: say('actions'),
            actions: 1,
            cell: (person) =>
              touchable(person) && (
                <IconButton label={say('staff.remove.of', { name: person.name })} onClick={() => onRemove(person)}>
                  <Trash2 aria-hidden="true" className="size-4" />
                </IconButton>
              ),
          },
        ]}
      />
    </>
  );
}
