import { EditForm } from '../../ui/EditForm';
import { Input } from '../../ui/Field';
import { Section } from '../../ui/Section';
import { Status } from '../../ui/Status';
import { say } from '../../words/say';
import type { Settings } from './useSettings';

// MailView is from whom the agency's mails come.
export function MailView({ form }: Settings) {
  const { draft, readOnly } = form;
  const { now, set } = draft;
  const sender = (change: typeof now.sender) => set({ sender: { ...now.sender, ...change } });
  return (
    <EditForm {...form}>
      <Section title={say('settings.mail')} about={say('sender.text')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Input
            label={say('sender.name')}
            name="sender.name"
            hint={say('sender.name.hint')}
            readOnly={readOnly}
            value={now.sender.name ?? ''}
            onValueChange={(name) => sender({ name })}
          />
          <Input
            label={say('sender.address')}
            name="sender.address"
            type="email"
            hint={say('sender.address.hint')}
            readOnly={readOnly}
            value={now.sender.address ?? ''}
            onValueChange={(address) => sender({ address })}
          />
          <Input
            label={say('sender.replyTo')}
            name="sender.replyTo"
            type="email"
            readOnly={readOnly}
            value={now.sender.replyTo ?? ''}
            onValueChange={(replyTo) => sender({ replyTo })}
          />
        </div>
        {now.sender.address && now.sender.status && (
          <p className="flex flex-wrap items-center gap-2 text-dim">
            <Status of={now.sender.status} />
            {now.sender.status === 'verified' ? say('sender.verified') : say('sender.pending')}
          </p>
        )}
      </Section>
    </EditForm>
  );
}
