import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { type Draft, type Editing, useDraft } from '../../ui/EditForm';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { latestWorkspace, updateWorkspace, useWorkspace, type Workspace } from './workspace';

// Settings are what each view of settings is made with: the agency as somebody is
// changing it.
export interface Settings {
  form: Editing<Workspace> & { draft: Draft<Workspace> };
}

export const useSettings = (): Settings => ({
  form: {
    draft: useDraft(useWorkspace()),
    readOnly: !may(usePrincipal(), 'settle'),
    save: updateWorkspace,
    latest: latestWorkspace,
    onSaved: () => toast({ title: say('saved', { what: say('settings') }) }),
  },
});
