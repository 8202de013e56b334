// Which agents a client has, and giving and taking them: shown at once, and taken
// back where the API says no.
import { add, drop, revise } from '../../api/cache';
import { api, queries, type Schemas } from '../../api/client';
import { type Assigned, assignedQuery, path as of } from '../../organization/agents/agents';
import { recount } from '../../organization/organization';
import { toast } from '../../ui/toast';
import { list } from '../../words/format';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';

export type Organization = Schemas['Organization'];
export type Agent = Schemas['Agent'];
export type { Assigned };

type Sections = Schemas['Assignment']['sections'];

async function alreadyAssigned(org: string) {
  const known = queries.getQueryData<{ pages: { items: Assigned[] }[] }>(['get', of, assignedQuery(org)]);
  if (known) return known.pages.flatMap((page) => page.items);
  const { data } = await api.GET(of, assignedQuery(org));
  return (data?.items ?? []) as Assigned[];
}

const atOnce = 6;

// each does something for several, a few at a time, and returns for whom it failed.
async function each<T>(items: T[], work: (item: T) => Promise<unknown>) {
  const waiting = [...items];
  const failed: { item: T; error: unknown }[] = [];
  async function next(): Promise<void> {
    const item = waiting.shift();
    if (item === undefined) return;
    await work(item).catch((error) => failed.push({ item, error }));
    return next();
  }
  await Promise.all(Array.from({ length: atOnce }, next));
  return failed;
}

// note shows that a client has an agent, or has it no more.
function note(org: string, agent: Agent, has: boolean, sections: Sections = {}) {
  const by = has ? 1 : -1;
  recount(org, 'agents', by);
  revise<Agent>('/v1/agents', agent.id, (a) => ({ ...a, organizationCount: a.organizationCount + by }));
  const path = { o: org };
  const assignment = { sections, assignedAt: new Date().toISOString(), assignedBy: '', version: 1 };
  if (has) add<Assigned>(of, { ...agent, assignment }, { path });
  else drop(of, agent.id, { path });
}

const put = (org: string, agent: string, sections?: Sections) =>
  api.PUT('/v1/organizations/{o}/agents/{a}', { params: { path: { o: org, a: agent } }, body: { sections } });
const remove = (org: string, agent: string) => api.DELETE('/v1/organizations/{o}/agents/{a}', { params: { path: { o: org, a: agent } } });

// assign gives agents to a client. One that it has already stays as it is, with
// what the client sees of it. It returns those that it failed for.
export async function assign(organization: Organization, agents: Agent[]): Promise<Agent[]> {
  const org = organization.id;
  let had: Assigned[];
  try {
    had = await alreadyAssigned(org);
  } catch (error) {
    toast({ title: sentence(error), bad: true });
    return agents;
  }
  const fresh = agents.filter(({ id }) => !had.some((agent) => agent.id === id));
  if (fresh.length === 0) toast({ title: say('assigned.already', { client: organization.name, what: named(agents) }) });
  for (const agent of fresh) note(org, agent, true);
  const done = await settled(org, fresh, (agent) => put(org, agent.id), false);
  if (done.length > 0)
    toast({ title: say('assigned.done', { client: organization.name, what: named(done) }), undo: () => void takeBack(org, done) });
  return fresh.filter((agent) => !done.includes(agent));
}

async function takeBack(org: string, agents: Agent[]) {
  for (const agent of agents) note(org, agent, false);
  await settled(org, agents, (agent) => remove(org, agent.id), true);
}

// unassign takes an agent from a client. Undone, the client sees of it what it saw.
export async function unassign(organization: Pick<Organization, 'id' | 'name'>, agent: Assigned) {
  const org = organization.id;
  const giveBack = () => {
    note(org, agent, true, agent.assignment.sections);
    return settled(org, [agent], () => put(org, agent.id, agent.assignment.sections), false);
  };
  note(org, agent, false);
  const done = await settled(org, [agent], () => remove(org, agent.id), true);
  if (done.length > 0)
    toast({ title: say('unassigned.done', { client: organization.name, what: agent.name }), undo: () => void giveBack() });
}

// settled sends what was shown already, and shows what failed as it was: had is
// whether the client had the agent before. It returns for which it succeeded.
async function settled<T extends Agent>(org: string, agents: T[], work: (agent: T) => Promise<unknown>, had: boolean) {
  const failed = await each(agents, work);
  for (const { item } of failed) note(org, item, had);
  if (failed[0])
    toast({ title: say('assigned.failed', { what: named(failed.map(({ item }) => item)), why: sentence(failed[0].error) }), bad: true });
  return agents.filter((agent) => !failed.some(({ item }) => item === agent));
}

// named are agents in words, and how many others where they are many.
export function named(agents: Pick<Agent, 'name'>[]) {
  const shown = 2;
  if (agents.length <= shown + 1) return list(agents.map(({ name }) => name));
  return list([...agents.slice(0, shown).map(({ name }) => name), say('others', { n: agents.length - shown })]);
}
