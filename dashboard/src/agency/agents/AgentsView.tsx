import { Link } from '@tanstack/react-router';
import { Bot, Plus, Trash2 } from 'lucide-react';
import { Named } from '../../brand/Named';
import { Button, IconButton } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { Page } from '../../ui/Page';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { type Listed, Table } from '../../ui/Table';
import { Toolbar } from '../../ui/Toolbar';
import { say } from '../../words/say';
import type { Agent } from './agents';
import { type AgentsSearch, statuses } from './search';

interface Props {
  search: AgentsSearch;
  change: (next: AgentsSearch, replace?: boolean) => void;
  answer: Answer<Listed<Agent>>;
  readOnly: boolean;
  onCreate: () => void;
  onRemove: (agent: Agent) => void;
}

export function AgentsView({ search, change, answer, readOnly, onCreate, onRemove }: Props) {
  return (
    <Page
      title={say('agents')}
      actions={
        !readOnly && (
          <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} onClick={onCreate}>
            {say('agent.new')}
          </Button>
        )
      }
    >
      <Toolbar>
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
      </Toolbar>
      <Table
        label={say('agents')}
        answer={answer}
        keyOf={({ id }) => id}
        cursor={search.cursor}
        turn={(cursor) => change({ cursor }, false)}
        filtered={Boolean(search.q || search.status || search.assigned)}
        empty={
          <Empty icon={<Bot className="size-5" />} title={say('agents.none')}>
            <p>{say('agents.none.text')}</p>
            {!readOnly && (
              <Button kind="strong" onClick={onCreate}>
                {say('agent.new')}
              </Button>
            )}
          </Empty>
        }
        columns={[
          {
            title: say('agent'),
            badged: true,
            cell: ({ id, name, avatarUrl, description }) => (
              <Named name={name} logoUrl={avatarUrl} below={description}>
                <Link to="/agents/$agent" params={{ agent: id }} search={true} className="hover:underline">
                  {name}
                </Link>
              </Named>
            ),
          },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          {
            title: say('agent.provider'),
            quiet: true,
            cell: ({ provider }) => <span className="block max-w-40 truncate text-dim">{provider}</span>,
          },
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
          !readOnly && {
            title: say('actions'),
            actions: 1,
            cell: (agent) => (
              <IconButton label={say('agent.delete.of', { name: agent.name })} onClick={() => onRemove(agent)}>
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            ),
          },
        ]}
      />
    </Page>
  );
}
