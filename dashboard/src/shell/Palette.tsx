import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Bot, Building2, type LucideIcon, PanelsTopLeft, Plus, Search, Settings } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { $api } from '../api/client';
import { useMe, usePrincipal } from '../api/me';
import { may } from '../api/rights';
import { sectionsOf } from '../client/sections';
import { say } from '../words/say';

interface Found {
  value: string;
  label: string;
  Icon: LucideIcon;
  go: () => void;
}

const few = 6;

// Palette finds places, clients and agents by what one types, from anywhere.
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const places = usePlaces();
  const found = useFound(q);
  const matching = places.filter(({ label }) => label.toLocaleLowerCase().includes(q.toLocaleLowerCase()));
  const items = [...matching, ...found];
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Popup
          aria-label={say('palette')}
          className="fixed inset-x-3 top-[10dvh] z-40 mx-auto max-w-lg overflow-hidden rounded-2xl border bg-raised shadow-xl"
        >
          <Autocomplete.Root
            open
            inline
            items={items}
            filter={null}
            value={text}
            onValueChange={setText}
            autoHighlight="always"
            itemToStringValue={({ label }: Found) => label}
          >
            <div className="flex items-center gap-2 border-b px-4">
              <Search aria-hidden="true" className="size-4 text-dim" />
              <Autocomplete.Input
                aria-label={say('palette')}
                placeholder={say('palette')}
                className="control min-h-12 w-full bg-transparent outline-none"
              />
            </div>
            <Autocomplete.Empty className="text-dim empty:hidden">
              <p className="p-6 text-center">{say('nothing.found')}</p>
            </Autocomplete.Empty>
            <Autocomplete.List className="max-h-80 overflow-y-auto p-1 empty:p-0">
              {({ value, label, Icon, go }: Found) => (
                <Autocomplete.Item
                  key={value}
                  value={{ value, label, Icon, go }}
                  onClick={() => {
                    go();
                    onClose();
                  }}
                  className="control flex cursor-pointer items-center gap-3 rounded-lg px-3 data-highlighted:bg-wash"
                >
                  <Icon aria-hidden="true" className="size-4 flex-none text-dim" />
                  <span dir="auto" className="truncate">
                    {label}
                  </span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

// usePlaces are where one can go, and what one can begin.
function usePlaces(): Found[] {
  const navigate = useNavigate();
  const me = useMe();
  const principal = usePrincipal();
  if (principal.type !== 'staff') {
    return me.agents.flatMap((agent) =>
      sectionsOf(agent, me).map(({ key, title }) => ({
        value: `${agent.id} ${key}`,
        label: say('section.of', { section: title, agent: agent.name }),
        Icon: PanelsTopLeft,
        go: () => void navigate({ to: '/view/$agent/$section', params: { agent: agent.id, section: key } }),
      })),
    );
  }
  const create = may(principal, 'create');
  return [
    ...(create
      ? [{ value: 'new', label: say('client.new'), Icon: Plus, go: () => void navigate({ to: '/clients', search: { new: true } }) }]
      : []),
    ...(create
      ? [{ value: 'newAgent', label: say('agent.new'), Icon: Plus, go: () => void navigate({ to: '/agents', search: { new: true } }) }]
      : []),
    { value: 'clients', label: say('clients'), Icon: Building2, go: () => void navigate({ to: '/clients' }) },
    { value: 'agents', label: say('agents'), Icon: Bot, go: () => void navigate({ to: '/agents' }) },
    { value: 'activity', label: say('activity'), Icon: PanelsTopLeft, go: () => void navigate({ to: '/activity' }) },
    { value: 'settings', label: say('settings'), Icon: Settings, go: () => void navigate({ to: '/settings' }) },
  ];
}

// useFound are the clients and agents whose names begin so.
function useFound(q: string): Found[] {
  const navigate = useNavigate();
  const enabled = usePrincipal().type === 'staff' && q !== '';
  const query = { limit: few, q };
  const clients = $api.useQuery('get', '/v1/organizations', { params: { query } }, { enabled });
  const agents = $api.useQuery('get', '/v1/agents', { params: { query } }, { enabled });
  return [
    ...(clients.data?.items ?? []).map(({ id, name }) => ({
      value: id,
      label: name,
      Icon: Building2,
      go: () => void navigate({ to: '/organizations/$org/users', params: { org: id } }),
    })),
    ...(agents.data?.items ?? []).map(({ id, name }) => ({
      value: id,
      label: name,
      Icon: Bot,
      go: () => void navigate({ to: '/agents/$agent', params: { agent: id } }),
    })),
  ];
}
