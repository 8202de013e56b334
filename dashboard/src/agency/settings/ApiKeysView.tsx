import { KeyRound, Plus, Trash2 } from 'lucide-react';
import type { Schemas } from '../../api/client';
import { Button, IconButton } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { type Listed, Table } from '../../ui/Table';
import { ago, day } from '../../words/format';
import { say } from '../../words/say';

type Key = Schemas['APIKey'];

interface Props {
  answer: Answer<Listed<Key>>;
  onMake: () => void;
  onRevoke: (key: Key) => void;
}

export function ApiKeysView({ answer, onMake, onRevoke }: Props) {
  const make = (
    <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} onClick={onMake}>
      {say('key.new')}
    </Button>
  );
  return (
    <>
      {(answer.data?.items.length ?? 0) > 0 && <div className="flex justify-end">{make}</div>}
      <Table
        label={say('apiKeys')}
        answer={answer}
        keyOf={({ id }) => id}
        empty={
          <Empty icon={<KeyRound className="size-5" />} title={say('keys.none')}>
            <p>{say('keys.none.text')}</p>
            {make}
          </Empty>
        }
        columns={[
          {
            title: say('name'),
            cell: ({ name, prefix }) => (
              <div className="min-w-0">
                <div dir="auto" className="font-medium">
                  {name}
                </div>
                <code className="text-[13px] text-dim">{prefix}…</code>
              </div>
            ),
          },
          {
            title: say('key.scopes'),
            wraps: true,
            cell: ({ scopes, organizationId }) => (
              <span className="text-[13px] text-dim">{[...scopes, organizationId && say('key.oneClient')].filter(Boolean).join(', ')}</span>
            ),
          },
          {
            title: say('key.lastUsed'),
            quiet: true,
            cell: ({ lastUsedAt }) => <span className="text-dim">{lastUsedAt ? ago(new Date(lastUsedAt)) : say('never')}</span>,
          },
          {
            title: say('key.expires'),
            quiet: true,
            cell: ({ expiresAt }) => <span className="text-dim">{expiresAt ? day(new Date(expiresAt)) : say('never')}</span>,
          },
          {
            title: say('actions'),
            actions: 1,
            cell: (key) => (
              <IconButton label={say('key.revoke.of', { name: key.name })} onClick={() => onRevoke(key)}>
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            ),
          },
        ]}
      />
    </>
  );
}
