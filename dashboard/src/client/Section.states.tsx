import type { Entry } from '../catalogue/main';
import { me } from '../catalogue/samples';
import { SectionView } from './Section';

const ann = me([{ home: 'view', conversations: 'edit', analytics: 'view' }]);
const [agent] = ann.agents;
const elsewhere = { ...ann, agents: [{ ...agent, tabs: [{ section: 'analytics', url: 'http://figures.example' }] }] } as typeof ann;

export default {
  title: 'SectionView',
  states: {
    empty: () => <SectionView me={ann} agent="agt_0" section="conversations" />,
    'not to be framed': () => <SectionView me={elsewhere} agent="agt_0" section="analytics" />,
    closed: () => <SectionView me={ann} agent="agt_0" section="prompt" />,
  },
} satisfies Entry;
