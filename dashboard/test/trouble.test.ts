// What may come between: two people at once, an API that is slow, refuses or is
// gone half way, a session that ends while somebody types, a name that is hard to show.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agency, facts, noComplaints, phone, signedIn, signInLink, someone, withBrowser } from './people';

withBrowser();
afterEach(noComplaints);

type Agency = Awaited<ReturnType<typeof agency>>;

const problem = (status: number, code: string, more: object = {}) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ status, code, title: '', detail: '', instance: 'req-7', ...more }),
});

// inSight is whether nothing lies over an element, nor is it out of the screen.
function inSight(element: Element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return seen !== null && (element.contains(seen) || seen.contains(element));
}

describe('in an agency', () => {
  let a: Agency;
  let page: Page;
  let org = '';
  beforeAll(async () => {
    a = await agency('Stormy Weather');
    page = a.page;
    org = (await a.call('POST', '/organizations', { name: 'Harbour Lights' })).id;
    await a.call('POST', `/organizations/${org}/users`, { name: 'Ann Lee', email: 'ann@harbour.example' });
  });
  const go = (path: string) => page.goto(facts.dashboardUrl + path);

  it('two people change the same client: both versions are shown', async () => {
    const tern = (await a.call('POST', '/organizations', { name: 'Tern' })).id;
    await go(`/organizations/${tern}/info`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Tern & Co');
    await a.call('PATCH', `/organizations/${tern}`, { name: 'Tern Ltd' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const both = page.getByRole('alert', { name: 'Somebody else changed this meanwhile' });
    await both.getByRole('cell', { name: 'Tern & Co' }).waitFor();
    await both.getByRole('cell', { name: 'Tern Ltd' }).waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Tern & Co: saved.').waitFor();
    expect((await a.call('GET', `/organizations/${tern}`)).name).toBe('Tern & Co');
  });

  it('what goes wrong in a long dialog is seen, however far one has scrolled', async () => {
    const users = await a.call('GET', `/organizations/${org}/users?q=ann`);
    const ann = users.items[0].id;
    await page.route(`**/users/${ann}`, (route) =>
      route.request().method() === 'PATCH' ? route.fulfill(problem(503, 'throttled')) : route.continue(),
    );
    await go(`/organizations/${org}/users/${ann}`);
    await page.getByRole('radiogroup', { name: 'Settings' }).getByRole('radio', { name: 'Can view' }).check();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    const said = page.getByRole('dialog').getByRole('alert').filter({ hasText: /\w/ });
    await said.waitFor();
    expect(await said.evaluate(inSight)).toBe(true);
    await page.unroute(`**/users/${ann}`);
    await a.call('PATCH', `/organizations/${org}/users/${ann}`, { sections: { analytics: 'view' } });
    await save.click();
    const both = page.getByRole('alert', { name: 'Somebody else changed this meanwhile' });
    await both.waitFor();
    expect(await both.getByRole('button', { name: 'Keep mine' }).evaluate(inSight)).toBe(true);
    await both.getByRole('button', { name: 'Take theirs' }).click();
  });

  it('nobody leaves by mistake what is not saved', async () => {
    await go(`/organizations/${org}/info`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Other');
    await page.getByRole('link', { name: /^Users/ }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Other');
    await page.getByRole('link', { name: /^Users/ }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('link', { name: 'Ann Lee' }).waitFor();
  });

  it('a dialog asks before it forgets what was typed', async () => {
    await go('/clients?new=true');
    await page.getByRole('textbox', { name: 'Name' }).fill('Café');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Café');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('what the API refuses stands beside its field, and what was typed stays', async () => {
    await go('/clients?new=true');
    const name = page.getByRole('textbox', { name: 'Name' });
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByText('Enter the client’s name.').waitFor();
    await name.fill('W'.repeat(121));
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.locator('[data-invalid] >> text=/120/').first().waitFor();
    expect(await name.inputValue()).toBe('W'.repeat(121));
    await name.fill('harbour lights');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByText('There is one of this name already.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('an API that fails is tried again by hand', async () => {
    await page.route('**/v1/organizations?*', (route) => route.fulfill(problem(503, 'throttled')));
    await go('/clients');
    await page.getByRole('heading', { name: 'Clients' }).first().waitFor({ state: 'attached' });
    await page.getByText('This does not work at the moment').waitFor({ timeout: 30_000 });
    await page.unroute('**/v1/organizations?*');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Harbour Lights').waitFor();
  });

  it('a slow API: the list waits, and so does the button', async () => {
    const slow = async (route: Parameters<Parameters<Page['route']>[1]>[0]) => {
      await new Promise((later) => setTimeout(later, 3_000));
      await route.continue();
    };
    await page.route('**/v1/organizations**', slow);
    await go('/clients');
    await page.locator('[aria-busy=true][aria-label=Clients]').waitFor();
    await page.getByText('Harbour Lights').waitFor();
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Name' }).fill('Slow Ltd');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.locator('form[aria-busy=true]').waitFor();
    await page.getByRole('button', { name: 'Create client' }).click(); // a second press is none
    await page.getByText('Slow Ltd is open.').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    const { items } = await a.call('GET', '/organizations?q=slow');
    expect(items).toHaveLength(1);
  });

  it('an answer that is lost on the way opens no second client', async () => {
    let lost = 0;
    await page.route('**/v1/organizations', async (route) => {
      if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await go('/clients?new=true');
    await page.getByRole('textbox', { name: 'Name' }).fill('Lost Ltd');
    await page.getByRole('button', { name: 'Create client' }).click();
    const form = page.getByRole('dialog').getByRole('alert');
    await form.getByText('We cannot reach the server.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByText('Lost Ltd is open.').waitFor();
    await page.unroute('**/v1/organizations');
    expect((await a.call('GET', '/organizations?q=lost')).items).toHaveLength(1);
  });

  it('assigning is taken back where it is refused', async () => {
    await a.call('POST', '/agents', { name: 'Night Desk' });
    await page.route('**/v1/organizations/*/agents/*', (route) => route.fulfill(problem(503, 'throttled')));
    await go(`/clients?org=${org}`);
    await page.getByRole('button', { name: 'Assign Night Desk to Harbour Lights' }).click();
    await page
      .getByText(/Night Desk: not done\./)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Assign Night Desk to Harbour Lights' }).waitFor();
    await page.unroute('**/v1/organizations/*/agents/*');
  });

  it('two assign at once: both see what came of it', async () => {
    for (const name of ['Morning Desk', 'Evening Desk']) await a.call('POST', '/agents', { name });
    const wren = (await a.call('POST', '/organizations', { name: 'Wren' })).id;
    const other = await someone();
    await other.goto(await signInLink(a.email));
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.waitForURL('**/clients');
    const both = [page, other];
    const button = (of: Page, desk: string) => of.getByRole('button', { name: `Assign ${desk} Desk to Wren` });
    for (const one of both) {
      await one.goto(`${facts.dashboardUrl}/clients?org=${wren}`);
      await button(one, 'Evening').waitFor();
    }
    // The same agent by both, and another by one of them.
    await Promise.all([button(page, 'Morning').click(), button(other, 'Morning').click(), button(other, 'Evening').click()]);
    for (const one of both) await one.getByText('assigned to Wren').first().waitFor();
    await expect.poll(async () => (await a.call('GET', `/organizations/${wren}`)).counts.agents).toBe(2);
    await page.reload();
    for (const desk of ['Morning', 'Evening']) await page.getByRole('button', { name: `Take ${desk} Desk from Wren` }).waitFor();
  });

  it('an export that comes in parts becomes one file', async () => {
    const parts: Record<string, string>[] = [{ 'X-Next-Cursor': 'more' }, {}];
    await page.route('**/v1/activity/export?*', (route) => {
      const second = route.request().url().includes('cursor=more');
      return route.fulfill({
        headers: { 'Content-Type': 'text/csv', ...parts[Number(second)] },
        body: `id,at\r\n${second ? 2 : 1},today\r\n`,
      });
    });
    await go('/activity');
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toBe('id,at\r\n1,today\r\n2,today\r\n');
    await page.unroute('**/v1/activity/export?*');
  });

  it('a session that ends while somebody types loses nothing', async () => {
    await go('/clients?new=true');
    await page.getByRole('textbox', { name: 'Name' }).fill('Typed before');
    const refused = (route: Parameters<Parameters<Page['route']>[1]>[0]) => route.fulfill(problem(401, 'token_expired'));
    await page.route('**/v1/**', refused);
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByRole('link', { name: 'Sign in in a new tab' }).waitFor();
    await page.unroute('**/v1/**', refused);
    // Another tab of the same browser signs in again, and this one goes on.
    const tab = await page.context().newPage();
    await tab.goto(await signInLink(a.email));
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL('**/clients');
    await tab.close();
    await page.getByRole('link', { name: 'Sign in in a new tab' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Typed before');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByText('Typed before is open.').waitFor();
  });

  it('who had to sign in first goes where they were going', async () => {
    const tab = await someone();
    await tab.goto(`${facts.dashboardUrl}/organizations/${org}/teams?q=desk`);
    await tab.waitForURL('**/sign-in');
    await tab.goto(await signInLink(a.email));
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL(`**/organizations/${org}/teams?q=desk`);
    await tab.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
  });

  it('without a connection it says so, and goes on when there is one', async () => {
    await go('/clients?new=true');
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.waitFor();
    await page.context().setOffline(true);
    await page.getByText('You seem to be offline.').waitFor();
    await name.fill('Later Ltd');
    await page.getByRole('button', { name: 'Create client' }).click();
    const form = page.getByRole('dialog').getByRole('alert');
    await form.getByText('We cannot reach the server.').waitFor({ timeout: 60_000 });
    expect(await name.inputValue()).toBe('Later Ltd');
    await page.context().setOffline(false);
    await page.getByText('You seem to be offline.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByText('Later Ltd is open.').waitFor();
  });

  it('what is typed while it is saved stays, and is saved next', async () => {
    const jackdaw = (await a.call('POST', '/organizations', { name: 'Jackdaw' })).id;
    await go(`/organizations/${jackdaw}/info`);
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Jackdaw & Co');
    await page.route(`**/v1/organizations/${jackdaw}`, async (route) => {
      if (route.request().method() === 'PATCH') await page.waitForTimeout(1000);
      await route.continue();
    });
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    await name.fill('Jackdaw & Co Ltd');
    await expect.poll(async () => (await a.call('GET', `/organizations/${jackdaw}`)).name).toBe('Jackdaw & Co');
    expect(await name.inputValue()).toBe('Jackdaw & Co Ltd');
    await page.unroute(`**/v1/organizations/${jackdaw}`);
    await expect
      .poll(async () => {
        await save.click({ timeout: 1000 }).catch(() => {});
        return (await a.call('GET', `/organizations/${jackdaw}`)).name;
      })
      .toBe('Jackdaw & Co Ltd');
  });

  it('both versions are shown to their last word, and one’s own other changes are none of somebody else’s', async () => {
    const kite = (await a.call('POST', '/organizations', { name: 'Kite' })).id;
    await go(`/organizations/${kite}/info`);
    await page.getByRole('textbox', { name: 'Font' }).fill('Georgia');
    await a.call('PATCH', `/organizations/${kite}`, { brand: { font: 'Verdana' }, layout: 'horizontal' });
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    const both = page.getByRole('alert', { name: 'Somebody else changed this meanwhile' });
    await both.getByRole('row', { name: 'Font Georgia Verdana' }).waitFor();
    await both.getByRole('row', { name: 'Layout Down the side Along the top' }).waitFor();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await a.call('POST', `/organizations/${kite}/teams`, { key: 'desk', label: 'Desk' });
    await a.call('POST', `/organizations/${kite}/users`, { name: 'Ida', email: 'ida@kite.example' });
    await go(`/organizations/${kite}/teams/desk`);
    await page.getByRole('checkbox', { name: /Ida/ }).check();
    await expect.poll(async () => (await a.call('GET', `/organizations/${kite}/teams/desk`)).members.length).toBe(1);
    await page.getByRole('textbox', { name: 'Description' }).fill('At the entrance');
    await save.click();
    await page.getByText('Desk: saved.').waitFor();
  });

  it('what is wrong is brought into sight', async () => {
    const ibis = (await a.call('POST', '/organizations', { name: 'Ibis' })).id;
    await go(`/organizations/${ibis}/info`);
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('I'.repeat(121));
    await page.getByRole('button', { name: 'Save', exact: true }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('This is too long: 120 characters are the most.').waitFor();
    await expect.poll(() => name.evaluate(inSight)).toBe(true);
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    await name.fill('Ibis');
  });

  it('the page ends where its end is', async () => {
    const [height, view] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    expect(height).toBe(view);
  });

  it('enter in a search sends no form around it', async () => {
    await go('/settings/api-keys');
    await page.getByRole('button', { name: 'New API key' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Bots');
    await page.getByRole('combobox', { name: 'Teams' }).selectOption('read');
    await page.getByRole('searchbox', { name: 'Search clients' }).fill('Har');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    expect((await a.call('GET', '/api-keys')).items).toEqual([]);
  });

  it('the browser’s Back asks before it forgets what was typed', async () => {
    await go('/clients');
    await page.getByRole('button', { name: 'New Client' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: 'Name' }).fill('Backward');
    await page.goBack();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Backward');
    await page.goBack();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('a day is typed to its end, and one that is none is left out', async () => {
    await go('/activity?from=zzz');
    await page.getByRole('list', { name: 'Activity' }).waitFor();
    await page.getByLabel('From').focus();
    await page.keyboard.type('01012020', { delay: 30 });
    await page.waitForURL(/from=2020-01-01/);
    await page.getByLabel('To').fill('2019-01-01');
    await page.getByText('This can’t be shown').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('list', { name: 'Activity' }).waitFor();
  });

  it('a second file is another one, whatever it is called', async () => {
    const heron = (await a.call('POST', '/organizations', { name: 'Heron' })).id;
    await go(`/organizations/${heron}/import`);
    for (const [i, who] of ['Zoe', 'Yan'].entries()) {
      const buffer = Buffer.from(`name,email\n${who},${who.toLowerCase()}@heron.example\n`);
      await page.getByLabel('Choose a file').setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('cell', { name: who, exact: true }).waitFor();
      await page.getByRole('button', { name: 'Import 1 row' }).click();
      await page.getByText('1 added, 0 changed, 0 failed').waitFor();
      expect((await a.call('GET', `/organizations/${heron}`)).counts.users).toBe(i + 1);
    }
  });

  it('the keyboard goes back to where it came from', async () => {
    await go(`/organizations/${org}/teams`);
    const add = page.getByRole('button', { name: 'New team' }).first();
    await add.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Label' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Label' }).fill('Sales');
    await page.keyboard.press('Escape');
    const stay = page.getByRole('button', { name: 'Keep it' });
    await expect.poll(() => stay.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const label = page.getByRole('textbox', { name: 'Label' });
    await expect.poll(() => label.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('what is moved is shown at the pointer, by whatever part it was taken', async () => {
    await a.call('POST', '/agents', { name: 'Storm petrel', provider: 'Own' });
    await go('/clients');
    const row = page.getByRole('listitem').filter({ hasText: 'Storm petrel' });
    await page.getByRole('button', { name: 'Move Storm petrel to a client' }).waitFor();
    const box = await row.boundingBox();
    if (!box) throw new Error('the row is out of sight');
    await page.mouse.move(box.x + box.width - 90, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(700, 500);
    await page.mouse.move(420, 420);
    const chip = page.locator('.cursor-grabbing', { hasText: 'Storm petrel' });
    await chip.waitFor();
    await page.waitForTimeout(200);
    const at = await chip.boundingBox();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(at && Math.abs(at.x + at.width / 2 - 420)).toBeLessThan(4);
    expect(at && at.y - 420).toBeGreaterThan(0);
    expect(at && at.y - 420).toBeLessThan(40);
  });

  it('what the API finds wrong is said in the reader’s language', async () => {
    await a.call('PATCH', '/workspace', { language: 'de' });
    await go('/settings/tabs');
    await page.getByRole('button', { name: 'Tab hinzufügen' }).click();
    await page.getByRole('textbox', { name: 'Adresse' }).fill('http://example.com');
    await page.getByRole('button', { name: 'Speichern', exact: true }).click();
    await page.getByText('https://', { exact: false }).last().waitFor();
    expect(await page.getByRole('main').textContent()).not.toMatch(/must|is not/);
    await a.call('PATCH', '/workspace', { language: 'en' });
    await page.reload();
  });

  it('who accepts an invitation is spoken to in its language from then on', async () => {
    const berlin = (await a.call('POST', '/organizations', { name: 'Berliner Licht', language: 'de' })).id;
    const { acceptUrl } = await a.call('POST', `/organizations/${berlin}/invitations`, {
      email: 'fritz@licht.example',
      name: 'Fritz',
      sendEmail: false,
    });
    const fritz = await someone();
    await fritz.goto(acceptUrl);
    await fritz.getByRole('button', { name: 'Einladung annehmen' }).click();
    await fritz.getByRole('heading', { name: 'Fritz' }).waitFor();
    await fritz.waitForTimeout(500);
    expect(await fritz.locator('html').getAttribute('lang')).toBe('de');
    await fritz.getByRole('heading', { name: 'Willkommen, Fritz' }).waitFor();
  });

  it('an import that is interrupted goes on where it was', async () => {
    const people = Array.from({ length: 450 }, (_, i) => `Person ${i},person${i}@harbour.example`);
    const csv = `﻿Nombre,Correo\n${people.join('\n')}\nTwice,person7@harbour.example\n,nobody@harbour.example\n`;
    await go(`/organizations/${org}/import`);
    await page.getByLabel('Choose a file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('The same address as in row 8: left out.').waitFor();
    await page.getByText('The same address stands in row 451 again, which is left out.').waitFor();
    await page.getByText('There is no name.').waitFor();
    await page.getByRole('button', { name: 'Try without changing anything' }).click();
    await page.getByText('Tried: 450 would be added, 0 changed, 0 fail').waitFor();
    expect((await a.call('GET', `/organizations/${org}`)).counts.users).toBe(1);
    let sent = 0;
    await page.route('**/users/import', (route) => (++sent === 2 ? route.abort() : route.continue()));
    await page.getByRole('button', { name: 'Import 450 rows' }).click();
    await page.getByText('This was interrupted after 200 of 450 rows.').waitFor();
    await page.getByRole('button', { name: 'Import 250 rows' }).click();
    await page.getByText('450 added, 0 changed, 0 failed').waitFor();
    await page.unroute('**/users/import');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the result' }).click();
    const result = await download;
    expect(result.suggestedFilename()).toBe('import-result.csv');
    const lines = (await readFile(await result.path(), 'utf8')).split('\r\n');
    expect(lines).toHaveLength(453);
    expect(lines[8]).toBe('"8","Person 7","person7@harbour.example","created","repeated"');
    expect(lines.slice(-2)).toEqual([
      '"451","Twice","person7@harbour.example","left out","repeats"',
      '"452","","nobody@harbour.example","left out","noName"',
    ]);
    await page.getByRole('link', { name: 'To the users' }).click();
    await page.getByRole('link', { name: 'Ann Lee' }).waitFor();
    expect((await a.call('GET', `/organizations/${org}`)).counts.users).toBe(451);
  });

  it('who leaves a running import is asked, and ends it', async () => {
    const people = Array.from({ length: 450 }, (_, i) => `Later ${i},later${i}@harbour.example`);
    await go(`/organizations/${org}/import`);
    const buffer = Buffer.from(`Name,Email\n${people.join('\n')}\n`);
    await page.getByLabel('Choose a file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
    let sent = 0;
    let goOn = () => {};
    const held = new Promise<void>((release) => {
      goOn = release;
    });
    await page.route('**/users/import', async (route) => {
      sent++;
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Import 450 rows' }).click();
    await expect.poll(() => sent).toBe(1);
    const away = page.getByRole('navigation', { name: 'Parts of this client' }).getByRole('link', { name: 'Teams' });
    await away.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await away.click();
    await page.getByRole('button', { name: 'Stop the import' }).click();
    await page.waitForURL('**/teams');
    goOn();
    await expect.poll(async () => (await a.call('GET', `/organizations/${org}/users?q=later1@`)).items.length).toBe(1);
    await page.waitForTimeout(1000);
    expect(sent).toBe(1);
    await page.unroute('**/users/import');
  });

  it('names in any script, and wide ones, keep to the screen', async () => {
    const { page, call } = await agency('Every Script', { viewport: phone });
    for (const name of ['W'.repeat(120), 'شركة الميناء للسياحة والسفر', '株式会社みどり保険'.repeat(13)])
      await call('POST', '/organizations', { name });
    await page.reload();
    await page.getByText('شركة الميناء للسياحة والسفر').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it('a file that is no picture is said to be none, and a huge one too', async () => {
    await go('/clients?new=true');
    const file = page.getByLabel('Choose a picture');
    await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This is no picture that can be read.').waitFor();
    await page.evaluate(() => {
      const huge = new File([new Uint8Array(51 * 1024 * 1024)], 'huge.png', { type: 'image/png' });
      const transfer = new DataTransfer();
      transfer.items.add(huge);
      document
        .querySelector('[role=dialog] button[aria-describedby]')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
    });
    await page.getByText('a picture may have 50 MB at most').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('the palette finds what one types', async () => {
    await go('/clients');
    await page.getByText('Harbour Lights').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find anything' }).fill('harb');
    await page.getByRole('option', { name: 'Harbour Lights' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/organizations/${org}/users`);
  });

  it('/ searches', async () => {
    await go('/clients');
    await page.getByText('Harbour Lights').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('harbour l');
    await page.waitForURL('**/clients?q=harbour*');
    await page.getByText('Lost Ltd').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Harbour Lights').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search clients' }).inputValue()).toBe('harbour l');
  });
});

it('a long list shows what fits, and reads on to its end', async () => {
  const page = await signedIn('rosa@lumenandfield.example');
  const rows = page.getByRole('list', { name: 'Agents' }).getByRole('listitem');
  await rows.first().waitFor();
  const all = Number(await rows.first().getAttribute('aria-setsize'));
  expect(all).toBeGreaterThan(50);
  expect(await rows.count()).toBeLessThan(40);
  const list = page.getByRole('list', { name: 'Agents' }).locator('..');
  for (let step = 0; step < 20; step++) {
    await list.evaluate((scroller) => scroller.scrollBy(0, 400));
    await page.waitForTimeout(40);
  }
  await page.locator(`[aria-posinset="${all}"]`).last().waitFor();
});

describe('on the client’s side', () => {
  it('nothing says whose software it is', async () => {
    const page = await signedIn('maya.whitfield@harbourlights.example');
    const said: string[] = [];
    page.on('response', async (response) => {
      const text = await response.text().catch(() => '');
      if (/atrium/i.test(text) || /atrium/i.test(JSON.stringify(response.headers()))) said.push(response.url());
    });
    await page.getByRole('heading', { name: 'Welcome, Maya Whitfield' }).waitFor();
    await page.getByRole('link', { name: 'Teams' }).first().click();
    await page.getByText('Front desk').waitFor();
    await page.getByRole('link', { name: 'Manage' }).click();
    for (const part of ['Teams', 'Invitations', 'Agents', 'Info', 'Activity', 'Users'])
      await page.getByRole('navigation', { name: 'Parts of this client' }).getByRole('link', { name: part }).click();
    await page.waitForLoadState('networkidle');
    expect(said).toEqual([]);
    expect(await page.title()).toBe('Users · Harbour Lights Hotel');
  });

  it('staff look as a user, with a banner, and become themselves again', async () => {
    const page = await signedIn('rosa@lumenandfield.example');
    await page.getByRole('link', { name: 'Manage Harbour Lights Hotel' }).click();
    await page.getByRole('button', { name: 'Actions for Chloe Turner' }).click();
    await page.getByRole('menuitem', { name: 'Preview as Chloe Turner' }).click();
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.getByText('Enter why: it is written into the activity.').waitFor();
    await page.getByRole('textbox', { name: 'Reason' }).fill('She sees no chats');
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open the preview' }).click();
    const preview = await opened;
    await preview.getByText('Rosa Okafor, you are looking at this as Chloe Turner.').waitFor();
    await preview.getByRole('heading', { name: 'Welcome, Chloe Turner' }).waitFor();
    expect(preview.url()).not.toContain('access_token');
    await preview.getByRole('button', { name: 'Stop the preview' }).click();
    await preview.waitForURL('**/clients');
    await page.reload();
    await page.getByRole('link', { name: 'Chloe Turner' }).waitFor();
  });

  it('a link with somebody’s own token lets nobody be them', async () => {
    const code = (await signInLink('tom.walker@harbourlights.example')).split('#')[1];
    const opened = await fetch(`${facts.apiUrl}/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    const { accessToken } = (await opened.json()) as { accessToken: string };
    const page = await someone();
    await page.goto(`${facts.dashboardUrl}/#access_token=${accessToken}`);
    await page.waitForURL('**/sign-in');
    expect(await page.evaluate(() => sessionStorage.getItem('disguise'))).toBeNull();
  });

  it('an agent’s own tab is framed, and cannot reach out', async () => {
    const owner = await signedIn('rosa@lumenandfield.example');
    await owner.goto(`${facts.dashboardUrl}/agents?q=concierge+·+harbour`);
    await owner.getByRole('link', { name: 'Concierge · Harbour Lights Hotel' }).click();
    await owner.getByRole('dialog').waitFor();
    if ((await owner.getByRole('textbox', { name: 'Address', exact: true }).count()) === 0) {
      await owner.getByRole('button', { name: 'Add a page' }).click();
      await owner.getByRole('textbox', { name: 'Address', exact: true }).fill('https://pages.example/home');
      await owner.getByRole('button', { name: 'Save', exact: true }).click();
      await owner.getByText('saved.').waitFor();
    }
    const page = await someone();
    await page.goto(await signInLink('maya.whitfield@harbourlights.example'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Welcome, Maya Whitfield' }).waitFor();
    await page.getByRole('combobox', { name: 'Agent' }).selectOption({ label: 'Concierge · Harbour Lights Hotel' });
    const frame = page.locator('iframe');
    await frame.waitFor();
    expect(await frame.getAttribute('sandbox')).not.toContain('allow-top-navigation');
    expect(await frame.getAttribute('referrerpolicy')).toBe('no-referrer');
  });
});
