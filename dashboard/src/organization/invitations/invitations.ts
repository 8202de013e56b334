import { add, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { recount } from '../organization';
import type { InvitationsSearch } from './search';

export type Invitation = Schemas['Invitation'];
export type Draft = Schemas['InvitationRequest'];
type Outcome = Schemas['InvitationOutcome'];
const path = '/v1/organizations/{o}/invitations' as const;

const pageOf = 50;
const underway = 3_000;

// useInvitations reads again while a mail is on its way, so that one sees it arrive.
export const useInvitations = (o: string, { state, email, cursor }: InvitationsSearch) =>
  $api.useQuery(
    'get',
    path,
    { params: { path: { o }, query: { limit: pageOf, state, email, cursor } } },
    { refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderway) ? underway : false) },
  );

const isUnderway = ({ state, delivery }: Invitation) => state === 'pending' && (delivery.state === 'queued' || delivery.state === 'sent');

function know(o: string, invitation: Invitation) {
  revise<Invitation>(path, invitation.id, () => invitation, { path: { o } });
}

// links are of invitations that were not mailed: the API tells of each but once.
const links = new Map<string, string>();
export const linkOf = (invitation: string) => links.get(invitation);

function note(o: string, invitation: Invitation) {
  if (invitation.acceptUrl) links.set(invitation.id, invitation.acceptUrl);
  add<Invitation>(path, invitation, { path: { o } });
  recount(o, 'pendingInvitations', 1);
}

// invite invites one or several, and tells how it went with each.
export async function invite(o: string, emails: string[], draft: Draft): Promise<Outcome[]> {
  const [first] = emails;
  const body = emails.length > 1 ? { ...draft, invitations: emails.map((email) => ({ email })) } : { ...draft, email: first };
  const { data } = await api.POST(path, { params: { path: { o } }, body });
  if (!data) return [];
  const outcomes: Outcome[] = 'items' in data ? data.items : [{ email: data.email, status: 201, invitation: data }];
  for (const { invitation } of outcomes) if (invitation) note(o, invitation);
  return outcomes;
}

export async function resend(o: string, i: string) {
  const { data } = await api.POST('/v1/organizations/{o}/invitations/{i}/resend', { params: { path: { o, i } } });
  if (data) know(o, data);
}

export async function revoke(o: string, i: string) {
  const { data } = await api.POST('/v1/organizations/{o}/invitations/{i}/revoke', { params: { path: { o, i } } });
  if (data) know(o, data);
  recount(o, 'pendingInvitations', -1);
}

export async function preview(o: string, draft: Draft) {
  const { data } = await api.POST('/v1/organizations/{o}/invitations/preview', { params: { path: { o } }, body: draft });
  return data;
}

const quoted = /"[^"]*"/g;
const between = /[,;\n]+/;
// addressesIn are the e-mail addresses in a text, each once, however they are set
// apart, and without the names that mail programs write before them.
export const addressesIn = (typed: string) => [
  ...new Set(
    typed
      .replaceAll(quoted, ' ')
      .split(between)
      .flatMap((part) => part.match(/<([^>]*)>/)?.[1]?.trim() ?? part.split(/\s+/))
      .filter(Boolean),
  ),
];
