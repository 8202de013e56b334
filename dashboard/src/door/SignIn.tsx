import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { open as openly } from '../api/client';
import * as session from '../api/session';
import { useFace } from '../brand/face';
import { Button } from '../ui/Button';
import { Input } from '../ui/Field';
import { type Faults, Form, Submit, text } from '../ui/Form';
import { say } from '../words/say';
import { type Trouble, told } from '../words/trouble';
import { Card, Sentence } from './Card';
import { useFragment } from './fragment';

// SignIn is the page that a sign-in link opens, and where to ask for one.
export function SignIn() {
  const code = useFragment();
  const [trouble, setTrouble] = useState<Trouble>();
  return code && !trouble ? <Offer code={code} dead={setTrouble} /> : <AskFor trouble={trouble} />;
}

function useTitle() {
  const { name } = useFace();
  return name ? say('signIn.to', { name }) : say('signIn');
}

// Offer shows the button of a link: it signs in only when that is pressed.
function Offer({ code, dead }: { code: string; dead: (trouble: Trouble) => void }) {
  const navigate = useNavigate();
  const router = useRouter();
  async function enter() {
    await session.open(code);
    await router.invalidate();
    await navigate({ to: '/', replace: true });
  }
  function refused(error: unknown) {
    const trouble = told(error, 'link');
    if (trouble.dead) dead(trouble);
    return trouble.sentence;
  }
  return (
    <Card title={useTitle()}>
      <Form send={enter} refused={refused}>
        <p>{say('signIn.link')}</p>
        <Submit wide label={say('signIn')} />
      </Form>
    </Card>
  );
}

// AskFor asks for an address to send a link to, where the one there was is dead
// or there was none. What was typed is kept, for who typed it wrong.
function AskFor({ trouble }: { trouble?: Trouble }) {
  const [sent, setSent] = useState(false);
  const [email, setEmail] = useState('');
  const title = useTitle();
  if (sent) {
    return (
      <Card title={say('sent.title')}>
        <Sentence>{say('sent.text', { email })}</Sentence>
        <Button kind="quiet" wide onClick={() => setSent(false)}>
          {say('sent.back')}
        </Button>
      </Card>
    );
  }
  async function send(form: FormData) {
    const address = text(form, 'email');
    setEmail(address);
    await openly.POST('/v1/sign-in', { body: { email: address } });
    setSent(true);
  }
  return (
    <Card title={trouble?.title ?? title}>
      <Form check={faultOf} send={send} refused={(error) => told(error, 'link').sentence}>
        <p>{trouble?.sentence ?? say('signIn.ask')}</p>
        <Input label={say('email')} name="email" type="email" autoComplete="email" defaultValue={email} autoFocus={Boolean(email)} />
        <Submit wide label={say('signIn.send')} />
      </Form>
    </Card>
  );
}

const isAddress = /^[^\s@]+@[^\s@]+$/;
const faultOf = (form: FormData): Faults => (isAddress.test(text(form, 'email')) ? {} : { email: say('email.fault') });
