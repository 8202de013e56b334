import { isSet, oneOf, type Search, textIn } from '../../shell/address';
import type { Invitation } from './invitations';

export const states = ['pending', 'accepted', 'declined', 'revoked', 'expired'] as const;

export interface InvitationsSearch {
  state?: Invitation['state'];
  email?: string;
  cursor?: string;
  new?: boolean;
}

export const invitationsSearch = (search: Search): InvitationsSearch => ({
  state: oneOf(states, search.state),
  email: textIn(search.email),
  cursor: textIn(search.cursor),
  new: isSet(search.new),
});
