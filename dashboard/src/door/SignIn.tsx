import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { open as openly } from '../api/client';
import * as session from '../api/session';
import { useFace } from '../brand/face';
import { say } from '../words/say';
import { type Trouble, told } from '../words/trouble';
import { useFragment } from './fragment';
import { goal } from './goal';
import { AskView, LinkView } from './SignInView';

// SignIn is the page that a sign-in link opens, and where to ask for one.
export function SignIn() {
  const code = useFragment();
  const { name } = useFace();
  const [trouble, setTrouble] = useState<Trouble>();
  const router = useRouter();
  const title = name ? say('signIn.to', { name }) : say('signIn');

  async function enter() {
    await session.open(code);
    await router.invalidate();
    router.history.replace(goal());
  }

  function refused(error: unknown) {
    const trouble = told(error, 'link');
    if (trouble.dead) setTrouble(trouble);
    return trouble.sentence;
  }

  if (code && !trouble) return <LinkView title={title} enter={enter} refused={refused} />;
  return <AskView title={title} trouble={trouble} ask={(email) => openly.POST('/v1/sign-in', { body: { email } })} />;
}
