import { useEffect, useRef, useState } from 'react';
import { Leaving } from '../../ui/Leaving';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId } from '../organization';
import { type Row, sent } from './plan';
import { RunView, type Stage } from './RunView';
import { type Result, run } from './run';

// Running rehearses and imports rows. Where it is interrupted, it goes on from
// the first that nothing is known of. Who leaves is asked, and ends it.
export function Running({ rows, onBusy }: { rows: Row[]; onBusy: (busy: boolean) => void }) {
  const o = useOrganizationId();
  const [stage, setStage] = useState<Stage>('planned');
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [notice, setNotice] = useState('');
  const [invite, setInvite] = useState(false);
  const here = useRef<AbortController>(undefined);
  useEffect(() => {
    here.current = new AbortController();
    return () => here.current?.abort();
  }, []);
  const sendable = rows.filter(sent);

  async function go(dryRun: boolean) {
    const done = stage === 'interrupted' ? results : new Map<number, Result>();
    const todo = sendable.filter(({ number }) => !done.has(number));
    let now = done;
    setResults(done);
    setNotice('');
    setStage(dryRun ? 'rehearsing' : 'importing');
    onBusy(true);
    try {
      await run(o, todo, { dryRun, invite, until: here.current?.signal }, (more) => {
        now = new Map([...now, ...more.map((result) => [result.number, result] as const)]);
        setResults(now);
      });
      setStage(dryRun ? 'rehearsed' : 'done');
    } catch (error) {
      setNotice(say('import.interrupted', { n: now.size, of: sendable.length, why: sentence(error) }));
      setStage(dryRun ? 'planned' : 'interrupted');
    } finally {
      onBusy(false);
    }
  }

  return (
    <>
      <RunView
        organization={o}
        {...{ rows, results, stage, notice, invite }}
        onInvite={setInvite}
        onRehearse={() => go(true)}
        onImport={() => go(false)}
      />
      <Leaving
        loses={() => stage === 'importing'}
        title={say('import.leave.title')}
        text={say('import.leave.text')}
        action={say('import.leave')}
      />
    </>
  );
}
