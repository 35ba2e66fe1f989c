/** The list of alerts: what it counts, and where each entry leads. */
import type { Page } from '@playwright/test';
import { member, type BareConnection, type BareProcessor } from '../../lab/bare-processor.ts';
import { board, row } from '../support/page-parts.ts';
import { addSettings, expect, test } from '../support/widget-fixture.ts';

const PHONE_DOWN = '32759';

function names(team: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    memberId: `${team}-${String(index)}`,
    memberName: `${team} ${String(index).padStart(2, '0')}`,
  }));
}

/** Three teams of forty, so that most rows are not drawn. */
function announce(connection: BareConnection): void {
  for (const team of ['Billing', 'Claims', 'Zoo']) {
    connection.event('teamadded', '1001', {
      teamId: team,
      teamName: team,
      members: names(team, 40).map(({ memberId, memberName }) => member(memberId, { memberName })),
    });
  }
}

async function opened(processor: BareProcessor, openWidget: () => Promise<Page>) {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  return { page, connection };
}

function change(connection: BareConnection, ids: readonly string[], status: string, reason = '0'): void {
  for (const id of ids) {
    const [team = '', index = ''] = id.split('-');
    connection.event('memberstatuschanged', '1001', {
      teamId: team,
      teamName: team,
      members: [member(id, { memberName: `${team} ${index.padStart(2, '0')}`, status, reason })],
    });
  }
}

const bell = (page: Page) => page.getByRole('button', { name: /^Alerts/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Alerts' });
const lines = (page: Page) => dialog(page).getByRole('list', { name: 'Alerts' });

test('an entry leads to its person, wherever they are hidden, and the row gets the focus', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { limits: [{ status: 'not_ready', seconds: 1 }] });
  const { page, connection } = await opened(processor, openWidget);
  await expect(row(page, 'Billing 00')).toBeVisible();
  await board(page).getByRole('button', { name: 'Billing', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('Billing 0');
  change(connection, ['Zoo-33'], 'not_ready');
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
  await bell(page).click();
  await lines(page)
    .getByRole('button', { name: /Zoo 33/ })
    .click();
  await expect(dialog(page)).toHaveCount(0);
  const zoo = row(page, 'Zoo 33');
  await expect(zoo).toHaveAttribute('aria-current', 'location');
  await expect(zoo.getByRole('button')).toBeFocused();
  await expect(zoo).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('');
  await expect(zoo).not.toHaveAttribute('aria-current');

  change(connection, ['Billing-20'], 'not_ready');
  await expect(bell(page)).toHaveAccessibleName('Alerts: 2 open');
  await bell(page).click();
  await lines(page)
    .getByRole('button', { name: /Billing 20/ })
    .press('Enter');
  await expect(row(page, 'Billing 20').getByRole('button')).toBeFocused();
  await expect(row(page, 'Billing 20')).toBeInViewport({ ratio: 1 });
});

test('a failure of several leads to those who still have it, and there is a way back', async ({
  processor,
  openWidget,
}) => {
  const { page, connection } = await opened(processor, openWidget);
  await expect(row(page, 'Billing 00')).toBeVisible();
  change(connection, ['Billing-7', 'Zoo-5', 'Zoo-30'], 'not_ready', PHONE_DOWN);
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
  change(connection, ['Zoo-5'], 'ready');
  await bell(page).click();
  await lines(page)
    .getByRole('button', { name: /Phone is down: 2 people/ })
    .click();
  await expect(page.getByText('2 of 120 shown')).toBeVisible();
  await expect(board(page).getByRole('row', { name: /(Billing|Zoo) \d\d/ })).toHaveCount(2);
  await expect(row(page, 'Billing 07').getByRole('button')).toBeFocused();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(row(page, 'Billing 00')).toBeVisible();
});

test('a floor leads to its team; the list says who has left', async ({ processor, openWidget, profileDir }) => {
  await addSettings(profileDir, {
    limits: [{ status: 'not_ready', seconds: 1 }],
    floors: [{ team: 'Zoo', ready: 41 }],
    alerts: { floorAfterSeconds: 1 },
  });
  const { page, connection } = await opened(processor, openWidget);
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
  await bell(page).click();
  await lines(page)
    .getByRole('button', { name: /Zoo: 40 of 41 ready/ })
    .click();
  const zoo = board(page).getByRole('row', { name: /^Zoo/ }).first();
  await expect(zoo).toHaveAttribute('aria-current', 'location');
  await expect(zoo.getByRole('button')).toBeFocused();
  await expect(zoo).toBeInViewport({ ratio: 1 });

  change(connection, ['Claims-3'], 'not_ready');
  await expect(bell(page)).toHaveAccessibleName('Alerts: 2 open');
  const gone = { teamId: 'Claims', teamName: 'Claims', members: [{ memberId: 'Claims-3' }] };
  connection.event('memberremoved', '1001', gone);
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
  connection.event('teamremoved', '1001', { teamId: 'Zoo', teamName: 'Zoo' });
  await expect(bell(page)).toHaveAccessibleName('Alerts');
  await expect(bell(page)).toHaveText('');
  await bell(page).click();
  await lines(page)
    .getByRole('button', { name: /Claims 03/ })
    .click();
  await expect(dialog(page).getByText('Claims 03 is in none of the teams now.')).toBeVisible();
  await lines(page).getByRole('button', { name: /Zoo/ }).click();
  await expect(dialog(page).getByText('The team Zoo is not on the board now.')).toBeVisible();
});

test('a repeated alert is one entry with a count', async ({ processor, openWidget, profileDir }) => {
  await addSettings(profileDir, { floors: [{ team: 'Zoo', ready: 40 }], alerts: { floorAfterSeconds: 0 } });
  const { page, connection } = await opened(processor, openWidget);
  await expect(row(page, 'Billing 00')).toBeVisible();
  for (let count = 0; count < 3; count += 1) {
    change(connection, ['Zoo-1'], 'ACW');
    await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
    change(connection, ['Zoo-1'], 'ready');
    await expect(bell(page)).toHaveAccessibleName('Alerts');
  }
  await bell(page).click();
  await expect(lines(page).getByRole('listitem')).toHaveCount(1);
  await expect(lines(page).getByRole('listitem')).toContainText(/3 times, last \d/);
});

test('from the strip and the wall, an alert opens the panel', async ({ processor, openWidget, profileDir }) => {
  await addSettings(profileDir, { limits: [{ status: 'not_ready', seconds: 1 }] });
  const { page, connection } = await opened(processor, openWidget);
  await page.setViewportSize({ width: 700, height: 500 });
  await expect(row(page, 'Billing 00')).toBeVisible();
  change(connection, ['Zoo-33'], 'not_ready');
  await expect(bell(page)).toHaveAccessibleName('Alerts: 1 open');
  for (const presses of [1, 2]) {
    for (let press = 0; press < presses; press += 1) await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Zoo 33: Not ready over 0:01' }).click();
    await expect(row(page, 'Zoo 33').getByRole('button')).toBeFocused();
    await expect(row(page, 'Zoo 33')).toBeInViewport({ ratio: 1 });
  }
});

test('while people are only counted, no entry leads to a person', async ({ processor, openWidget, profileDir }) => {
  await addSettings(profileDir, {
    privacy: 'counts',
    limits: [{ status: 'not_ready', seconds: 1 }],
    floors: [{ team: 'Zoo', ready: 41 }],
    alerts: { floorAfterSeconds: 0 },
  });
  const { page, connection } = await opened(processor, openWidget);
  change(connection, ['Zoo-33'], 'not_ready');
  await expect(bell(page)).toHaveAccessibleName('Alerts: 2 open');
  await bell(page).click();
  await expect(lines(page).getByText('Somebody in Zoo: Not ready over 0:01')).toBeVisible();
  await expect(lines(page).getByRole('button')).toHaveCount(1);
  await lines(page)
    .getByRole('button', { name: /Zoo: 39 of 41 ready/ })
    .click();
  await expect(board(page).getByRole('row', { name: /^Zoo/ }).getByRole('button')).toBeFocused();
});
