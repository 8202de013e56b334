import { Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meet } from '../api/me';
import { isRefusal } from '../api/refusal';
import * as session from '../api/session';
import { wearHost } from '../brand/face';
import { Card, Sentence } from '../door/Card';
import { SignOut } from '../door/SignOut';
import { Button, buttonLook } from '../ui/Button';
import { Empty, Failed } from '../ui/Empty';
import { say } from '../words/say';
import { told } from '../words/trouble';

// Troubled stands where a view could not be had at all.
export function Troubled({ error }: { error: unknown }) {
  const router = useRouter();
  const trouble = told(error);
  return (
    <Card title={trouble.title}>
      <Sentence>{trouble.sentence}</Sentence>
      <Button kind="strong" wide onClick={() => router.invalidate()}>
        {say('again')}
      </Button>
      {session.exists() && <SignOut wide />}
    </Card>
  );
}

// Missing stands where an address names no view.
export function Missing() {
  useEffect(() => {
    void (session.exists() ? meet().catch(wearHost) : wearHost());
  }, []);
  return (
    <Card title={say('missing.title')}>
      <Sentence>{say('missing.text')}</Sentence>
      <ToStart wide />
    </Card>
  );
}

const ToStart = ({ wide }: { wide?: boolean }) => (
  <Link to="/" className={buttonLook({ kind: 'strong', wide })}>
    {say('toStart')}
  </Link>
);

// TroubledPart stands where a part of a view could not be had: the rest goes on.
export function TroubledPart({ error }: { error: unknown }) {
  const router = useRouter();
  if (isRefusal(error, 404)) {
    return (
      <Empty whole title={say('missing.title')}>
        <p>{say('missing.text')}</p>
        <ToStart />
      </Empty>
    );
  }
  return <Failed whole error={error} again={() => void router.invalidate()} />;
}
