/** What axe finds on a page. It runs in the page itself, since Electron has no blank page for it. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface AxeViolation {
  readonly id: string;
  /** The affected elements. */
  readonly nodes: readonly string[];
}

/** `rules`: only these, or all that the guidelines and good practice have. */
export async function axeViolations(page: Page, rules: readonly string[] = TAGS): Promise<readonly AxeViolation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { axe: here } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await here.run(document, { runOnly: [...only], resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  }, rules);
}
