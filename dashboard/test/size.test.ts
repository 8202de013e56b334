// What a first page loads: 150 kilobytes, compressed, are the most.
import { afterEach, describe, expect, it } from 'vitest';
import { facts, noComplaints, signedIn, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

const most = 150_000;
// What drags agents follows once the lists are there, and the page can be used.
const follows = /\/Dragging-/;

async function weighed(path: string, open: () => ReturnType<typeof someone>) {
  const page = await open();
  await page
    .context()
    .newCDPSession(page)
    .then((devtools) => devtools.send('Network.setCacheDisabled', { cacheDisabled: true }));
  const weights = new Map<string, number>();
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith('/v1/') && !follows.test(pathname)) weights.set(pathname, Number(response.headers()['content-length'] ?? 0));
  });
  const answered = await page.goto(facts.dashboardUrl + path);
  expect(answered?.headers()['content-encoding']).toBe('gzip');
  await page.waitForFunction(() => document.querySelector('main [role=listitem], main form'));
  await page.waitForLoadState('load');
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const heaviest = [...weights].sort(([, a], [, b]) => b - a).slice(0, 8);
  return { total, heaviest };
}

describe('the first page', () => {
  it('of who is not signed in', async () => {
    const { total, heaviest } = await weighed('/', someone);
    expect(total, JSON.stringify(heaviest)).toBeLessThanOrEqual(most);
  });
  it('of the agency’s owner', async () => {
    const { total, heaviest } = await weighed('/clients', () => signedIn('rosa@lumenandfield.example'));
    expect(total, JSON.stringify(heaviest)).toBeLessThanOrEqual(most);
  });
});
