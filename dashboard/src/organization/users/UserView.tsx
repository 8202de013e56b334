import { lacksAgents } from '../../access/AgentsField';
import { Dialog } from '../../ui/Dialog';
import { EditForm, type Editing, useDraft } from '../../ui/EditForm';
import { Input } from '../../ui/Field';
import { type Answer, Loaded } from '../../ui/Loaded';
import { say } from '../../words/say';
import type { Choices } from './choices';
import { faultsOf } from './NewUser';
import { type Person, PersonFields } from './PersonFields';
import type { User } from './users';

interface Props extends Editing<User> {
  answer: Answer<User>;
  choices: Choices;
  onClose: () => void;
}

// UserView is a user, to be changed.
export const UserView = ({ answer, onClose, ...form }: Props) => (
  <Dialog wide title={answer.data?.name ?? say('user')} onClose={onClose}>
    <Loaded answer={answer} outline="h-96" label={say('user')}>
      {(user) => <UserForm key={user.id} user={user} {...form} />}
    </Loaded>
  </Dialog>
);

function UserForm({ user, choices, ...editing }: Editing<User> & { user: User; choices: Choices }) {
  const { readOnly } = editing;
  const draft = useDraft(user);
  const { now, edits, set } = draft;
  const person: Person = { role: now.role, language: now.language, sections: now.sections, agents: now.agents, teams: now.teams };
  return (
    <EditForm {...editing} draft={draft} check={(form) => ({ ...faultsOf(form), ...lacksAgents(edits.agents) })}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Input label={say('name')} name="name" readOnly={readOnly} value={now.name} onValueChange={(name) => set({ name })} />
        <Input
          label={say('email')}
          name="email"
          type="email"
          readOnly={readOnly}
          value={now.email}
          onValueChange={(email) => set({ email })}
        />
      </div>
      <PersonFields value={person} set={set} choices={choices} readOnly={readOnly} />
    </EditForm>
  );
}
