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
  const { violations } = await page.evaluate(() => {
    // An open menu hides the page, and belongs to no part of it.
    const rules = { region: { enabled: !document.querySelector('[role=menu]') } };
    return (window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }).axe.run({ rules });
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html.slice(0, 200)}`).join('\n')}`);
}
