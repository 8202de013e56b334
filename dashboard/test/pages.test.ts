// Every page, as it looks and as it is read aloud: on a large screen and on a
// phone, light and dark.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessible } from './axe';
import { agency, callAs, facts, noComplaints, phone, signedIn, someone, wide, withBrowser } from './people';

const pictures = join(import.meta.dirname, '..', '..', '.atrium', 'pages');

withBrowser();
afterEach(noComplaints);
beforeAll(() => mkdir(pictures, { recursive: true }));

// The agency's owner signs in once for all tests: who asks for too many links is
// refused the next, as anybody is.
let staff: Page;
beforeAll(async () => {
  staff = await signedIn('rosa@lumenandfield.example');
});

const schemes = ['light', 'dark'] as const;

type Size = typeof wide;

// narrow is the narrowest phone that all of it fits on.
const narrow = { width: 360, height: 740 };

// looked looks at what is shown in all four ways, and keeps a picture of each.
async function looked(page: Page, name: string) {
  for (const size of [wide, phone]) {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await kept(page, name, size, colorScheme);
      // On a phone the colours are the same: the dark is read once.
      if (size === wide || colorScheme === 'light') expect(await accessible(page), `${name}, ${size.width}, ${colorScheme}`).toEqual([]);
    }
  }
  await page.setViewportSize(wide);
}

// kept keeps a picture of what is shown, which is in words and within the screen.
async function kept(page: Page, name: string, size: Size, scheme = 'light') {
  await page.setViewportSize(size);
  await page.screenshot({ path: join(pictures, `${name}.${size.width}.${scheme}.png`) });
  expect(await unsaid(page), `${name} says what it has no words for`).toEqual([]);
  if (size === phone) await page.setViewportSize(narrow);
  // What floats over the page follows a moment later.
  await expect.poll(() => page.evaluate(beyond), { message: `${name} goes off the screen` }).toBeLessThanOrEqual(0);
}

// beyond is by how many pixels a page is wider than the screen.
const beyond = () =>
  Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map(({ scrollWidth }) => scrollWidth)) - innerWidth;

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
  let org = '';
  let user = '';
  beforeAll(async () => {
    await staff.getByRole('link', { name: 'Manage Harbour Lights Hotel' }).click();
    org = staff.url().match(/org_\w+/)?.[0] ?? '';
    await staff.locator('tbody a').first().click();
    await staff.waitForURL('**/users/usr_*');
    user = staff.url().match(/usr_\w+/)?.[0] ?? '';
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
    await staff.goto(facts.dashboardUrl + path());
    await settled(staff);
    await looked(staff, name);
  });
});

describe('what opens over a page', () => {
  // Animated or not, it is looked at when it has come to rest.
  const opened = (name: string) => staff.waitForTimeout(300).then(() => looked(staff, name));

  it('the palette', async () => {
    await staff.goto(`${facts.dashboardUrl}/clients`);
    await settled(staff);
    await staff.keyboard.press('Control+k');
    await staff.getByRole('combobox', { name: 'Find anything' }).fill('har');
    await staff.getByRole('option', { name: 'Harbour Lights Hotel', exact: true }).waitFor();
    await opened('over.palette');
    await staff.keyboard.press('Escape');
  });

  it('a row’s menu, and a question', async () => {
    await staff.goto(`${facts.dashboardUrl}/clients`);
    await staff.getByRole('link', { name: 'Manage Harbour Lights Hotel' }).click();
    await staff.getByRole('button', { name: 'Actions for Chloe Turner' }).click();
    await staff.getByRole('menuitem', { name: 'Preview as Chloe Turner' }).waitFor();
    await opened('over.row');
    await staff.getByRole('menuitem', { name: 'Remove' }).click();
    await staff.getByRole('dialog').waitFor();
    await opened('over.question');
    await staff.keyboard.press('Escape');
  });

  it('the account’s menu', async () => {
    await staff
      .getByRole('button', { name: /Rosa Okafor/ })
      .first()
      .click();
    await staff.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await opened('over.account');
  });
});

describe('in other languages', () => {
  let owner: Awaited<ReturnType<typeof agency>>;
  let org = '';
  beforeAll(async () => {
    owner = await agency('Babel');
    org = (await owner.call('POST', '/organizations', { name: 'Harbour Lights' })).id;
    const within = `/organizations/${org}`;
    const { id: agent } = await owner.call('POST', '/agents', { name: 'Concierge', provider: 'Voiceflow' });
    await owner.call('PUT', `${within}/agents/${agent}`);
    await owner.call('POST', `${within}/teams`, { key: 'front_desk', label: 'Front desk' });
    await owner.call('POST', `${within}/users`, { name: 'Ann Lee', email: 'ann@harbour.example', teams: ['front_desk'] });
    await owner.call('POST', `${within}/invitations`, { email: 'gil@harbour.example' });
  });
  it.each(['de', 'es', 'fr', 'it', 'pt'])('%s', async (language) => {
    await owner.call('PATCH', '/workspace', { language });
    const { page } = owner;
    const within = `/organizations/${org}`;
    for (const [name, path] of Object.entries({
      clients: `/clients?org=${org}`,
      users: `${within}/users?new=true`,
      teams: `${within}/teams?new=true`,
      invitations: `${within}/invitations`,
      invite: `${within}/invitations?new=true`,
      info: `${within}/info`,
      activity: `${within}/activity`,
      brand: '/settings/brand',
      staff: '/settings/staff',
    })) {
      await page.goto(facts.dashboardUrl + path);
      await settled(page);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      for (const size of [phone, wide]) await kept(page, `${language}.${name}`, size);
    }
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
  it('teams', async () => {
    await page.getByRole('link', { name: 'Teams' }).first().click();
    await page.getByText('Front desk').waitFor();
    await settled(page);
    await looked(page, 'client.teams');
  });
  it('users, and the account’s menu', async () => {
    await page.getByRole('link', { name: 'Manage' }).first().click();
    await page.getByRole('link', { name: 'Chloe Turner' }).waitFor();
    await settled(page);
    await looked(page, 'client.users');
    await page
      .getByRole('button', { name: /Maya Whitfield/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await looked(page, 'client.account');
    await page.keyboard.press('Escape');
  });
  it('with its parts elsewhere', async () => {
    const call = callAs(staff);
    const { items } = await call('GET', '/organizations?q=harbour+lights');
    const other = items[0].layout === 'horizontal' ? 'vertical' : 'horizontal';
    await call('PATCH', `/organizations/${items[0].id}`, { layout: other });
    await page.goto(facts.dashboardUrl);
    await settled(page);
    await looked(page, `client.${other}`);
    await call('PATCH', `/organizations/${items[0].id}`, { layout: items[0].layout });
  });
  it('as staff see it who look as a user', async () => {
    const call = callAs(staff);
    const { items } = await call('GET', '/organizations?q=harbour+lights');
    const users = await call('GET', `/organizations/${items[0].id}/users?q=chloe`);
    const as = await call('POST', `/organizations/${items[0].id}/users/${users.items[0].id}/impersonate`, { reason: 'She sees no chats' });
    const page = await someone();
    await page.goto(as.dashboardUrl);
    await page.getByText('you are looking at this as Chloe Turner').waitFor();
    await settled(page);
    await looked(page, 'client.disguise');
  });
});

describe('who is not in yet', () => {
  it('sign-in', async () => {
    const page = await someone();
    await page.goto(`${facts.dashboardUrl}/sign-in`);
    await settled(page);
    await looked(page, 'sign-in');
  });
  it('an invitation', async () => {
    const call = callAs(staff);
    const { items } = await call('GET', '/organizations?q=harbour+lights');
    const invited = await call('POST', `/organizations/${items[0].id}/invitations`, {
      email: 'ines@harbourlights.example',
      name: 'Inès',
      sendEmail: false,
    });
    const page = await someone();
    await page.goto(invited.acceptUrl);
    await page.getByRole('button', { name: 'Accept invitation' }).waitFor();
    await settled(page);
    await looked(page, 'invitation');
  });
});
