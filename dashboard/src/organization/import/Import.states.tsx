import type { Entry } from '../../catalogue/main';
import { nothing } from '../../catalogue/samples';
import { Chooser } from './Chooser';
import { Columns } from './Columns';
import { guess, plan } from './plan';
import { RunView } from './RunView';
import type { Result } from './run';

const header = ['Full name', 'E-mail', 'Role', 'Notes'];
const cells = [
  ['Ann Lee', 'ann@harbour.example', 'admin', ''],
  ['Tom Walker', 'tom@harbour.example', '', 'nights'],
  ['نور الهدى', 'ann@harbour.example', 'user', ''],
  ['', 'nobody@harbour.example', '', ''],
];
const mapping = guess(header);
const rows = plan(cells, mapping);
const results = new Map<number, Result>([
  [1, { number: 1, email: 'ann@harbour.example', status: 'created' }],
  [2, { number: 2, email: 'tom@harbour.example', status: 'failed', problem: 'tom@harbour.example is another user’s.' }],
]);
const file = { name: 'people.csv', header, cells };
const take = async () => {};
const run = {
  organization: 'org_1',
  rows,
  results: new Map<number, Result>(),
  stage: 'planned' as const,
  notice: '',
  invite: false,
  onInvite: nothing,
  onRehearse: nothing,
  onImport: nothing,
};

export default {
  title: 'Import',
  states: {
    empty: () => <Chooser notice="" take={take} />,
    'not a list': () => <Chooser notice="This file has no rows." take={take} />,
    chosen: () => <Chooser file={file} notice="" take={take} />,
    columns: () => <Columns header={header} mapping={mapping} onChange={nothing} />,
    default: () => <RunView {...run} />,
    rehearsed: () => <RunView {...run} stage="rehearsed" results={results} />,
    saving: () => <RunView {...run} stage="importing" results={new Map([...results].slice(0, 1))} />,
    error: () => <RunView {...run} stage="interrupted" results={results} notice="The connection was lost after 2 of 3 rows." />,
    done: () => <RunView {...run} stage="done" results={results} />,
  },
} satisfies Entry;
