import { Link } from '@tanstack/react-router';
import { Bot, Building2, Plus, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button, buttonLook } from '../../ui/Button';
import { Empty, NothingFound } from '../../ui/Empty';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { type Pool, VirtualList } from '../../ui/VirtualList';
import { say } from '../../words/say';
import { AgentRow } from './AgentRow';
import type { Agent, Assigned, Organization } from './assignments';
import { Lists } from './Lists';
import { OrganizationRow } from './OrganizationRow';
import { type ClientsSearch, statuses } from './search';

interface Props {
  search: ClientsSearch;
  change: (next: ClientsSearch, replace?: boolean) => void;
  organizations: Pool<Organization>;
  agents: Pool<Agent>;
  // assigned are the agents of the selected client.
  assigned: Pool<Assigned>;
  // onlyOf is the name of the agent whose clients alone are shown.
  onlyOf?: string;
  rights: { create: boolean; assign: boolean };
  // assign gives agents to a client, and returns those that it failed for.
  assign: (organization: Organization, agents: Agent[]) => Promise<Agent[]>;
  unassign: (organization: Organization, agent: Assigned) => void;
}

const idOf = ({ id }: { id: string }) => id;

// ClientsView has clients on the left and agents on the right. Agents are given to
// a client by moving them onto it, or by a button once it is selected.
export function ClientsView({ search, change, organizations, agents, assigned, onlyOf, rights, assign, unassign }: Props) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Agent>>(new Map());
  const [left, setLeft] = useState<HTMLElement | null>(null);
  const [right, setRight] = useState<HTMLElement | null>(null);
  const selected = organizations.items.find(({ id }) => id === search.org);
  const choose = useCallback(
    (agent: Agent) =>
      setChosen((now) => {
        const next = new Map(now);
        if (!next.delete(agent.id)) next.set(agent.id, agent);
        return next;
      }),
    [],
  );
  const give = useCallback(
    async (organization: Organization, given: Agent[]) => {
      setChosen(new Map());
      const failed = await assign(organization, given);
      if (given.length > 1 && failed.length > 0) setChosen(new Map(failed.map((agent) => [agent.id, agent])));
    },
    [assign],
  );
  const searchClients = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const searchAgents = useCallback((aq: string) => change({ aq: aq || undefined }), [change]);
  const create = () => change({ new: true }, false);

  return (
    <>
      <div className="mx-auto flex h-full max-w-7xl flex-col gap-3 px-3 py-3 sm:px-5">
        <div className="flex flex-none items-center justify-center">
          <h1 className="sr-only">{say('clients')}</h1>
          {rights.create && (
            <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} aria-keyshortcuts="c" onClick={create}>
              {say('client.new')}
            </Button>
          )}
        </div>
        <div className="grid min-h-0 flex-1 grid-rows-2 gap-3 md:grid-cols-2 md:grid-rows-1">
          <Column title={say('clients')} Icon={Building2}>
            <SearchField slash label={say('clients.search')} value={search.q ?? ''} onSearch={searchClients} />
            <Picker
              label={say('status')}
              value={search.status ?? ''}
              options={[['', say('all')], ...statuses.map((status) => [status, say(`status.${status}`)] as const)]}
              onPick={(status) => change({ status: statuses.find((known) => known === status) })}
            />
            {search.agent && (
              <button
                type="button"
                className="control flex w-full items-center gap-2 rounded-lg bg-tint px-3 text-start text-link"
                onClick={() => change({ agent: undefined })}
              >
                <span className="min-w-0 flex-1 truncate">{say('clients.onlyOf', { name: onlyOf ?? '…' })}</span>
                <X aria-hidden="true" className="size-4" />
                <span className="sr-only">{say('filter.clear')}</span>
              </button>
            )}
            <div ref={setLeft} className="h-full" />
          </Column>
          <Column title={say('agents')} Icon={Bot}>
            <SearchField label={say('agents.search')} value={search.aq ?? ''} onSearch={searchAgents} />
            <Picker
              label={say('assigned')}
              value={search.assigned ?? ''}
              options={[
                ['', say('all')],
                ['true', say('assigned.true')],
                ['false', say('assigned.false')],
              ]}
              onPick={(value) => change({ assigned: value === 'true' || value === 'false' ? value : undefined })}
            />
            {chosen.size > 0 ? (
              <div className="flex w-full flex-wrap items-center gap-2 rounded-lg bg-tint px-3 py-1 text-link" role="status">
                <span className="flex-1">{say('chosen', { n: chosen.size })}</span>
                {selected && (
                  <Button onClick={() => give(selected, [...chosen.values()])}>{say('assign.to', { client: selected.name })}</Button>
                )}
                <Button kind="quiet" onClick={() => setChosen(new Map())}>
                  {say('chosen.clear')}
                </Button>
              </div>
            ) : (
              selected &&
              rights.assign && (
                // Side by side one sees to whom an agent goes; on a phone it is said.
                <p className="w-full truncate px-1 text-[13px] text-dim md:hidden">{say('assign.to', { client: selected.name })}</p>
              )
            )}
            <div ref={setRight} className="h-full" />
          </Column>
        </div>
      </div>
      <Lists
        chosen={chosen}
        onDrop={give}
        places={[
          {
            at: left,
            list: (
              <VirtualList
                label={say('clients')}
                shown={search.org}
                pool={organizations}
                keyOf={idOf}
                height={60}
                empty={
                  <NoClients filtered={Boolean(search.q || search.status || search.agent)} create={rights.create ? create : undefined} />
                }
                row={(organization) => (
                  <OrganizationRow
                    organization={organization}
                    selected={organization.id === search.org}
                    assigned={assigned}
                    droppable={rights.assign}
                    onSelect={() => change({ org: organization.id === search.org ? undefined : organization.id })}
                    onUnassign={rights.assign ? (agent) => unassign(organization, agent) : undefined}
                  />
                )}
              />
            ),
          },
          {
            at: right,
            list: (
              <VirtualList
                label={say('agents')}
                pool={agents}
                keyOf={idOf}
                height={60}
                empty={search.aq || search.assigned ? say('nothing.found') : <NoAgents create={rights.create} />}
                row={(agent) => (
                  <AgentRow
                    agent={agent}
                    chosen={chosen.has(agent.id)}
                    movable={rights.assign}
                    onChoose={() => choose(agent)}
                    client={selected?.name}
                    has={Boolean(selected) && assigned.items.some(({ id }) => id === agent.id)}
                    onAssign={selected && rights.assign ? () => give(selected, [agent]) : undefined}
                    onClients={() => change({ agent: agent.id, q: undefined })}
                  />
                )}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function Column({ title, Icon, children: [search, filter, note, list] }: { title: string; Icon: typeof Bot; children: React.ReactNode[] }) {
  return (
    <section aria-label={title} className="flex min-h-0 flex-col overflow-hidden rounded-xl border bg-card">
      <div className="flex flex-none flex-wrap items-center gap-2 border-b p-2">
        <h2 className="flex items-center gap-2 px-1 font-semibold max-lg:sr-only">
          <Icon aria-hidden="true" className="size-4 text-dim" />
          {title}
        </h2>
        {search}
        {filter}
        {note}
      </div>
      <div className="min-h-0 flex-1">{list}</div>
    </section>
  );
}

const NoClients = ({ filtered, create }: { filtered: boolean; create?: () => void }) =>
  filtered ? (
    <NothingFound />
  ) : (
    <Empty icon={<Building2 className="size-5" />} title={say('clients.none')}>
      <p>{say('clients.none.text')}</p>
      {create && (
        <Button kind="strong" onClick={create}>
          {say('client.new')}
        </Button>
      )}
    </Empty>
  );

const NoAgents = ({ create }: { create: boolean }) => (
  <Empty icon={<Bot className="size-5" />} title={say('agents.none')}>
    <p>{say('agents.none.text')}</p>
    {create && (
      <Link to="/agents" search={{ new: true }} className={buttonLook({ kind: 'strong' })}>
        {say('agent.new')}
      </Link>
    )}
  </Empty>
);
