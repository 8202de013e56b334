import { useCallback, useState } from 'react';
import { Button } from '../ui/Button';
import { Form, Submit } from '../ui/Form';
import { Section } from '../ui/Section';
import { say } from '../words/say';
import { LogoField } from './LogoField';

interface Props {
  url: string | null;
  // save takes the new logo, or null to do without one.
  save: (logo: Blob | null) => Promise<unknown>;
}

// LogoForm is saved apart from what it belongs to, as it is a file.
export function LogoForm({ url, save }: Props) {
  const [next, setNext] = useState<{ logo: Blob | null }>();
  const [round, setRound] = useState(0);
  const onChange = useCallback((logo: Blob | null) => setNext({ logo }), []);
  const begin = () => {
    setNext(undefined);
    setRound(round + 1);
  };
  async function send() {
    if (!next) return;
    await save(next.logo);
    begin();
  }
  return (
    <Form send={send}>
      <Section title={say('logo')}>
        <LogoField key={round} url={url} onChange={onChange} />
        {next && (
          <Submit label={say('logo.save')}>
            <Button onClick={begin}>{say('cancel')}</Button>
          </Submit>
        )}
      </Section>
    </Form>
  );
}
