import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../api/me';
import { Waiting } from '../door/Card';
import { later } from '../ui/later';
import { useEnded } from './ended';
import { Offline } from './Offline';
import { useShortcuts } from './shortcuts';

const AgencyShell = later(async () => (await import('./AgencyShell')).AgencyShell);
const Choose = later(async () => (await import('../door/Choose')).Choose);
const ClientShell = later(async () => (await import('./ClientShell')).ClientShell);
const Disguise = later(async () => (await import('./Disguise')).Disguise);
const Ended = later(async () => (await import('./Ended')).Ended);
const Palette = later(async () => (await import('./Palette')).Palette);

// Inside is around what is shown to who is signed in: the agency's side to its
// staff, the client's to its people, and a choice to who can be several.
export function Inside() {
  const me = useMe();
  return me.principal ? (
    <Entered side={me.principal.type} pretending={Boolean(me.principal.actor)} />
  ) : (
    <Choose me={me} meanwhile={<Waiting />} />
  );
}

function Entered({ side, pretending }: { side: string; pretending: boolean }) {
  const { palette, closePalette } = useShortcuts();
  const ended = useEnded();
  useEffect(() => {
    const soon = setTimeout(loadWhatTells, calm);
    return () => clearTimeout(soon);
  }, []);
  const Shell = side === 'staff' ? AgencyShell : ClientShell;
  const shell = (
    <Shell meanwhile={<Waiting />}>
      <Outlet />
    </Shell>
  );
  return (
    <>
      <Offline />
      {pretending ? <Disguise meanwhile={<Waiting />}>{shell}</Disguise> : shell}
      {palette && <Palette onClose={closePalette} />}
      {ended && <Ended />}
    </>
  );
}

const calm = 3_000;

// loadWhatTells loads what tells of bad news, and lets one leave: it must be there
// when nothing can be loaded any more.
function loadWhatTells() {
  void import('../ui/Toasts').catch(() => {});
  void import('./Ended').catch(() => {});
  void import('./AccountMenu').catch(() => {});
}
