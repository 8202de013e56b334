import { Check } from '../../ui/Check';
import { TextArea } from '../../ui/Field';
import { languageName } from '../../words/format';
import { languages, say } from '../../words/say';
import type { Organization } from '../organization';

type Handoff = Organization['handoff'];

// HandoffFields are whether chats are handed to people, and what is said when
// nobody is there, in each language that somebody has written it in.
export function HandoffFields({ value, onChange, readOnly }: { value: Handoff; onChange: (value: Handoff) => void; readOnly?: boolean }) {
  const messages = value.messages ?? {};
  const write = (tag: string, message: string) => onChange({ ...value, messages: { ...messages, [tag]: message } });
  const shown = ['default', ...languages.filter((tag) => tag in messages)];
  const others = languages.filter((tag) => !(tag in messages));
  return (
    <>
      <Check
        label={say('handoff.enabled')}
        checked={value.enabled ?? false}
        disabled={readOnly}
        onChange={(enabled) => onChange({ ...value, enabled })}
      />
      <Check
        label={say('handoff.smart')}
        hint={say('handoff.smart.hint')}
        checked={value.smart ?? false}
        disabled={readOnly}
        onChange={(smart) => onChange({ ...value, smart })}
      />
      {shown.map((tag) => (
        <TextArea
          key={tag}
          rows={2}
          label={tag === 'default' ? say('handoff.message') : say('handoff.message.in', { language: languageName(tag) })}
          name={`handoff.messages.${tag}`}
          readOnly={readOnly}
          value={messages[tag] ?? ''}
          onValueChange={(message) => write(tag, message)}
        />
      ))}
      {!readOnly && others.length > 0 && (
        <select
          aria-label={say('handoff.message.add')}
          value=""
          onChange={(event) => write(event.target.value, '')}
          className="control rounded-lg border bg-card px-2 text-dim"
        >
          <option value="">{say('handoff.message.add')}</option>
          {others.map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
