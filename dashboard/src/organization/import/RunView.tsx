import { Link } from '@tanstack/react-router';
import { Button, buttonLook } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { download } from '../../ui/download';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import { type Row, sent } from './plan';
import { Rows } from './Rows';
import { report } from './report';
import type { Result } from './run';

export type Stage = 'planned' | 'rehearsing' | 'rehearsed' | 'importing' | 'interrupted' | 'done';

interface Props {
  organization: string;
  rows: Row[];
  results: ReadonlyMap<number, Result>;
  stage: Stage;
  // notice is why it was interrupted.
  notice: string;
  invite: boolean;
  onInvite: (invite: boolean) => void;
  onRehearse: () => void;
  onImport: () => void;
}

// RunView is rows on their way: what they would come to, how far it is, and what
// became of each.
export function RunView({ organization, rows, results, stage, notice, invite, onInvite, onRehearse, onImport }: Props) {
  const sendable = rows.filter(sent).length;
  const left = rows.length - sendable;
  const busy = stage === 'rehearsing' || stage === 'importing';
  const count = (status: Result['status']) => [...results.values()].filter((result) => result.status === status).length;
  return (
    <Section
      title={stage === 'done' ? say('import.done') : say('import.rows')}
      about={left > 0 ? say('import.left', { n: left }) : undefined}
    >
      {(busy || results.size > 0) && (
        <div>
          {stage !== 'done' && stage !== 'rehearsed' && (
            <progress
              aria-label={say('import.progress')}
              value={results.size}
              max={sendable}
              className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-wash [&::-moz-progress-bar]:bg-link [&::-webkit-progress-bar]:bg-wash [&::-webkit-progress-value]:bg-link"
            />
          )}
          <p role="status" className="text-dim">
            {say(stage === 'rehearsing' || stage === 'rehearsed' || stage === 'planned' ? 'import.would' : 'import.counts', {
              created: count('created'),
              updated: count('updated'),
              failed: count('failed'),
            })}
          </p>
        </div>
      )}
      <Notice>{notice}</Notice>
      <Rows rows={rows} results={results} />
      {stage !== 'done' && (
        <Check label={say('import.invite')} hint={say('import.invite.hint')} checked={invite} disabled={busy} onChange={onInvite} />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {results.size > 0 && <Button onClick={() => download(report(rows, results), 'import-result.csv')}>{say('import.result')}</Button>}
        {stage === 'done' ? (
          <Link to="/organizations/$org/users" params={{ org: organization }} className={buttonLook({ kind: 'strong' })}>
            {say('import.toUsers')}
          </Link>
        ) : (
          <>
            {stage !== 'interrupted' && (
              <Button busy={stage === 'rehearsing'} disabled={sendable === 0 || stage === 'importing'} onClick={onRehearse}>
                {say('import.dryRun')}
              </Button>
            )}
            <Button kind="strong" busy={stage === 'importing'} disabled={sendable === 0 || stage === 'rehearsing'} onClick={onImport}>
              {say('import.go', { n: stage === 'interrupted' ? sendable - results.size : sendable })}
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}
