import { X } from 'lucide-react';
import { useState } from 'react';
import { $api } from '../api/client';
import { Badge } from '../brand/Badge';
import { IconButton } from '../ui/Button';
import { SearchField } from '../ui/SearchField';
import { say } from '../words/say';

interface Picked {
  id: string;
  name: string;
}

const few = 5;

// OrganizationPicker finds one client by its name.
export function OrganizationPicker({ label, value, onPick }: { label: string; value?: Picked; onPick: (picked?: Picked) => void }) {
  const [q, setQ] = useState('');
  const { data } = $api.useQuery('get', '/v1/organizations', { params: { query: { limit: few, q } } }, { enabled: q !== '' });
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      {value ? (
        <div className="flex items-center gap-2 rounded-lg border px-3 py-1">
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {value.name}
          </span>
          <IconButton label={say('clear')} onClick={() => onPick(undefined)}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      ) : (
        <>
          <SearchField label={say('clients.search')} value={q} onSearch={setQ} />
          {q && (
            <ul className="mt-1 rounded-lg border">
              {data?.items.map(({ id, name, logoUrl }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="control flex w-full items-center gap-2 px-3 text-start hover:bg-wash"
                    onClick={() => onPick({ id, name })}
                  >
                    <Badge name={name} logoUrl={logoUrl} size="size-6" />
                    <span dir="auto">{name}</span>
                  </button>
                </li>
              ))}
              {data?.items.length === 0 && <li className="px-3 py-2 text-dim">{say('nothing.found')}</li>}
            </ul>
          )}
        </>
      )}
    </fieldset>
  );
}
