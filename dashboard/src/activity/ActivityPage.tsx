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
  const { data, isPending, error, refetch } = useActivity(organization, search);
  return (
    <ActivityView
      {...{ actions, search, change, error }}
      tabs={workspace.customTabs}
      items={data?.items}
      nextCursor={data?.nextCursor}
      loading={isPending}
      again={refetch}
      exported={(format) => exported(organization, search, format)}
    />
  );
}
