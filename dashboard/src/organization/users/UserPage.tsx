import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { summary } from '../../access/grants';
import { Dialog } from '../../ui/Dialog';
import { EditForm, useDraft } from '../../ui/EditForm';
import { Failed } from '../../ui/Empty';
import { Input } from '../../ui/Field';
import { toast } from '../../ui/toast';
import { languageName } from '../../words/format';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { faultsOf } from './NewUser';
import { type Person, PersonFields } from './PersonFields';
import { latestUser, type User, updateUser, useUser } from './users';

const route = getRouteApi('/in/organizations/$org/users/$user');

// UserPage changes a user, over the list that they are in.
export function UserPage() {
  const o = useOrganizationId();
  const { user: u } = route.useParams();
  const { data, error, refetch } = useUser(o, u);
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/organizations/$org/users', params: { org: o }, search: true });
  return (
    <Dialog wide title={data?.name ?? say('user')} onClose={close}>
      {data ? (
        <UserForm key={data.id} user={data} onSaved={close} />
      ) : error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <div className="ghost h-96" />
      )}
    </Dialog>
  );
}

function UserForm({ user, onSaved }: { user: User; onSaved: () => void }) {
  const o = useOrganizationId();
  const readOnly = useReadOnly();
  const draft = useDraft(user);
  const { now, set } = draft;
  const person: Person = { role: now.role, language: now.language, sections: now.sections, agents: now.agents, teams: now.teams };
  return (
    <EditForm
      draft={draft}
      readOnly={readOnly}
      check={faultsOf}
      save={(edits, version) => updateUser(o, user.id, edits, version)}
      latest={() => latestUser(o, user.id)}
      onSaved={({ name }) => {
        toast({ title: say('saved', { what: name }) });
        onSaved();
      }}
      named={{
        name: [say('name')],
        email: [say('email')],
        role: [say('role'), (role) => say(`role.${role}`)],
        language: [say('language'), (tag) => (tag ? languageName(tag) : say('language.organization'))],
        sections: [say('grants'), summary],
        agents: [say('agents'), (agents) => (agents === 'all' ? say('agents.all') : say('counts.agents', { n: agents.length }))],
        teams: [say('teams'), (teams) => teams.join(', ')],
        status: [say('status'), (status) => say(`status.${status}`)],
      }}
    >
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
      <PersonFields value={person} set={set} readOnly={readOnly} />
    </EditForm>
  );
}
