import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { useChoices } from './choices';
import { UserView } from './UserView';
import { latestUser, updateUser, useUser } from './users';

const route = getRouteApi('/in/organizations/$org/users/$user');

// UserPage changes a user, over the list that they are in.
export function UserPage() {
  const o = useOrganizationId();
  const { user: u } = route.useParams();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/organizations/$org/users', params: { org: o }, search: true, replace: true });
  return (
    <UserView
      answer={useUser(o, u)}
      choices={useChoices()}
      readOnly={useReadOnly()}
      save={(edits, version) => updateUser(o, u, edits, version)}
      latest={() => latestUser(o, u)}
      onSaved={({ name }) => {
        toast({ title: say('saved', { what: name }) });
        close();
      }}
      onClose={close}
    />
  );
}
