import { Refusal } from '../api/refusal';
import type { Entry } from '../catalogue/main';
import { Pressed } from '../catalogue/Pressed';
import { EditForm, useDraft } from './EditForm';
import { Input } from './Field';

const saved = { version: 1, name: 'Harbour' };

function Sample({ stale, readOnly }: { stale?: boolean; readOnly?: boolean }) {
  const draft = useDraft(saved);
  return (
    <EditForm
      draft={draft}
      readOnly={readOnly}
      save={async (edits) => {
        if (stale) throw new Refusal(412, { code: 'stale' });
        return { ...saved, ...edits };
      }}
      latest={async () => ({ version: 2, name: 'Harbour Hotel' })}
    >
      <Input label="Name" name="name" value={draft.now.name} onValueChange={(name) => draft.set({ name })} readOnly={readOnly} />
    </EditForm>
  );
}

export default {
  title: 'EditForm',
  states: {
    default: () => <Sample />,
    stale: () => (
      <Pressed>
        <Sample stale />
      </Pressed>
    ),
    'read-only': () => <Sample readOnly />,
  },
} satisfies Entry;
