// People in front of browsers, and their mailboxes.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

export const facts = inject('facts');

const names = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;

// withBrowser starts a browser for the tests of a file.
export function withBrowser() {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: names.find(existsSync),
      args: [...quiet, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
    });
  });
  afterAll(() => browser.close());
}

export const wide = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

// What browsers complain of, and we don't: refusals of the API, and frames that can't be reached from here.
const expected = /Failed to load resource|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED/;

const complaints: string[] = [];

// someone is a person with a browser of their own. Whatever a page complains of
// fails the test, its content security policy above all.
export async function someone(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: wide, locale: 'en-US', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  watch(page);
  context.on('page', watch);
  return page;
}

function watch(page: Page) {
  // Who leaves a page by its address means it, whatever is typed there.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
}

// noComplaints fails a test after which browsers have something to say.
export const noComplaints = () => expect(complaints.splice(0)).toEqual([]);

interface Mail {
  at: number;
  subject: string;
  destination: { to: string[] };
  body: { html: string; text: string };
}

// mailTo is the last mail to an address that holds a link to a page.
export async function mailTo(email: string, path: '/sign-in' | '/invitation', after = 0): Promise<{ mail: Mail; link: string }> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(200)) {
    const { emails } = (await (await fetch(`${facts.inboxUrl}/store`)).json()) as { emails: Mail[] };
    for (const mail of emails.toSorted((a, b) => b.at - a.at)) {
      const link = mail.body.text.match(new RegExp(`http\\S+${path}#\\S+`))?.[0];
      if (link && mail.at >= after && mail.destination.to.some((to) => to.includes(email))) return { mail, link };
    }
  }
  throw new Error(`no mail came to ${email}`);
}

export const pause = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds));

const now = () => Math.floor(Date.now() / 1000);

// signInLink asks for a link, and reads it in the mail.
export async function signInLink(email: string) {
  const asked = now();
  const answer = await fetch(`${facts.apiUrl}/v1/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  expect(answer.status, `${email} asks for a link`).toBe(202);
  return (await mailTo(email, '/sign-in', asked)).link;
}

// signedIn is a person who has followed a sign-in link.
export async function signedIn(email: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await someone(options);
  await page.goto(await signInLink(email));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

// agency opens an agency of its own, and signs its owner in.
export async function agency(name: string, options: BrowserContextOptions = {}) {
  const email = `owner@${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`;
  const opened = await fetch(`${facts.apiUrl}/v1/workspaces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, owner: { name: 'Olga Marin', email } }),
  });
  expect(opened.status).toBe(201);
  const page = await someone(options);
  await page.goto((await mailTo(email, '/sign-in')).link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/clients');
  return { page, email, call: callAs(page) };
}

// callAs calls the API as whoever is signed in, for what a test is not about.
export const callAs = (page: Page) => async (method: string, path: string, body?: object) =>
  page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      const session = await navigator.locks.request('session', async () => {
        const body = JSON.stringify({ refreshToken: localStorage.getItem('session') });
        const answer = await (await fetch('/v1/session', { method: 'PUT', headers, body })).json();
        localStorage.setItem('session', answer.refreshToken);
        return answer;
      });
      const answer = await fetch(`/v1${path}`, { method, headers: { ...headers, Authorization: `Bearer ${session.accessToken}` }, body });
      return answer.status === 204 ? null : answer.json();
    },
    [method, path, body && JSON.stringify(body)] as const,
  );
