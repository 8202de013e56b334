import { dayIn, type Search, textIn } from '../shell/address';

export interface ActivitySearch {
  action?: string;
  from?: string;
  to?: string;
  actor?: string;
  target?: string;
  cursor?: string;
}

export const activitySearch = (search: Search): ActivitySearch => ({
  action: textIn(search.action),
  from: dayIn(search.from),
  to: dayIn(search.to),
  actor: textIn(search.actor),
  target: textIn(search.target),
  cursor: textIn(search.cursor),
});
