import { Link } from '@tanstack/react-router';
import { Bot, SlidersHorizontal, X } from 'lucide-react';
import { useState } from 'react';
import { keysOf, summary } from '../../access/grants';
import { Matrix } from '../../access/Matrix';
import { useMe } from '../../api/me';
import { Badge } from '../../brand/Badge';
import { Button, buttonLook, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Dialog } from '../../ui/Dialog';
import { Empty } from '../../ui/Empty';
import { Form, Submit } from '../../ui/Form';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { toast } from '../../ui/toast';
import { ago } from '../../words/format';
import { say } from '../../words/say';
import { useIsStaff, useOrganization, useOrganizationId, useReadOnly } from '../organization';
import { type Assigned, setSections, unassign, useAgents } from './agents';

// AgentsPage is which agents a client has, and what it sees of each.
export function AgentsPage() {
  const o = useOrganizationId();
  const { items, loading, more, error, again } = useAgents(o);
  const { name } = useOrganization();
  const staff = useIsStaff();
  const readOnly = useReadOnly() || !staff;
  const [changing, setChanging] = useState<Assigned>();
  const [removing, setRemoving] = useState<Assigned>();
  return (
    <>
      <Table
        label={say('agents')}
        rows={loading || (error && items.length === 0) ? undefined : items}
        keyOf={({ id }) => id}
        loading={loading}
        error={error}
        again={again}
        more={more}
        empty={
          <Empty icon={<Bot className="size-5" />} title={say('client.noAgents.yet')}>
            {staff && (
              <Link to="/clients" search={{ org: o }} className={buttonLook({ kind: 'strong' })}>
                {say('assign')}
              </Link>
            )}
          </Empty>
        }
        columns={[
          {
            title: say('agent'),
            cell: ({ name, avatarUrl, description }) => (
              <div className="flex items-center gap-3">
                <Badge name={name} logoUrl={avatarUrl} />
                <div className="min-w-0">
                  <div dir="auto" className="font-medium">
                    {name}
                  </div>
                  <div className="text-[13px] text-dim">{description}</div>
                </div>
              </div>
            ),
          },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          { title: say('agent.shown'), cell: ({ assignment }) => <span className="text-dim">{summary(assignment.sections)}</span> },
          {
            title: say('agent.since'),
            quiet: true,
            cell: ({ assignment }) => <span className="text-dim">{ago(new Date(assignment.assignedAt))}</span>,
          },
          ...(readOnly
            ? []
            : [
                {
                  title: say('actions'),
                  actions: true,
                  cell: (agent: Assigned) => (
                    <>
                      <IconButton label={say('agent.sections', { name: agent.name })} onClick={() => setChanging(agent)}>
                        <SlidersHorizontal aria-hidden="true" className="size-4" />
                      </IconButton>
                      <IconButton label={say('unassign', { what: agent.name, client: name })} onClick={() => setRemoving(agent)}>
                        <X aria-hidden="true" className="size-4" />
                      </IconButton>
                    </>
                  ),
                },
              ]),
        ]}
      />
      {changing && <SectionsDialog agent={changing} onClose={() => setChanging(undefined)} />}
      {removing && (
        <Confirm
          title={say('unassign', { what: removing.name, client: name })}
          consequences={[say('unassign.access', { client: name }), say('unassign.sections')]}
          action={say('unassign.short')}
          send={async () => {
            await unassign(o, removing);
            toast({ title: say('unassigned.done', { what: removing.name, client: name }) });
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function SectionsDialog({ agent, onClose }: { agent: Assigned; onClose: () => void }) {
  const o = useOrganizationId();
  const { ceiling } = useOrganization();
  const tabs = useMe().workspace.customTabs;
  const [sections, setValue] = useState(agent.assignment.sections);
  return (
    <Dialog wide title={say('agent.sections', { name: agent.name })} onClose={onClose}>
      <Form
        send={async () => {
          await setSections(o, agent, sections);
          toast({ title: say('saved', { what: agent.name }) });
          onClose();
        }}
      >
        <p className="text-dim">{say('agent.sections.text')}</p>
        <Matrix
          legend={say('agent.shown')}
          keys={keysOf(tabs)}
          tabs={tabs}
          value={sections}
          otherwise="edit"
          ceiling={ceiling}
          onChange={setValue}
        />
        <Submit>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
