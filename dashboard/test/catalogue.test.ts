// Every view of the catalogue, in each of its states, light and dark.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accessible } from './axe';
import { noComplaints, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

const root = join(import.meta.dirname, '..');
const pictures = join(root, '..', '.atrium', 'catalogue');
let outDir = '';
let server: PreviewServer;
beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  outDir = await mkdtemp(join(tmpdir(), 'catalogue-'));
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rollupOptions: { input: join(root, 'catalogue.html') } } });
  server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
});
afterAll(async () => {
  await server.close();
  await rm(outDir, { recursive: true, force: true });
});

const schemes = ['light', 'dark'] as const;
const patience = 600_000;

it(
  'shows every state, and reads well',
  async () => {
    const page = await someone();
    const catalogue = `${server.resolvedUrls?.local[0]}catalogue.html`;
    await page.goto(catalogue);
    await page.getByRole('heading', { name: 'Catalogue of views' }).waitFor();
    const states = await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(states.length).toBeGreaterThan(100);
    const wrong: Record<string, string[]> = {};
    for (const state of states) {
      await page.goto(catalogue + state);
      await page.locator('main').waitFor({ state: 'attached' });
      await page.waitForFunction(() => !('pressing' in document.body.dataset));
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const found = await accessible(page);
        if (found.length > 0) wrong[`${state}, ${colorScheme}`] = found;
      }
      await page.screenshot({ path: join(pictures, `${state.replaceAll(/[^a-z]+/gi, ' ').trim()}.png`) });
    }
    expect(wrong).toEqual({});
  },
  patience,
);
