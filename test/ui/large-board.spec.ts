/** A board of any size: only what is in view is in the page, and nothing else differs. */
import type { Locator, Page } from '@playwright/test';
import { board, row } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

/** Far more than fit into any window, and far fewer than exist. */
const MANY_ROWS = 100;

const people = (count: number, from = 1, word = 'Agent') =>
  Array.from({ length: count }, (_, index) =>
    member(`${word}${from + index}`, { memberName: `${word} ${from + index}` }),
  );
const team = (teamName: string, members: ReturnType<typeof people>) => ({ teamId: teamName, teamName, members });

const view = (page: Page): Locator => page.getByRole('tabpanel', { name: 'Team status' }).locator('.scroll');
const head = (page: Page, name: string): Locator => board(page).getByRole('button', { name, exact: true });
const group = (page: Page, name: string): Locator => board(page).getByRole('rowgroup', { name, exact: true });
/** A row by its full name, since “Agent 10” also starts with “Agent 1”. */
const agent = (page: Page, number: number): Locator => row(page, `Agent ${number} `);

async function scrollTo(page: Page, top: number): Promise<void> {
  await view(page).evaluate((element, to) => {
    element.scrollTop = to;
  }, top);
}

/** Its distance from the top of the view, in whole pixels. */
async function below(page: Page, locator: Locator): Promise<number> {
  const [outer, inner] = [await view(page).boundingBox(), await locator.boundingBox()];
  return Math.round((inner?.y ?? NaN) - (outer?.y ?? NaN));
}

for (const teams of [1, 40]) {
  test(`of 10,000 members in ${teams} only those near the view are in the page`, async ({ processor, openWidget }) => {
    const page = await openWidget();
    const connection = await processor.connection();
    await connection.begin();
    const size = 10_000 / teams;
    for (let index = 0; index < teams; index += 1) {
      connection.event('teamadded', '1001', team(`Team ${index + 1}`, people(size, 1 + index * size)));
    }
    await expect(board(page)).toHaveAttribute('aria-rowcount', String(1 + teams + 10_000));
    await expect(agent(page, 1)).toHaveAttribute('aria-rowindex', '3');
    expect(await board(page).getByRole('row').count()).toBeLessThan(MANY_ROWS);

    await head(page, 'Team 1').press('End');
    await expect(agent(page, 10_000)).toBeInViewport();
    await expect(agent(page, 10_000)).toHaveAttribute('aria-rowindex', String(1 + teams + 10_000));
    await expect(agent(page, 1)).toHaveCount(0);
    expect(await board(page).getByRole('row').count()).toBeLessThan(MANY_ROWS);

    await head(page, `Team ${teams}`).press('Home');
    await expect(agent(page, 1)).toBeInViewport();
    await expect(agent(page, 1)).toHaveAttribute('aria-rowindex', '3');
  });
}

test('a team’s head stays at the top while its members scroll by', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(200)));
  connection.event('teamadded', '1001', team('Sales', people(200, 201)));
  await expect(agent(page, 1)).toBeInViewport();
  await scrollTo(page, 3000);
  await expect(agent(page, 80)).toBeInViewport();
  expect(await below(page, head(page, 'Billing').locator('..').locator('..'))).toBe(0);
  await scrollTo(page, 12_000);
  await expect(agent(page, 290)).toBeInViewport();
  await expect(head(page, 'Billing')).toHaveCount(0);
  expect(await below(page, head(page, 'Sales').locator('..').locator('..'))).toBe(0);
});

test('folding a team in the middle of scrolling leaves its head where it is', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(200)));
  connection.event('teamadded', '1001', team('Sales', people(200, 201)));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '403');
  await scrollTo(page, 3000);
  await expect(agent(page, 80)).toBeInViewport();
  await head(page, 'Billing').click();
  await expect(head(page, 'Billing')).toHaveAttribute('aria-expanded', 'false');
  await expect(head(page, 'Billing')).toBeFocused();
  await expect(board(page)).toHaveAttribute('aria-rowcount', '203');
  expect(await below(page, group(page, 'Billing'))).toBe(0);
  await expect(agent(page, 201)).toBeInViewport();
  await expect(agent(page, 201)).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('Enter');
  await expect(agent(page, 1)).toBeInViewport();
  // It stays folded, even after being out of sight.
  await page.keyboard.press('Enter');
  await scrollTo(page, 7000);
  await expect(agent(page, 370)).toBeInViewport();
  await scrollTo(page, 0);
  await expect(head(page, 'Billing')).toHaveAttribute('aria-expanded', 'false');
});

test('changes out of sight are there when scrolled to', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(1000)));
  await expect(agent(page, 1)).toBeInViewport();
  connection.event('memberstatuschanged', '1001', {
    ...team('Billing', []),
    members: [member('Agent1000', { memberName: 'Agent 1000', status: 'ACW' })],
  });
  await expect(group(page, 'Billing').getByTitle('999 ready, 1 after-call work')).toBeVisible();
  await expect(agent(page, 1000)).toHaveCount(0);
  await scrollTo(page, 1_000_000);
  await expect(agent(page, 1000)).toContainText('After-call work');
  await expect(agent(page, 1000)).not.toContainText('at least');
});

test('the rows being read stay in place while others come and go above them', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(400)));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '402');
  await scrollTo(page, 6000);
  await expect(agent(page, 145)).toBeInViewport();
  const place = await below(page, agent(page, 145));

  connection.event('memberadded', '1001', team('Billing', people(1, 1, 'Aaron')));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '403');
  expect(await below(page, agent(page, 145))).toBe(place);
  connection.event('memberadded', '1001', team('Billing', people(90, 2, 'Aaron')));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '493');
  expect(await below(page, agent(page, 145))).toBe(place);
  connection.event('teamadded', '1001', team('Accounts', people(60, 1, 'Zoe')));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '554');
  expect(await below(page, agent(page, 145))).toBe(place);
  await expect(agent(page, 145)).toHaveAttribute('aria-rowindex', String(2 + 61 + 91 + 145));
  connection.event('memberremoved', '1001', team('Billing', people(91, 1, 'Aaron')));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '463');
  expect(await below(page, agent(page, 145))).toBe(place);
  connection.event('teamremoved', '1001', team('Accounts', []));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '402');
  expect(await below(page, agent(page, 145))).toBe(place);

  // At the top, new members are simply shown.
  await scrollTo(page, 0);
  await expect(agent(page, 1)).toBeInViewport();
  connection.event('memberadded', '1001', team('Billing', people(1, 1, 'Aaron')));
  await expect(row(page, 'Aaron 1 ')).toBeInViewport();
});

test('the rows being read stay in view when the window gets wide enough for one line per member', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  await page.setViewportSize({ width: 380, height: 640 });
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(400)));
  await expect(board(page)).toHaveAttribute('aria-rowcount', '402');
  await scrollTo(page, 6000);
  await expect(agent(page, 145)).toBeInViewport();
  const twoLines = await agent(page, 145).boundingBox();
  await page.setViewportSize({ width: 1000, height: 640 });
  await expect(agent(page, 145)).toBeInViewport();
  const oneLine = await agent(page, 145).boundingBox();
  expect(oneLine?.height).toBeLessThan(twoLines?.height ?? 0);
  await page.setViewportSize({ width: 380, height: 640 });
  await expect(agent(page, 145)).toBeInViewport();
  await expect
    .poll(() =>
      agent(page, 145)
        .boundingBox()
        .then((box) => box?.height),
    )
    .toBe(twoLines?.height);
});

test('a focused head keeps the focus when it scrolls away, and Tab goes from head to head', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const names = ['Accounts', 'Billing', 'Night', 'Sales'];
  names.forEach((name, index) => {
    connection.event('teamadded', '1001', team(name, people(200, 1 + index * 200)));
  });
  await expect(board(page)).toHaveAttribute('aria-rowcount', '805');
  await head(page, 'Accounts').focus();
  await page.keyboard.press('End');
  await expect(agent(page, 800)).toBeInViewport();
  await expect(head(page, 'Accounts')).toBeFocused();
  for (const [key, name] of [
    ['Tab', 'Billing'],
    ['Tab', 'Night'],
    ['Tab', 'Sales'],
    ['Shift+Tab', 'Night'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(head(page, name)).toBeFocused();
    await expect(head(page, name)).toBeInViewport();
  }
  await page.keyboard.press('Enter');
  await expect(head(page, 'Night')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Home');
  await expect(agent(page, 1)).toBeInViewport();
});

test('while another view is shown there are no rows, and then the same ones again', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(1000)));
  await expect(agent(page, 1)).toBeInViewport();
  await scrollTo(page, 20_000);
  await expect(agent(page, 480)).toBeInViewport();
  const place = await below(page, agent(page, 480));
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await expect(page.locator('[role=row]')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Team status' }).click();
  await expect(agent(page, 480)).toBeInViewport();
  expect(await below(page, agent(page, 480))).toBe(place);
});

test('a change redraws its own row and no other', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', team('Billing', people(1000)));
  await expect(agent(page, 3)).toBeInViewport();
  const redrawn = await board(page).evaluateHandle((table) => {
    const rows = new Set<string | null>();
    new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const element = target instanceof Element ? target : target.parentElement;
        // Clocks run in every row, and counts change in the heads.
        if (element?.closest('.clock, .counts') === null) {
          rows.add(element.closest('[role=row]')?.getAttribute('aria-rowindex') ?? element.outerHTML);
        }
      }
    }).observe(table, { subtree: true, childList: true, characterData: true, attributes: true });
    return rows;
  });
  connection.event('memberstatuschanged', '1001', {
    ...team('Billing', []),
    members: [member('Agent3', { memberName: 'Agent 3', status: 'ACW' })],
  });
  await expect(agent(page, 3)).toContainText('After-call work');
  expect(await redrawn.evaluate((rows) => [...rows])).toEqual(['5']);
});
