import { api, type Schemas } from '../api/client';

const asIs = { bodySerializer: (body: unknown) => body as Blob, headers: { 'Content-Type': 'image/png' } };

// upload gives an organization its logo.
export async function upload(organization: string, logo: Blob): Promise<Schemas['Organization'] | undefined> {
  const { data } = await api.PUT('/v1/organizations/{o}/logo', {
    params: { path: { o: organization } },
    body: logo as unknown as string,
    ...asIs,
  });
  return data;
}

// uploadOwn gives the agency its logo.
export async function uploadOwn(logo: Blob): Promise<Schemas['Workspace'] | undefined> {
  const { data } = await api.PUT('/v1/workspace/logo', { body: logo as unknown as string, ...asIs });
  return data;
}
