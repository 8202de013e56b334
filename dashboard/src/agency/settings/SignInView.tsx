import { EditForm } from '../../ui/EditForm';
import { Input } from '../../ui/Field';
import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import type { Settings } from './useSettings';

// SignInView is whose word the agency takes on who its staff are, besides a link by mail.
export function SignInView({ form }: Settings) {
  const { draft, readOnly } = form;
  const { now, set } = draft;
  const oidc = (change: typeof now.oidc) => set({ oidc: { ...now.oidc, ...change } });
  return (
    <EditForm {...form}>
      <Section title={say('oidc')} about={readOnly ? say('oidc.owners') : say('oidc.text')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input
            label={say('oidc.issuer')}
            name="oidc.issuer"
            type="url"
            placeholder="https://"
            readOnly={readOnly}
            value={now.oidc.issuer ?? ''}
            onValueChange={(issuer) => oidc({ issuer })}
          />
          <Input
            label={say('oidc.clientId')}
            name="oidc.clientId"
            readOnly={readOnly}
            value={now.oidc.clientId ?? ''}
            onValueChange={(clientId) => oidc({ clientId })}
          />
        </div>
      </Section>
    </EditForm>
  );
}
