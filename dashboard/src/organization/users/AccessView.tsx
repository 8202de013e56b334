import { keysOf } from '../../access/grants';
import type { Schemas } from '../../api/client';
import { titleOf } from '../../client/sections';
import { Dialog } from '../../ui/Dialog';
import { Empty } from '../../ui/Empty';
import { type Answer, Loaded } from '../../ui/Loaded';
import { Picker } from '../../ui/Picker';
import { say } from '../../words/say';

type Explanation = Schemas['AccessExplanation'];
type Explained = Answer<{ sections: Record<string, Explanation> }>;
type Tabs = { key: string; title: string }[];

interface Props {
  // name is whose access it is.
  name: string;
  agents: { id: string; name: string }[];
  // none is whether it is known that there are no agents.
  none: boolean;
  agent?: string;
  onAgent: (id: string) => void;
  tabs: Tabs;
  answer: Explained;
  onClose: () => void;
}

// AccessView answers "why can't Ann see this?": section by section, what each of
// the three says, and which one decided.
export function AccessView({ name, agents, none, agent, onAgent, tabs, answer, onClose }: Props) {
  return (
    <Dialog wide title={say('access.of', { name })} onClose={onClose}>
      {none ? (
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
              value={agent ?? ''}
              options={agents.map(({ id, name }) => [id, name] as const)}
              onPick={onAgent}
            />
          </div>
          <Loaded answer={answer} outline="h-80" label={say('access.of', { name })}>
            {({ sections }) => <Sections {...{ sections, tabs, name }} />}
          </Loaded>
        </>
      )}
    </Dialog>
  );
}

function Sections({ sections, tabs, name }: { sections: Record<string, Explanation>; tabs: Tabs; name: string }) {
  return (
    <ul className="divide-y rounded-xl border">
      {keysOf(tabs).map((key) => {
        const explanation = sections[key];
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
                  <div
                    key={part}
                    className={`flex gap-1 ${explanation.effective !== 'edit' && explanation.decidedBy === part ? 'font-semibold text-ink' : ''}`}
                  >
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
