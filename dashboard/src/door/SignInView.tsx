import { useState } from 'react';
import { isAddress } from '../ui/address';
import { Button } from '../ui/Button';
import { Input } from '../ui/Field';
import { type Faults, Form, Submit, text } from '../ui/Form';
import { say } from '../words/say';
import { type Trouble, told } from '../words/trouble';
import { Card, Sentence } from './Card';

// LinkView has the button of a link: it signs in only when that is pressed.
export const LinkView = ({
  title,
  enter,
  refused,
}: {
  title: string;
  enter: () => Promise<unknown>;
  refused: (error: unknown) => string;
}) => (
  <Card title={title}>
    <Form send={enter} refused={refused}>
      <p>{say('signIn.link')}</p>
      <Submit wide label={say('signIn')} />
    </Form>
  </Card>
);

interface Props {
  title: string;
  // trouble is why the link that there was is dead.
  trouble?: Trouble;
  // ask has a link sent to an address.
  ask: (email: string) => Promise<unknown>;
}

// AskView asks for an address to send a link to. What was typed is kept, for who
// typed it wrong.
export function AskView({ title, trouble, ask }: Props) {
  const [sent, setSent] = useState(false);
  const [email, setEmail] = useState('');
  if (sent) return <SentView email={email} onBack={() => setSent(false)} />;
  async function send(form: FormData) {
    const address = text(form, 'email');
    setEmail(address);
    await ask(address);
    setSent(true);
  }
  return (
    <Card title={trouble?.title ?? title}>
      <Form check={faultOf} send={send} refused={(error) => told(error, 'link').sentence}>
        <p>{trouble?.sentence ?? say('signIn.ask')}</p>
        <Input label={say('email')} name="email" type="email" autoComplete="email" defaultValue={email} autoFocus />
        <Submit wide label={say('signIn.send')} />
      </Form>
    </Card>
  );
}

export const SentView = ({ email, onBack }: { email: string; onBack: () => void }) => (
  <Card title={say('sent.title')}>
    <Sentence>{say('sent.text', { email })}</Sentence>
    <Button kind="quiet" wide onClick={onBack}>
      {say('sent.back')}
    </Button>
  </Card>
);

const faultOf = (form: FormData): Faults => (isAddress(text(form, 'email')) ? {} : { email: say('email.fault') });
