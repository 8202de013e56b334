import { useState } from 'react';
import * as session from '../api/session';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { say } from '../words/say';
import { told } from '../words/trouble';

// useSignOut signs out. Who cannot be signed out stays in, and is told.
export function useSignOut() {
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState('');
  async function leave() {
    setBusy(true);
    setNotice('');
    try {
      await session.end();
      location.assign('/sign-in');
    } catch (error) {
      setNotice(told(error).sentence);
    } finally {
      setBusy(false);
    }
  }
  return { leave, busy, notice };
}

export function SignOut({ wide }: { wide?: boolean }) {
  const { leave, busy, notice } = useSignOut();
  return (
    <>
      <Notice>{notice}</Notice>
      <Button kind="quiet" wide={wide} busy={busy} onClick={leave}>
        {say('signOut')}
      </Button>
    </>
  );
}
