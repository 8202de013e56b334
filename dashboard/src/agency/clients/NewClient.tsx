import { useCallback, useRef, useState } from 'react';
import { add } from '../../api/cache';
import { api, type Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { LogoField } from '../../logo/LogoField';
import { upload } from '../../logo/upload';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input } from '../../ui/Field';
import { Form, Submit, text } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import { sentence } from '../../words/trouble';

type Organization = Schemas['Organization'];

// NewClient opens an organization. Where it is there but its logo does not get
// through, pressing again sends the logo alone.
export function NewClient({ onClose }: { onClose: (created?: string) => void }) {
  const { workspace } = useMe();
  const logo = useRef<Blob | null>(null);
  const made = useRef<Organization | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const keepLogo = useCallback((next: Blob | null) => {
    logo.current = next;
  }, []);

  async function send(form: FormData) {
    setBusy(true);
    try {
      made.current ??= await create(text(form, 'name'), form.get('language') as Language);
      const organization = (logo.current && (await upload(made.current.id, logo.current))) || made.current;
      add('/v1/organizations', organization);
      toast({ title: say('client.created', { name: organization.name }) });
      onClose(organization.id);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title={say('client.new')} onClose={onClose} busy={busy}>
      <Form
        check={(form): Record<string, string> => (text(form, 'name') ? {} : { name: say('client.name.fault') })}
        send={send}
        refused={(error) => made.current !== undefined && say('client.logoFailed', { name: made.current.name, why: sentence(error) })}
      >
        <Input label={say('client.name')} name="name" autoComplete="off" autoFocus />
        <Choice
          label={say('language')}
          name="language"
          hint={say('client.language.hint')}
          defaultValue={workspace.language}
          options={languages.map((tag) => [tag, languageName(tag)])}
        />
        <LogoField onChange={keepLogo} />
        <Submit label={say('client.create')}>
          <Button onClick={() => onClose()}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}

async function create(name: string, language: Language) {
  const { data } = await api.POST('/v1/organizations', { body: { name, language } });
  if (!data) throw new Error('an organization without content');
  return data;
}
