import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { keysOf } from '../../access/grants';
import { $api, type Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { titleOf } from '../../client/sections';
import { Dialog } from '../../ui/Dialog';
import { Empty, Failed } from '../../ui/Empty';
import { Picker } from '../../ui/Picker';
import { say } from '../../words/say';
import { useAgents } from '../agents/agents';
import { useOrganizationId } from '../organization';
import { useUser } from './users';

type Explanation = Schemas['AccessExplanation'];

const route = getRouteApi('/in/organizations/$org/users/$user/access');

// AccessPage answers "why can't Ann see this?": section by section, what each of
// the three says, and which one decided.
export function AccessPage() {
  const o = useOrganizationId();
  const { user: u } = route.useParams();
  const { agent } = route.useSearch();
  const navigate = useNavigate();
  const user = useUser(o, u);
  const agents = useAgents(o);
  const chosen = agent ?? agents.items[0]?.id;
  const name = user.data?.name ?? '…';
  const close = () => void navigate({ to: '/organizations/$org/users', params: { org: o }, search: {} });
  return (
    <Dialog wide title={say('access.why', { name })} onClose={close}>
      {!agents.loading && agents.items.length === 0 ? (
        <Empty title={say('client.noAgents.yet')}>
          <p>{say('access.noAgents')}</p>
        </Empty>
      ) : (
        <>
          <div className="mb-4 flex flex-wrap items-center gap-2">
            <span>{say('access.agent')}</span>
            <Picker
              wide
              label={say('agent')}
              value={chosen ?? ''}
              options={agents.items.map(({ id, name }) => [id, name] as const)}
              onPick={(id) =>
                void navigate({
                  to: '/organizations/$org/users/$user/access',
                  params: { org: o, user: u },
                  search: { agent: id },
                  replace: true,
                })
              }
            />
          </div>
          {chosen && <Explained o={o} u={u} agent={chosen} name={name} />}
        </>
      )}
    </Dialog>
  );
}

function Explained({ o, u, agent, name }: { o: string; u: string; agent: string; name: string }) {
  const tabs = useMe().workspace.customTabs;
  const { data, error, refetch } = $api.useQuery('get', '/v1/organizations/{o}/users/{u}/access', {
    params: { path: { o, u }, query: { agent } },
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <div className="ghost h-80" />;
  const keys = keysOf(tabs).filter((key) => data.sections[key]);
  return (
    <ul className="divide-y rounded-xl border">
      {keys.map((key) => {
        const explanation = data.sections[key];
        return (
          explanation && (
            <li key={key} className="px-4 py-3">
              <div className="flex items-center justify-between gap-3">
                <span className="font-medium">{titleOf(key, tabs)}</span>
                <span className={explanation.effective === 'none' ? 'text-bad' : 'text-good'}>{say(`grant.${explanation.effective}`)}</span>
              </div>
              <p className="text-dim">{why(explanation, name)}</p>
              <dl className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-[13px] text-dim">
                {(['ceiling', 'assignment', 'user'] as const).map((part) => (
                  <div key={part} className={`flex gap-1 ${explanation.decidedBy === part ? 'font-semibold text-ink' : ''}`}>
                    <dt>{say(`access.${part}`)}:</dt>
                    <dd>{say(`grant.${explanation[part]}`)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          )
        );
      })}
    </ul>
  );
}

const why = ({ effective, decidedBy }: Explanation, name: string) =>
  effective === 'edit' ? say('access.open', { name }) : say(`access.by.${decidedBy}`, { name, grant: say(`grant.${effective}`) });
