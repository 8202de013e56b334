import { TabsView } from './TabsView';
import { useSettings } from './useSettings';

// TabsPage is the sections that the agency adds to its clients' dashboards.
export const TabsPage = () => <TabsView {...useSettings()} />;
