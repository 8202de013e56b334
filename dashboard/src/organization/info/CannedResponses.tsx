import { Plus, Trash2 } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button';
import { Input, TextArea } from '../../ui/Field';
import { say } from '../../words/say';
import type { Organization } from '../organization';

type Responses = Organization['cannedResponses'];

const most = 50;

// CannedResponses are ready answers for people who take over chats.
export function CannedResponses({
  value,
  onChange,
  readOnly,
}: {
  value: Responses;
  onChange: (value: Responses) => void;
  readOnly?: boolean;
}) {
  const change = (at: number, part: Partial<Responses[number]>) =>
    onChange(value.map((response, i) => (i === at ? { ...response, ...part } : response)));
  return (
    <>
      {value.map((response, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, only an order
        <div key={i} className="flex items-start gap-2 rounded-lg border p-3">
          <div className="min-w-0 flex-1 space-y-3">
            <Input
              label={say('canned.title')}
              name={`cannedResponses[${i}].title`}
              readOnly={readOnly}
              value={response.title ?? ''}
              onValueChange={(title) => change(i, { title })}
            />
            <TextArea
              label={say('canned.answer')}
              name={`cannedResponses[${i}].text`}
              rows={2}
              readOnly={readOnly}
              value={response.text}
              onValueChange={(text) => change(i, { text })}
            />
          </div>
          {!readOnly && (
            <IconButton label={say('canned.remove', { n: i + 1 })} onClick={() => onChange(value.filter((_, at) => at !== i))}>
              <Trash2 aria-hidden="true" className="size-4" />
            </IconButton>
          )}
        </div>
      ))}
      {!readOnly && value.length < most && (
        <Button icon={<Plus aria-hidden="true" className="size-4" />} onClick={() => onChange([...value, { title: '', text: '' }])}>
          {say('canned.add')}
        </Button>
      )}
    </>
  );
}
