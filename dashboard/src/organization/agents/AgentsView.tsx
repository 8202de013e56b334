import { Link } from '@tanstack/react-router';
import { Bot, Plus, SlidersHorizontal, X } from 'lucide-react';
import { summary } from '../../access/grants';
import { Named } from '../../brand/Named';
import { buttonLook, IconButton } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { Status } from '../../ui/Status';
import { type Listed, Table } from '../../ui/Table';
import { ago } from '../../words/format';
import { say } from '../../words/say';
import type { Assigned } from './agents';

interface Props {
  organization: string;
  name: string;
  answer: Answer<Listed<Assigned>>;
  more?: () => void;
  // staff is whether the agency looks, which alone assigns.
  staff: boolean;
  readOnly: boolean;
  onChange: (agent: Assigned) => void;
  onRemove: (agent: Assigned) => void;
}

export function AgentsView({ organization, name, answer, more, staff, readOnly, onChange, onRemove }: Props) {
  return (
    <>
      {staff && !readOnly && (answer.data?.items.length ?? 0) > 0 && (
        <div className="mb-4 flex justify-end">
          <Assign to={organization} />
        </div>
      )}
      <Table
        label={say('agents')}
        answer={answer}
        keyOf={({ id }) => id}
        more={more}
        empty={
          <Empty icon={<Bot className="size-5" />} title={say('client.noAgents.yet')}>
            {staff && <Assign to={organization} />}
          </Empty>
        }
        columns={[
          {
            title: say('agent'),
            badged: true,
            cell: ({ name, avatarUrl, description }) => <Named name={name} logoUrl={avatarUrl} below={description} />,
          },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          { title: say('agent.shown'), cell: ({ assignment }) => <span className="text-dim">{summary(assignment.sections)}</span> },
          {
            title: say('agent.since'),
            quiet: true,
            cell: ({ assignment }) => <span className="text-dim">{ago(new Date(assignment.assignedAt))}</span>,
          },
          !readOnly && {
            title: say('actions'),
            actions: 2,
            cell: (agent) => (
              <>
                <IconButton label={say('agent.sections', { name: agent.name })} onClick={() => onChange(agent)}>
                  <SlidersHorizontal aria-hidden="true" className="size-4" />
                </IconButton>
                <IconButton label={say('unassign', { what: agent.name, client: name })} onClick={() => onRemove(agent)}>
                  <X aria-hidden="true" className="size-4" />
                </IconButton>
              </>
            ),
          },
        ]}
      />
    </>
  );
}

const Assign = ({ to }: { to: string }) => (
  <Link to="/clients" search={{ org: to }} className={buttonLook({ kind: 'strong' })}>
    <Plus aria-hidden="true" className="size-4" />
    {say('assign')}
  </Link>
);
