// Every view of the catalogue, in each of its states, light and dark.
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accessible } from './axe';
import { noComplaints, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

let server: ViteDevServer;
beforeAll(async () => {
  server = await createServer({ root: `${import.meta.dirname}/..`, server: { port: 0, host: '127.0.0.1', hmr: false }, logLevel: 'error' });
  await server.listen();
});
afterAll(() => server.close());

it('shows every state, and reads well', async () => {
  const page = await someone();
  const catalogue = `${server.resolvedUrls?.local[0]}catalogue.html`;
  await page.goto(catalogue);
  await page.getByRole('heading', { name: 'Catalogue of views' }).waitFor();
  const states = await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(states.length).toBeGreaterThan(20);
  for (const state of states) {
    await page.goto(catalogue + state);
    await page.locator('main').waitFor();
    const button = page.getByRole('button', { name: 'Save', exact: true });
    if (/view=(Form|EditForm)/.test(state) && (await button.count()) > 0) {
      if (state.includes('stale')) await page.getByRole('textbox', { name: 'Name' }).fill('Harbour Lights');
      await button.click();
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await accessible(page), `${state}, ${colorScheme}`).toEqual([]);
    }
  }
});
