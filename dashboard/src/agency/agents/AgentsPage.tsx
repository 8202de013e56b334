import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { Bot, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { Badge } from '../../brand/Badge';
import { Button, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Empty } from '../../ui/Empty';
import { later } from '../../ui/later';
import { Page } from '../../ui/Page';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { type Agent, deleteAgent, useAgents } from './agents';
import { type AgentsSearch, statuses } from './search';

const NewAgent = later(async () => (await import('./NewAgent')).NewAgent);

const route = getRouteApi('/in/staff/agents');

// AgentsPage is the agents that the agency runs.
export function AgentsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const readOnly = !may(usePrincipal(), 'create');
  const { data, isPending, error, refetch } = useAgents(search);
  const [removing, setRemoving] = useState<Agent>();
  const change = (next: AgentsSearch, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace });
  const create = () => change({ new: true }, false);
  return (
    <Page
      title={say('agents')}
      actions={
        !readOnly && (
          <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} onClick={create}>
            {say('agent.new')}
          </Button>
        )
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField
          slash
          label={say('agents.search')}
          value={search.q ?? ''}
          onSearch={(q) => change({ q: q || undefined, cursor: undefined })}
        />
        <Picker
          label={say('status')}
          value={search.status ?? ''}
          options={[['', say('status')], ...statuses.map((status) => [status, say(`status.${status}`)] as const)]}
          onPick={(value) => change({ status: statuses.find((status) => status === value), cursor: undefined })}
        />
        <Picker
          label={say('assigned')}
          value={search.assigned ?? ''}
          options={[
            ['', say('assigned')],
            ['true', say('assigned.true')],
            ['false', say('assigned.false')],
          ]}
          onPick={(value) => change({ assigned: value === 'true' || value === 'false' ? value : undefined, cursor: undefined })}
        />
      </div>
      <Table
        label={say('agents')}
        rows={data?.items}
        keyOf={({ id }) => id}
        loading={isPending}
        error={error}
        again={refetch}
        first={search.cursor ? () => change({ cursor: undefined }, false) : undefined}
        next={data?.nextCursor ? () => change({ cursor: data.nextCursor ?? undefined }, false) : undefined}
        empty={
          search.q || search.status || search.assigned ? (
            <Empty title={say('nothing.found')} />
          ) : (
            <Empty icon={<Bot className="size-5" />} title={say('agents.none')}>
              <p>{say('agents.none.text')}</p>
              {!readOnly && (
                <Button kind="strong" onClick={create}>
                  {say('agent.new')}
                </Button>
              )}
            </Empty>
          )
        }
        columns={[
          {
            title: say('agent'),
            cell: ({ id, name, avatarUrl, description }) => (
              <div className="flex min-w-0 items-center gap-3">
                <Badge name={name} logoUrl={avatarUrl} />
                <div className="min-w-0">
                  <Link to="/agents/$agent" params={{ agent: id }} search={true} dir="auto" className="font-medium hover:underline">
                    {name}
                  </Link>
                  <div className="text-[13px] text-dim">{description}</div>
                </div>
              </div>
            ),
          },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          { title: say('agent.provider'), quiet: true, cell: ({ provider }) => <span className="text-dim">{provider}</span> },
          {
            title: say('agent.channels'),
            quiet: true,
            wraps: true,
            cell: ({ channels }) => <span className="text-dim">{channels.join(', ')}</span>,
          },
          {
            title: say('clients'),
            cell: ({ id, organizationCount }) => (
              <Link to="/clients" search={{ agent: id }} className="text-dim underline-offset-2 hover:text-ink hover:underline">
                {say('counts.clients', { n: organizationCount })}
              </Link>
            ),
          },
          ...(readOnly
            ? []
            : [
                {
                  title: say('actions'),
                  actions: true,
                  cell: (agent: Agent) => (
                    <IconButton label={say('agent.delete.of', { name: agent.name })} onClick={() => setRemoving(agent)}>
                      <Trash2 aria-hidden="true" className="size-4" />
                    </IconButton>
                  ),
                },
              ]),
        ]}
      />
      {removing && (
        <Confirm
          title={say('agent.delete.of', { name: removing.name })}
          consequences={[say('agent.delete.clients', { n: removing.organizationCount }), say('agent.delete.provider')]}
          action={say('agent.delete')}
          send={async () => {
            await deleteAgent(removing.id);
            toast({ title: say('agent.deleted', { name: removing.name }) });
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {search.new && !readOnly && <NewAgent onClose={() => change({ new: undefined })} />}
      <Outlet />
    </Page>
  );
}
