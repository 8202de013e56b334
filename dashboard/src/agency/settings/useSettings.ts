import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { useDraft } from '../../ui/EditForm';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { latestWorkspace, updateWorkspace, useWorkspace } from './workspace';

// useSettings is what each page of settings is made with: the agency as somebody
// is changing it.
export function useSettings() {
  const readOnly = !may(usePrincipal(), 'settle');
  const draft = useDraft(useWorkspace());
  return {
    draft,
    form: {
      draft,
      readOnly,
      save: updateWorkspace,
      latest: latestWorkspace,
      onSaved: () => toast({ title: say('saved', { what: say('settings') }) }),
    },
    readOnly,
  };
}
