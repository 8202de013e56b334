// Every page, as it looks and as it is read aloud: on a large screen and on a
// phone, light and dark.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessible } from './axe';
import { facts, noComplaints, phone, signedIn, someone, wide, withBrowser } from './people';

const pictures = join(import.meta.dirname, '..', '..', '.atrium', 'pages');

withBrowser();
afterEach(noComplaints);
beforeAll(() => mkdir(pictures, { recursive: true }));

const schemes = ['light', 'dark'] as const;

// looked looks at what is shown in all four ways, and keeps a picture of each.
async function looked(page: Page, name: string) {
  for (const size of [wide, phone]) {
    await page.setViewportSize(size);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(pictures, `${name}.${size.width}.${colorScheme}.png`) });
      // On a phone the colours are the same: the dark is read once.
      if (size === wide || colorScheme === 'light') expect(await accessible(page), `${name}, ${size.width}, ${colorScheme}`).toEqual([]);
    }
    expect(await unsaid(page), `${name} says what it has no words for`).toEqual([]);
    expect(
      await page.evaluate(() =>
        Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map(({ scrollWidth }) => scrollWidth)),
      ),
      `${name} goes off the screen`,
    ).toBeLessThanOrEqual(size.width);
  }
  await page.setViewportSize(wide);
}

// unsaid are keys of words that stand where the words should.
async function unsaid(page: Page) {
  const lines = await page
    .getByText(/^[a-z]+(\.[a-zA-Z_]+)+$/)
    .filter({ visible: true })
    .allTextContents();
  return lines;
}

const settled = async (page: Page) => {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true], .ghost'));
  await page.waitForTimeout(150);
};

describe('the agency’s side', () => {
  let page: Page;
  let org = '';
  let user = '';
  beforeAll(async () => {
    page = await signedIn('rosa@lumenandfield.example');
    await page.getByRole('link', { name: 'Manage Harbour Lights Hotel' }).click();
    org = page.url().match(/org_\w+/)?.[0] ?? '';
    await page.locator('tbody a').first().click();
    await page.waitForURL('**/users/usr_*');
    user = page.url().match(/usr_\w+/)?.[0] ?? '';
  });
  const within = (part: string) => () => `/organizations/${org}/${part}`;
  it.each([
    ['clients', () => '/clients'],
    ['clients.selected', () => `/clients?org=${org}`],
    ['clients.none', () => '/clients?q=zzz&aq=zzz'],
    ['clients.new', () => '/clients?new=true'],
    ['agents', () => '/agents'],
    ['agents.new', () => '/agents?new=true'],
    ['activity', () => '/activity'],
    ['settings.brand', () => '/settings/brand'],
    ['settings.mail', () => '/settings/mail'],
    ['settings.staff', () => '/settings/staff'],
    ['settings.tabs', () => '/settings/tabs'],
    ['settings.sign-in', () => '/settings/sign-in'],
    ['settings.api-keys', () => '/settings/api-keys'],
    ['users', within('users')],
    ['users.new', within('users?new=true')],
    ['user', () => `/organizations/${org}/users/${user}`],
    ['user.access', () => `/organizations/${org}/users/${user}/access`],
    ['teams', within('teams')],
    ['teams.new', within('teams?new=true')],
    ['team', within('teams/front_desk')],
    ['invitations', within('invitations')],
    ['invitations.new', within('invitations?new=true')],
    ['organization.agents', within('agents')],
    ['info', within('info')],
    ['organization.activity', within('activity')],
    ['import', within('import')],
    ['missing', () => '/nothing/here'],
    ['organization.missing', () => '/organizations/org_none/users'],
  ])('%s', async (name, path) => {
    await page.goto(facts.dashboardUrl + path());
    await settled(page);
    await looked(page, name);
  });
});

describe('the client’s side', () => {
  let page: Page;
  beforeAll(async () => {
    page = await signedIn('maya.whitfield@harbourlights.example');
    await page.getByRole('heading', { name: 'Welcome, Maya Whitfield' }).waitFor();
  });
  it('home', async () => {
    await settled(page);
    await looked(page, 'client.home');
  });
  it('a section', async () => {
    await page.getByRole('link', { name: 'Conversations' }).first().click();
    await settled(page);
    await looked(page, 'client.section');
  });
});

describe('who is not in yet', () => {
  it('sign-in', async () => {
    const page = await someone();
    await page.goto(`${facts.dashboardUrl}/sign-in`);
    await settled(page);
    await looked(page, 'sign-in');
  });
});
