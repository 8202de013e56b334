import { useMe } from '../api/me';
import { ActivityView } from './ActivityView';
import { exported, useActivity } from './activity';
import type { ActivitySearch } from './search';

interface Props {
  // organization is the one it is of; the whole agency without any.
  organization?: string;
  actions: readonly string[];
  search: ActivitySearch;
  change: (next: ActivitySearch, replace?: boolean) => void;
}

// ActivityPage is the record of an agency, or of one organization.
export function ActivityPage({ organization, actions, search, change }: Props) {
  const { workspace } = useMe();
  return (
    <ActivityView
      {...{ actions, search, change }}
      answer={useActivity(organization, search)}
      tabs={workspace.customTabs}
      exported={(format) => exported(organization, search, format)}
    />
  );
}
