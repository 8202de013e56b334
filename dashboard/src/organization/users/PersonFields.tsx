import { AgentsField } from '../../access/AgentsField';
import { keysOf, type Sections } from '../../access/grants';
import { Matrix } from '../../access/Matrix';
import { TeamsField } from '../../access/TeamsField';
import { Choice } from '../../ui/Field';
import { languageName } from '../../words/format';
import { languages, say } from '../../words/say';
import type { Choices } from './choices';
import { roles } from './search';

export interface Person {
  role: (typeof roles)[number];
  language: string;
  sections: Sections;
  agents: 'all' | string[];
  teams: string[];
}

interface Props {
  value: Person;
  set: (change: Partial<Person>) => void;
  choices: Choices;
  readOnly?: boolean;
}

// PersonFields are what a person may do and where they belong: of a user, and of
// who is invited to become one.
export function PersonFields({ value, set, choices: { ceiling, tabs, teams, agents }, readOnly }: Props) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={say('role')}
          name="role"
          disabled={readOnly}
          hint={value.role === 'org_admin' ? say('may.org_admin') : undefined}
          value={value.role}
          onValueChange={(role) => set({ role: roles.find((known) => known === role) ?? 'user' })}
          options={roles.map((role) => [role, say(`role.${role}`)])}
        />
        <Choice
          label={say('language')}
          name="language"
          disabled={readOnly}
          value={value.language}
          onValueChange={(language) => set({ language })}
          options={[['', say('language.organization')], ...languages.map((tag) => [tag, languageName(tag)] as const)]}
        />
      </div>
      <Matrix
        legend={say('grants')}
        keys={keysOf(tabs)}
        tabs={tabs}
        value={value.sections}
        ceiling={ceiling}
        readOnly={readOnly}
        onChange={(sections) => set({ sections })}
      />
      <AgentsField agents={agents} value={value.agents} readOnly={readOnly} onChange={(agents) => set({ agents })} />
      <TeamsField teams={teams} value={value.teams} readOnly={readOnly} onChange={(teams) => set({ teams })} />
    </>
  );
}
