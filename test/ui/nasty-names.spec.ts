/**
 * Names that do harm if taken for anything but text: shown as sent, inside their row, without affecting anything else.
 */
import type { Locator } from '@playwright/test';
import { board } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

const NAMES: Readonly<Record<string, string>> = {
  markup: '<img src=x onerror="document.title=\'hit\'"><script>document.title="hit"</script></span>',
  'a right-to-left override': '\u202egnitratS',
  'an isolate that never ends': '\u2067شارلوت',
  'a null character': 'a\u0000b',
  'half a character': 'x\ud800y',
  'characters without a width': '\u200b\u200d\ufeffz\u200b',
  'five thousand characters': 'long '.repeat(1000),
};
const PLAIN = { memberName: 'Ana Torres', status: 'not_ready', reason: '40000' };

/** The row of a member, found by its unique reason. */
function rowWith(rows: Locator, index: number): Locator {
  return rows.filter({ hasText: `code ${String(40_000 + index)}` });
}

/** Whether an element's text runs from left to right on the screen. */
function runsRight(element: HTMLElement): boolean {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Node[] = [];
  while (walker.nextNode() !== null) if (walker.currentNode.textContent?.trim() !== '') nodes.push(walker.currentNode);
  const [node] = nodes;
  if (node === undefined) return false;
  const leftOf = (at: number): number => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  };
  return leftOf(0) < leftOf(1);
}

test('nasty names are text, stay in their rows, and affect nobody else', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const names = Object.values(NAMES);
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: '\u202e<b>Sales</b>',
    members: [
      member('m0', PLAIN),
      ...names.map((memberName, index) => {
        const number = String(index + 1);
        return member(`m${number}`, { memberName, status: 'not_ready', reason: String(40_001 + index) });
      }),
    ],
  });
  const rows = board(page).getByRole('row');
  const plain = rowWith(rows, 0);
  await expect(plain).toBeVisible();
  const plainBox = await plain.boundingBox();
  const plainStatus = await plain.getByRole('cell').nth(2).boundingBox();
  for (const [index, [what, name]] of Object.entries(NAMES).entries()) {
    const row = rowWith(rows, index + 1);
    await row.scrollIntoViewIfNeeded();
    const cells = row.getByRole('cell');
    // Escaped, since half a character may not survive the way from the page to here.
    const shown = await cells.first().evaluate((cell) => JSON.stringify(cell.textContent));
    expect(shown, what).toBe(JSON.stringify(name));
    const [rowBox, nameBox, statusBox] = await Promise.all(
      [row, cells.first(), cells.nth(2)].map((part) => part.boundingBox()),
    );
    expect(rowBox?.height, `height of the row with ${what}`).toBe(plainBox?.height);
    expect(statusBox?.x, `place of the status beside ${what}`).toBe(plainStatus?.x);
    expect((nameBox?.x ?? NaN) + (nameBox?.width ?? NaN), `end of ${what}`).toBeLessThanOrEqual(
      (rowBox?.x ?? NaN) + (rowBox?.width ?? NaN),
    );
    for (const at of [2, 3]) expect(await cells.nth(at).evaluate(runsRight), `cell ${at} beside ${what}`).toBe(true);
  }
  for (const at of [0, 2, 3]) expect(await plain.getByRole('cell').nth(at).evaluate(runsRight)).toBe(true);
  // The name with an override does run backwards, so the check can tell the difference.
  expect(await rowWith(rows, 2).getByRole('cell').first().evaluate(runsRight)).toBe(false);
  await expect(board(page).locator('img, script, b')).toHaveCount(0);
  expect(await page.title()).not.toBe('hit');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
