import { api } from '../../api/client';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Field';
import { Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import type { User } from './users';

// Impersonate opens the dashboard as a user sees it, in a tab of its own, for a
// reason that is written down.
export function Impersonate({ user, onClose }: { user: User; onClose: () => void }) {
  const o = useOrganizationId();
  async function send(form: FormData) {
    const body = { reason: text(form, 'reason'), write: form.get('write') !== null };
    const { data } = await api.POST('/v1/organizations/{o}/users/{u}/impersonate', { params: { path: { o, u: user.id } }, body });
    // The token rides in the fragment: the page that opens it takes it out.
    if (data) window.open(data.dashboardUrl, '_blank', 'noopener,noreferrer');
    onClose();
  }
  return (
    <Dialog title={say('preview.as', { name: user.name })} onClose={onClose}>
      <Form send={send} check={(form) => (text(form, 'reason') ? ({} as Record<string, string>) : { reason: say('preview.reason.fault') })}>
        <p>{say('preview.text', { name: user.name })}</p>
        <Input label={say('preview.reason')} name="reason" hint={say('preview.reason.hint')} autoFocus />
        <Check name="write" label={say('preview.write')} />
        <Submit label={say('preview.open')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
