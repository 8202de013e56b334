// The whole story, from an agency without anything to the dashboard of somebody
// who was invited by mail: with the mouse, with the keyboard, and on a phone.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { agency, mailTo, noComplaints, phone, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

// Hands are how somebody works: what is pressed, and how an agent gets to a client.
interface Hands {
  press: (page: Page, name: string | RegExp, role?: 'button' | 'link') => Promise<void>;
  begin: (page: Page) => Promise<void>;
  send: (page: Page, name: string) => Promise<void>;
  move: (page: Page, agent: string, client: string) => Promise<void>;
}

const byMouse: Hands = {
  press: (page, name, role = 'button') => page.getByRole(role, { name }).first().click(),
  begin: (page) => page.getByRole('button', { name: 'New Client' }).first().click(),
  send: (page, name) => page.getByRole('dialog').getByRole('button', { name }).click(),
  async move(page, agent, client) {
    const from = await box(page.getByText(agent, { exact: true }).last());
    const to = await box(page.getByRole('button', { name: client }).first());
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 20, from.y, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 12 });
    await page.mouse.up();
  },
};

const byKeyboard: Hands = {
  async press(page, name, role = 'button') {
    const pressed = page.getByRole(role, { name }).first();
    await pressed.focus();
    await page.keyboard.press('Enter');
  },
  async begin(page) {
    await page.locator('body').focus();
    await page.keyboard.press('c');
  },
  async send(page) {
    await page.getByRole('dialog').getByRole('textbox').first().press('Enter');
  },
  async move(page, agent, client) {
    await page.getByRole('button', { name: `Move ${agent} to a client` }).focus();
    await page.keyboard.press('Space');
    await page.waitForTimeout(150);
    const over = page.getByRole('status').filter({ hasText: `Over ${client}.` });
    for (let presses = 0; presses < 5 && (await over.count()) === 0; presses++) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(150);
    }
    await over.waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
  },
};

const byFinger: Hands = {
  ...byMouse,
  press: (page, name, role = 'button') => page.getByRole(role, { name }).first().tap(),
  begin: (page) => page.getByRole('button', { name: 'New Client' }).first().tap(),
  send: (page, name) => page.getByRole('dialog').getByRole('button', { name }).tap(),
  async move(page, agent, client) {
    const from = await box(page.getByText(agent, { exact: true }).last());
    const to = await box(page.getByRole('button', { name: client }).first());
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
    await touch('touchStart', from);
    await page.waitForTimeout(400);
    for (let part = 1; part <= 10; part++) {
      await touch('touchMove', { x: from.x + ((to.x - from.x) * part) / 10, y: from.y + ((to.y - from.y) * part) / 10 });
      await page.waitForTimeout(20);
    }
    await touch('touchEnd');
  },
};

async function box(locator: ReturnType<Page['getByText']>) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return { x: box.x + Math.min(box.width, 120) / 2, y: box.y + box.height / 2 };
}

const logo = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0f9d8a"/><circle cx="32" cy="32" r="16" fill="#fff"/></svg>',
);

async function story(name: string, hands: Hands, options: BrowserContextOptions = {}) {
  const { page, call } = await agency(name, options);
  await page.getByText('No clients yet').waitFor();

  // 1. A client, with its logo.
  await hands.begin(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('Café Río');
  await page.getByLabel('Choose a picture').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: logo });
  await page.getByAltText('The logo as it will be').first().waitFor();
  await hands.send(page, 'Create client');
  await page.getByText('Café Río is open.').waitFor();
  await page.getByText('No agents yet: drag one here').waitFor();

  // 2. An agent, moved onto it, and back again by Undo, and onto it again.
  await hands.press(page, 'Agents', 'link');
  await hands.press(page, 'New agent');
  await page.getByRole('textbox', { name: 'Name' }).fill('Reservations');
  await hands.send(page, 'Add agent');
  await page.getByText('Reservations is registered.').waitFor();
  await hands.press(page, 'Clients', 'link');
  await page.getByText('0 clients').waitFor();
  await hands.move(page, 'Reservations', 'Café Río');
  await page.getByText('Reservations: assigned to Café Río.').waitFor();
  await hands.press(page, 'Undo');
  await page.getByText('0 clients').waitFor();
  await hands.move(page, 'Reservations', 'Café Río');
  await page.getByText('1 client', { exact: true }).first().waitFor();

  // 3. A user, with what they may do.
  await hands.press(page, 'Manage Café Río', 'link');
  await page.getByText('No users yet').waitFor();
  await hands.press(page, 'Add user');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ann Lee');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ann@rio.example');
  await hands.press(page, 'Support');
  await hands.send(page, 'Add user');
  await page.getByText('Ann Lee is added.').waitFor();
  await page.getByRole('link', { name: 'Ann Lee' }).waitFor();

  // 4. A team that she is in.
  await hands.press(page, /^Teams/, 'link');
  await hands.press(page, 'New team');
  await page.getByRole('textbox', { name: 'Label' }).fill('Customer support');
  expect(await page.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('customer_support');
  await page.getByRole('checkbox', { name: 'Ann Lee' }).check();
  await hands.send(page, 'Create team');
  await page.getByText('customer_support').first().waitFor();

  // 5. Her grants, changed and explained.
  await hands.press(page, /^Users/, 'link');
  await hands.press(page, 'Ann Lee', 'link');
  await page.getByRole('radiogroup', { name: 'Analytics' }).getByRole('radio', { name: 'Can view' }).check();
  await hands.send(page, 'Save');
  await page.getByText('Ann Lee: saved.').waitFor();
  await hands.press(page, 'Actions for Ann Lee');
  await page.getByRole('menuitem', { name: 'Why can’t Ann Lee see this?' }).click();
  await page.getByText('No access: Ann Lee’s own grant. Change it in the user’s grants.').first().waitFor();
  await hands.press(page, 'Close');

  // 6. Somebody is invited by mail, and comes in.
  await hands.press(page, /^Invitations/, 'link');
  await hands.press(page, 'Invite');
  const email = `bo@${name.toLowerCase().replaceAll(' ', '-')}.example`;
  await page.getByRole('textbox', { name: 'E-mail addresses' }).fill(email);
  await page.getByRole('textbox', { name: 'Name' }).fill('Bo Ruiz');
  await page.getByRole('radiogroup', { name: 'Conversations' }).getByRole('radio', { name: 'Can edit' }).check();
  await hands.press(page, 'Preview mail');
  await page.getByText('Subject:').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Send invitation' }).click();
  await page.getByText('The invitation is on its way.').waitFor();
  const { link } = await mailTo(email, '/invitation');
  await page.getByText('It is in the mailbox.').waitFor();

  const invited = await someone(options);
  await invited.goto(link);
  await invited.getByRole('heading', { name: 'Olga Marin has invited you to Café Río' }).waitFor();
  await hands.press(invited, 'Accept invitation');
  await invited.getByRole('heading', { name: 'Welcome, Bo Ruiz' }).waitFor();
  await invited.getByRole('heading', { name: 'Reservations' }).waitFor();
  await invited
    .locator('main')
    .getByRole('link', { name: /Conversations\s*Can edit/ })
    .click();
  await invited.getByRole('heading', { name: 'Nothing in Conversations yet' }).waitFor();
  expect((await invited.content()).toLowerCase()).not.toContain('atrium');

  // It shows as accepted where it was sent, and everything is in the log.
  await page.reload();
  await page.getByRole('cell', { name: /Accepted/ }).waitFor();
  const { items } = await call('GET', '/activity?limit=200');
  expect(items.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining([
      'organization.created',
      'agent.assigned',
      'agent.unassigned',
      'user.added',
      'team.created',
      'user.updated',
      'invitation.sent',
      'invitation.accepted',
    ]),
  );
}

describe('the six steps', () => {
  it('with the mouse', () => story('Brightside Mouse', byMouse));
  it('with the keyboard', () => story('Brightside Keys', byKeyboard));
  it('on a phone', () => story('Brightside Phone', byFinger, { viewport: phone, hasTouch: true, isMobile: true }));
});
