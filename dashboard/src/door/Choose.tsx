import { useState } from 'react';
import type { Schemas } from '../api/client';
import * as session from '../api/session';
import { Notice } from '../ui/Notice';
import { say } from '../words/say';
import { told } from '../words/trouble';
import { Card, Sentence } from './Card';
import { SignOut } from './SignOut';

type Me = Schemas['Me'];

// open are the memberships that can be chosen.
export const open = ({ memberships }: Me) =>
  memberships.filter(({ status, organization }) => status === 'active' && (organization?.status ?? 'active') === 'active');

// Choose asks whom to be, who can be several here.
export function Choose({ me }: { me: Me }) {
  const become = useBecome();
  return (
    <Card title={say('choose.title')}>
      <Sentence>{say('choose.text')}</Sentence>
      <ul className="mb-4 space-y-2" aria-busy={become.busy}>
        {open(me).map(({ id, organization, role }) => (
          <li key={id}>
            <button
              type="button"
              className="flex w-full items-baseline justify-between gap-4 rounded-lg border border-frame px-4 py-3 text-start hover:border-ink"
              onClick={() => become.as(id)}
            >
              <b className="font-semibold">{organization?.name ?? me.workspace.name}</b>
              <span className="text-sm text-dim">{say(`role.${role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Notice>{become.notice}</Notice>
      <SignOut wide />
    </Card>
  );
}

// useBecome goes on as another of the principals that one is.
export function useBecome() {
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState('');
  async function as(principal: string) {
    if (busy) return;
    setBusy(true);
    setNotice('');
    try {
      await session.become(principal);
      location.assign('/'); // as somebody else one begins anew
    } catch (error) {
      setNotice(told(error).sentence);
    } finally {
      setBusy(false);
    }
  }
  return { as, busy, notice };
}
