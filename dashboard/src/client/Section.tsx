import { getRouteApi } from '@tanstack/react-router';
import { ExternalLink, PanelsTopLeft } from 'lucide-react';
import { type Me, useMe } from '../api/me';
import { buttonLook } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { useTitle } from '../ui/Page';
import { say } from '../words/say';
import { framable, sectionsOf } from './sections';

const route = getRouteApi('/in/client/view/$agent/$section');

// Section is one section of an agent: what the agency set up for it, in a frame
// that can't reach the dashboard, or else that nothing was.
export function Section() {
  const { agent, section } = route.useParams();
  return <SectionView me={useMe()} agent={agent} section={section} />;
}

export function SectionView({ me, agent: id, section: key }: { me: Me; agent: string; section: string }) {
  const { agents, workspace } = me;
  const agent = agents.find((agent) => agent.id === id);
  const section = agent && sectionsOf(agent, me).find((section) => section.key === key);
  const title = section && agent ? say('section.of', { section: section.title, agent: agent.name }) : say('section.closed');
  useTitle(title);
  if (!section || !agent) {
    return (
      <Empty whole icon={<PanelsTopLeft className="size-5" />} title={say('section.closed')}>
        <p>{say('section.closed.text')}</p>
      </Empty>
    );
  }
  if (!section.url) {
    return (
      <Empty whole icon={<PanelsTopLeft className="size-5" />} title={say('section.empty', { section: section.title })}>
        <p>{say('section.empty.text', { agent: agent.name, agency: workspace.name })}</p>
      </Empty>
    );
  }
  if (!framable(section.url)) {
    return (
      <Empty whole icon={<ExternalLink className="size-5" />} title={section.title}>
        <p>{say('section.elsewhere')}</p>
        <a href={section.url} target="_blank" rel="noreferrer" className={buttonLook({ kind: 'strong' })}>
          {say('section.open')}
        </a>
      </Empty>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{title}</h1>
      <iframe
        key={section.url}
        title={title}
        src={section.url}
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads"
        allow="clipboard-write; microphone"
        referrerPolicy="no-referrer"
        className="min-h-0 w-full flex-1 border-0 bg-white"
      />
    </div>
  );
}
