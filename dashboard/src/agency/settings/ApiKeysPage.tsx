import { useState } from 'react';
import { add, drop } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Confirm } from '../../ui/Confirm';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import { OrganizationPicker } from '../OrganizationPicker';
import { ApiKeysView } from './ApiKeysView';

type Key = Schemas['APIKey'];
type Scope = Key['scopes'][number];
const path = '/v1/api-keys' as const;
const concepts = ['organizations', 'agents', 'users', 'teams', 'invitations', 'activity'] as const;
const rights = ['none', 'read', 'write'] as const;
const most = 200;

// ApiKeysPage is the keys that the agency's own programs call with.
export function ApiKeysPage() {
  const answer = $api.useQuery('get', path, { params: { query: { limit: most } } });
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  return (
    <>
      <ApiKeysView answer={answer} onMake={() => setMaking(true)} onRevoke={setRevoking} />
      {revoking && (
        <Confirm
          title={say('key.revoke.of', { name: revoking.name })}
          consequences={[say('key.revoke.programs'), say('key.revoke.good')]}
          action={say('key.revoke')}
          send={async () => {
            await api.DELETE('/v1/api-keys/{id}', { params: { path: { id: revoking.id } } });
            drop(path, revoking.id);
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
      {making && <NewKey onClose={() => setMaking(false)} />}
    </>
  );
}

type Chosen = Record<(typeof concepts)[number], (typeof rights)[number]>;
const nothing = Object.fromEntries(concepts.map((concept) => [concept, 'none'])) as Chosen;

function NewKey({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState(nothing);
  const [handoffs, setHandoffs] = useState(false);
  const [organization, setOrganization] = useState<{ id: string; name: string }>();
  const [made, setMade] = useState<Schemas['APIKeyIssued']>();
  const scopes = [
    ...concepts.filter((concept) => chosen[concept] !== 'none').map((concept) => `${concept}:${chosen[concept]}`),
    ...(handoffs ? ['handoffs:write'] : []),
  ] as Scope[];

  async function send(form: FormData) {
    const expires = text(form, 'expiresAt');
    const { data } = await api.POST(path, {
      body: {
        name: text(form, 'name'),
        scopes,
        organizationId: organization?.id,
        expiresAt: expires ? new Date(`${expires}T00:00:00`).toISOString() : undefined,
      },
    });
    if (!data) return;
    const { secret: _, ...key } = data;
    add<Key>(path, key);
    setMade(data);
  }

  if (made) {
    return (
      <Dialog title={say('key.made', { name: made.name })} onClose={onClose}>
        <p className="mb-3">{say('key.once')}</p>
        <div className="flex items-center gap-2 rounded-lg border bg-wash px-3 py-2">
          <code className="min-w-0 flex-1 text-[13px] break-all">{made.secret}</code>
          <CopyButton text={made.secret ?? ''} label={say('key.copy')} />
        </div>
        <div className="mt-4 flex justify-end">
          <Button kind="strong" onClick={onClose}>
            {say('done')}
          </Button>
        </div>
      </Dialog>
    );
  }

  const check = (form: FormData): Faults => ({ ...(!text(form, 'name') && { name: say('key.name.fault') }) });
  return (
    <Dialog title={say('key.new')} onClose={onClose}>
      <Form send={send} check={check}>
        <Input label={say('name')} name="name" hint={say('key.name.hint')} autoComplete="off" autoFocus />
        <fieldset>
          <legend className="mb-1 font-medium">{say('key.scopes')}</legend>
          <div className="rounded-xl border">
            {concepts.map((concept) => (
              <label key={concept} className="flex items-center justify-between gap-3 border-b px-3 py-1 last:border-0">
                {say(`scope.${concept}`)}
                <select
                  value={chosen[concept]}
                  onChange={(event) => setChosen({ ...chosen, [concept]: rights.find((right) => right === event.target.value) ?? 'none' })}
                  className="control rounded-lg border bg-card px-2"
                >
                  {rights.map((right) => (
                    <option key={right} value={right}>
                      {say(`scope.${right}`)}
                    </option>
                  ))}
                </select>
              </label>
            ))}
          </div>
          <Check label={say('scope.handoffs')} checked={handoffs} onChange={setHandoffs} />
        </fieldset>
        <OrganizationPicker label={say('key.client')} value={organization} onPick={setOrganization} />
        <Input label={say('key.expires')} name="expiresAt" type="date" hint={say('key.expires.hint')} />
        <Submit label={say('key.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
