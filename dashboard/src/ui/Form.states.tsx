import { Refusal } from '../api/refusal';
import type { Entry } from '../catalogue/main';
import { Button } from './Button';
import { Choice, Input, TextArea } from './Field';
import { Form, Submit } from './Form';

const never = () => new Promise(() => {});
const refuse = (refusal: Refusal) => () => Promise.reject(refusal);

// Sample is a form; press its button to see it send.
const Sample = ({ send, readOnly }: { send: () => Promise<unknown>; readOnly?: boolean }) => (
  <Form send={send}>
    <Input label="Name" name="name" defaultValue="Café del Mar" hint="As people call it." readOnly={readOnly} />
    <Choice label="Language" name="language" options={[['en', 'English']]} disabled={readOnly} />
    <TextArea label="Description" name="description" readOnly={readOnly} />
    <Submit>
      <Button>Cancel</Button>
    </Submit>
  </Form>
);

export default {
  title: 'Form',
  states: {
    default: () => <Sample send={async () => {}} />,
    saving: () => <Sample send={never} />,
    'fault of a field': () => <Sample send={refuse(new Refusal(422, { errors: [{ location: 'body.name', message: 'is too long' }] }))} />,
    error: () => <Sample send={refuse(new Refusal(503, { code: 'throttled' }, 20))} />,
    'read-only': () => <Sample send={async () => {}} readOnly />,
  },
} satisfies Entry;
