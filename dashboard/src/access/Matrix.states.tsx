import { useState } from 'react';
import type { Entry } from '../catalogue/main';
import { keysOf, type Sections } from './grants';
import { Matrix } from './Matrix';

const tabs = [{ key: 'reports', title: 'Monthly reports' }];

function Sample({ ceiling, readOnly }: { ceiling?: Sections; readOnly?: boolean }) {
  const [value, setValue] = useState<Sections>({ home: 'view', conversations: 'edit' });
  return <Matrix legend="Grants" keys={keysOf(tabs)} tabs={tabs} value={value} onChange={setValue} ceiling={ceiling} readOnly={readOnly} />;
}

export default {
  title: 'Matrix',
  states: {
    default: () => <Sample />,
    'under a ceiling': () => <Sample ceiling={{ prompt: 'none', analytics: 'view' }} />,
    'read-only': () => <Sample readOnly />,
  },
} satisfies Entry;
