import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { open as openly } from '../api/client';
import { isRefusal } from '../api/refusal';
import * as session from '../api/session';
import { useFace, wear, wearHost } from '../brand/face';
import { say, speak } from '../words/say';
import { told } from '../words/trouble';
import { Card, Sentence, Waiting } from './Card';
import { useFragment } from './fragment';
import { DeclinedView, type Face, InvitationView, RefusedView } from './InvitationView';
import { ToSignIn } from './ToSignIn';

type Stage = 'waiting' | 'declined' | { invitation: Face } | { refusal: unknown };

// Invitation is the page that an invitation's button opens: who invites to what,
// and whether one accepts. Looking changes nothing; only a press of a button does.
export function Invitation() {
  const token = useFragment();
  return token ? <Invited key={token} token={token} /> : <Unlinked />;
}

function Invited({ token }: { token: string }) {
  const [stage, setStage] = useState<Stage>('waiting');
  const look = useCallback(() => view(token).then(setStage), [token]);
  useEffect(() => void look(), [look]);
  if (stage === 'waiting') return <Waiting />;
  if (stage === 'declined') return <DeclinedView />;
  if ('refusal' in stage) return <RefusedView refusal={stage.refusal} again={look} />;
  return <Offer token={token} invitation={stage.invitation} onEnd={setStage} />;
}

// view looks at the invitation, and puts on whose it is.
async function view(token: string): Promise<Stage> {
  try {
    const { data } = await openly.GET('/v1/invitations/{token}', { params: { path: { token } } });
    if (!data) throw new Error('an invitation without content');
    await speak(data.language);
    const host = data.organization ?? data.workspace;
    if (host) wear({ name: host.name, logoUrl: host.logoUrl, ...host.brand });
    return { invitation: data };
  } catch (refusal) {
    await wearHost();
    return { refusal };
  }
}

function Unlinked() {
  useEffect(() => void wearHost(), []);
  return (
    <Card title={say('unlinked.title')}>
      <Sentence>{say('unlinked.text')}</Sentence>
      <ToSignIn />
    </Card>
  );
}

// Offer is an invitation that can be answered.
function Offer({ token, invitation, onEnd }: { token: string; invitation: Face; onEnd: (stage: Stage) => void }) {
  const { name } = useFace();
  const navigate = useNavigate();
  const router = useRouter();
  const path = { token };

  async function accept(as: string) {
    const { data } = await openly.POST('/v1/invitations/{token}/accept', {
      params: { path },
      body: { name: as || undefined },
    });
    if (data) session.keep(data);
    await router.invalidate();
    await navigate({ to: '/', replace: true });
  }

  async function decline() {
    await openly.POST('/v1/invitations/{token}/decline', { params: { path } });
    onEnd('declined');
  }

  // What hinders is said in place, so that what was typed stays, unless the link has died meanwhile.
  function refused(error: unknown) {
    if (isRefusal(error) && error.errors.some(({ location }) => location === 'body.name')) return false;
    const trouble = told(error, 'invitation');
    if (trouble.dead) onEnd({ refusal: error });
    return trouble.sentence;
  }

  return <InvitationView invitation={invitation} host={name} accept={accept} decline={decline} refused={refused} />;
}
