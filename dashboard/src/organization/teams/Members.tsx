import { type ReactNode, useState } from 'react';
import { Badge } from '../../brand/Badge';
import { type Answer, Loaded } from '../../ui/Loaded';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { type User, useUsers } from '../users/users';

interface Props {
  value: string[];
  onChange: (user: string, member: boolean) => void;
  // most is how many there can be.
  most?: number;
  readOnly?: boolean;
}

// MembersOf is the members' part of a view of a team: who brings the people is the page.
export type MembersOf = (props: Props) => ReactNode;

// Members are who is in a team: people of the organization, found by their names.
export function Members(props: Props) {
  const o = useOrganizationId();
  const [q, setQ] = useState('');
  const [cursor, setCursor] = useState<string>();
  const search = (text: string) => {
    setQ(text);
    setCursor(undefined);
  };
  return <MembersView {...props} people={useUsers(o, { q: q || undefined, cursor })} q={q} onSearch={search} onNext={setCursor} />;
}

interface ViewProps extends Props {
  people: Answer<{ items: User[]; nextCursor: string | null }>;
  q: string;
  onSearch: (q: string) => void;
  onNext: (cursor: string) => void;
}

export function MembersView({ value, onChange, most = 500, readOnly, people, q, onSearch, onNext }: ViewProps) {
  const full = value.length >= most;
  return (
    <fieldset disabled={readOnly}>
      <legend className="mb-1 font-medium">
        {say('members')} <span className="font-normal text-dim">{value.length}</span>
      </legend>
      <SearchField label={say('users.search')} value={q} onSearch={onSearch} />
      <div className="mt-2 max-h-64 overflow-y-auto rounded-xl border">
        <Loaded answer={people} outline="m-2 h-20" label={say('members')}>
          {({ items, nextCursor }) => (
            <>
              {items.map((user) => (
                <Member
                  key={user.id}
                  user={user}
                  checked={value.includes(user.id)}
                  disabled={full && !value.includes(user.id)}
                  onChange={(member) => onChange(user.id, member)}
                />
              ))}
              {items.length === 0 && <p className="p-4 text-center text-dim">{say('nothing.found')}</p>}
              {nextCursor && (
                <button type="button" className="w-full p-2 text-link underline" onClick={() => onNext(nextCursor)}>
                  {say('page.next')}
                </button>
              )}
            </>
          )}
        </Loaded>
      </div>
      {full && <p className="mt-1 text-[13px] text-dim">{say('members.full', { n: most })}</p>}
    </fieldset>
  );
}

interface MemberProps {
  user: User;
  checked: boolean;
  disabled: boolean;
  onChange: (member: boolean) => void;
}

const Member = ({ user, checked, disabled, onChange }: MemberProps) => (
  <label className="flex items-center gap-3 border-b px-3 py-1.5 last:border-0 hover:bg-wash">
    <input
      type="checkbox"
      className="size-4 accent-(--link)"
      checked={checked}
      disabled={disabled}
      onChange={(event) => onChange(event.target.checked)}
    />
    <Badge name={user.name} logoUrl={user.avatarUrl} size="size-7" />
    <span className="min-w-0 flex-1">
      <bdi className="block truncate">{user.name}</bdi>
      <span className="block truncate text-[13px] text-dim">{user.email}</span>
    </span>
    {user.status === 'active' ? <Status of={user.availability} /> : <Status of={user.status} />}
  </label>
);
