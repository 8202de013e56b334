// Every view of the catalogue, in each of its states, light and dark.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accessible } from './axe';
import { noComplaints, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

const root = join(import.meta.dirname, '..');
let outDir = '';
let server: PreviewServer;
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'catalogue-'));
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rollupOptions: { input: join(root, 'catalogue.html') } } });
  server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
});
afterAll(async () => {
  await server.close();
  await rm(outDir, { recursive: true, force: true });
});

const patience = 300_000;

it(
  'shows every state, and reads well',
  async () => {
    const page = await someone();
    const catalogue = `${server.resolvedUrls?.local[0]}catalogue.html`;
    await page.goto(catalogue);
    await page.getByRole('heading', { name: 'Catalogue of views' }).waitFor();
    const states = await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(states.length).toBeGreaterThan(100);
    for (const state of states) {
      await page.goto(catalogue + state);
      await page.locator('main').waitFor();
      await page.waitForFunction(() => !('pressing' in document.body.dataset));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await accessible(page), `${state}, ${colorScheme}`).toEqual([]);
      }
    }
  },
  patience,
);
