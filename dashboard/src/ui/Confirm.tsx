import type { ReactNode } from 'react';
import { say } from '../words/say';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Form, Submit } from './Form';

interface Props {
  title: string;
  // consequences are what follows, each in a sentence.
  consequences: string[];
  action: string;
  send: () => Promise<unknown>;
  onClose: () => void;
  danger?: boolean;
  children?: ReactNode;
}

// Confirm asks before something that is hard to take back, and says what follows.
export const Confirm = ({ title, consequences, action, send, onClose, danger = true, children }: Props) => (
  <Dialog title={title} onClose={onClose}>
    <Form
      send={async () => {
        await send();
        onClose();
      }}
    >
      <ul className="list-disc space-y-1.5 ps-5">
        {consequences.map((consequence) => (
          <li key={consequence}>{consequence}</li>
        ))}
      </ul>
      {children}
      <Submit label={action} kind={danger ? 'danger' : 'strong'}>
        <Button onClick={onClose}>{say('cancel')}</Button>
      </Submit>
    </Form>
  </Dialog>
);
