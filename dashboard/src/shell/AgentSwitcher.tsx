import { useNavigate, useParams } from '@tanstack/react-router';
import { useMe } from '../api/me';
import { sectionsOf } from '../client/sections';
import { useAgent } from '../client/useAgent';
import { look } from '../ui/Field';
import { say } from '../words/say';

// AgentSwitcher goes to the same section of another agent, where one may see it.
export function AgentSwitcher() {
  const me = useMe();
  const { agents } = me;
  const { section } = useParams({ strict: false });
  const navigate = useNavigate();
  const agent = useAgent();
  if (!agent) return null;
  function go(id: string) {
    const next = agents.find((agent) => agent.id === id);
    if (!next) return;
    const sections = sectionsOf(next, me);
    const same = sections.find(({ key }) => key === section) ?? sections[0];
    void (same ? navigate({ to: '/view/$agent/$section', params: { agent: id, section: same.key } }) : navigate({ to: '/' }));
  }
  return (
    <select aria-label={say('agent')} value={agent.id} onChange={(event) => go(event.target.value)} className={`${look} truncate`}>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
