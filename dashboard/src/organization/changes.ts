// What is done to an organization, apart from what every view of one needs.
import { api, type Schemas } from '../api/client';
import { know, type Organization } from './organization';

export async function createOrganization(name: string, language: Schemas['Organization']['language']) {
  const { data } = await api.POST('/v1/organizations', { body: { name, language } });
  if (!data) throw new Error('an organization without content');
  return data;
}

// change changes an organization: from a version, or whatever it is now.
export async function change(o: string, { handoff, ...edits }: Partial<Organization>, version?: number) {
  const { data } = await api.PATCH('/v1/organizations/{o}', {
    params: { path: { o }, header: version ? { 'If-Match': `"${version}"` } : undefined },
    body: { ...edits, handoff: handoff && { ...handoff, messages: withoutEmpty(handoff.messages) } } as never,
  });
  if (data) know(data);
  return data;
}

// withoutEmpty takes away the messages that were emptied.
const withoutEmpty = (messages?: Record<string, string>) =>
  messages && Object.fromEntries(Object.entries(messages).map(([tag, message]) => [tag, message.trim() || null]));

export async function fresh(o: string) {
  const { data } = await api.GET('/v1/organizations/{o}', { params: { path: { o } } });
  return data as Organization | undefined;
}
