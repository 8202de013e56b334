import { Refusal } from '../api/refusal';
import type { Entry } from '../catalogue/main';
import { Pressed } from '../catalogue/Pressed';
import { never, refused } from '../catalogue/samples';
import { Button } from './Button';
import { Choice, Input, TextArea } from './Field';
import { Form, Submit } from './Form';

const tooLong = () => Promise.reject(new Refusal(422, { errors: [{ location: 'body.name', message: 'is too long' }] }));

const Sample = ({ send = never, readOnly }: { send?: () => Promise<unknown>; readOnly?: boolean }) => (
  <Form send={send}>
    <Input label="Name" name="name" defaultValue="Café del Mar" hint="As people call it." readOnly={readOnly} />
    <Choice label="Language" name="language" options={[['en', 'English']]} disabled={readOnly} />
    <TextArea label="Description" name="description" readOnly={readOnly} />
    <Submit>
      <Button>Cancel</Button>
    </Submit>
  </Form>
);

const pressed = (send: () => Promise<unknown>) => (
  <Pressed>
    <Sample send={send} />
  </Pressed>
);

export default {
  title: 'Form',
  states: {
    default: () => <Sample />,
    saving: () => pressed(never),
    'fault of a field': () => pressed(tooLong),
    error: () => pressed(refused),
    'read-only': () => <Sample readOnly />,
  },
} satisfies Entry;
