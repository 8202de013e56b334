import { useState } from 'react';
import { Badge } from '../../brand/Badge';
import { Failed } from '../../ui/Empty';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { useUsers } from '../users/users';

interface Props {
  value: string[];
  onChange: (user: string, member: boolean) => void;
  // most is how many there can be.
  most?: number;
  readOnly?: boolean;
}

// Members are who is in a team: people of the organization, found by their names.
export function Members({ value, onChange, most = 500, readOnly }: Props) {
  const o = useOrganizationId();
  const [q, setQ] = useState('');
  const [cursor, setCursor] = useState<string>();
  const { data, error, refetch } = useUsers(o, { q: q || undefined, cursor });
  const full = value.length >= most;
  return (
    <fieldset disabled={readOnly}>
      <legend className="mb-1 font-medium">
        {say('members')} <span className="font-normal text-dim">{say('counts.members', { n: value.length })}</span>
      </legend>
      <SearchField
        label={say('users.search')}
        value={q}
        onSearch={(text) => {
          setQ(text);
          setCursor(undefined);
        }}
      />
      <div className="mt-2 max-h-64 overflow-y-auto rounded-xl border">
        {error ? <Failed error={error} again={refetch} /> : !data && <div className="ghost m-2 h-20" />}
        {data?.items.map((user) => (
          <label key={user.id} className="flex items-center gap-3 border-b px-3 py-1.5 last:border-0 hover:bg-wash">
            <input
              type="checkbox"
              className="size-4 accent-(--link)"
              checked={value.includes(user.id)}
              disabled={full && !value.includes(user.id)}
              onChange={(event) => onChange(user.id, event.target.checked)}
            />
            <Badge name={user.name} logoUrl={user.avatarUrl} size="size-7" />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate">
                {user.name}
              </span>
              <span className="block truncate text-[13px] text-dim">{user.email}</span>
            </span>
            {user.status === 'active' ? <Status of={user.availability} /> : <Status of={user.status} />}
          </label>
        ))}
        {data?.items.length === 0 && <p className="p-4 text-center text-dim">{say('nothing.found')}</p>}
        {data?.nextCursor && (
          <button type="button" className="w-full p-2 text-link underline" onClick={() => setCursor(data.nextCursor ?? undefined)}>
            {say('page.next')}
          </button>
        )}
      </div>
      {full && <p className="mt-1 text-[13px] text-dim">{say('members.full', { n: most })}</p>}
    </fieldset>
  );
}
