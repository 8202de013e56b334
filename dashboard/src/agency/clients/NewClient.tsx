import { useCallback, useRef, useState } from 'react';
import type { Schemas } from '../../api/client';
import { LogoField } from '../../logo/LogoField';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Choice, Input } from '../../ui/Field';
import { Form, Submit, text } from '../../ui/Form';
import { languageName } from '../../words/format';
import { type Language, languages, say } from '../../words/say';
import { sentence } from '../../words/trouble';

type Organization = Schemas['Organization'];

interface Props {
  // language is the one that is offered first: the agency's.
  language: string;
  create: (name: string, language: Language) => Promise<Organization>;
  upload: (organization: string, logo: Blob) => Promise<Organization | undefined>;
  onCreated: (organization: Organization) => void;
  onClose: () => void;
}

// NewClient opens an organization. Where it is there but its logo does not get
// through, pressing again sends the logo alone.
export function NewClient({ language, create, upload, onCreated, onClose }: Props) {
  const logo = useRef<Blob | null>(null);
  const made = useRef<Organization | undefined>(undefined);
  // Once it is there, its name is what it was opened under.
  const [there, setThere] = useState(false);
  const keepLogo = useCallback((next: Blob | null) => {
    logo.current = next;
  }, []);

  async function send(form: FormData) {
    made.current ??= await create(text(form, 'name'), form.get('language') as Language);
    setThere(true);
    onCreated((logo.current && (await upload(made.current.id, logo.current))) || made.current);
  }

  return (
    <Dialog title={say('client.new')} onClose={onClose}>
      <Form
        check={(form): Record<string, string> => (text(form, 'name') ? {} : { name: say('client.name.fault') })}
        send={send}
        refused={(error) => made.current !== undefined && say('client.logoFailed', { name: made.current.name, why: sentence(error) })}
      >
        <Input label={say('client.name')} name="name" autoComplete="off" autoFocus readOnly={there} />
        <Choice
          label={say('language')}
          name="language"
          hint={say('client.language.hint')}
          defaultValue={language}
          disabled={there}
          options={languages.map((tag) => [tag, languageName(tag)])}
        />
        <LogoField onChange={keepLogo} />
        <Submit label={say('client.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
