import { source } from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  id: string;
  help: string;
  nodes: { html: string }[];
}

// accessible is what axe finds wrong with a page: all of its rules, best practices too.
export async function accessible(page: Page) {
  // As the browser's own, it is beyond the page's policy.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe.run(),
  );
  // An open menu hides the page, and belongs to no part of it.
  const menu = ({ id, nodes }: Violation) => id === 'region' && nodes.every(({ html }) => /^<div[^>]* role="menu"/.test(html));
  return violations
    .filter((violation) => !menu(violation))
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html.slice(0, 200)}`).join('\n')}`);
}
