/** The widget's shapes as a page: the strip, the wall, and who is free; and how it looks. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { board, lamp, row } from '../support/page-parts.ts';
import { addSettings, expect, member, test, type BareConnection } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };

function announce(connection: BareConnection): void {
  connection.event('teamadded', '1001', {
    ...SALES,
    members: [
      member('m1', { memberName: 'Ana Torres' }),
      member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763' }),
      member('m3', { memberName: 'Chidi Okafor' }),
    ],
  });
}

const shape = (page: Page) => page.locator(':root').getAttribute('data-shape');

test('one key cycles through the shapes; each shows what matters and leads back', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { floors: [{ ready: 3 }], alerts: { floorAfterSeconds: 1 } });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await page.keyboard.press('F8');
  const strip = page.getByRole('region', { name: 'Strip' });
  await expect(strip).toContainText('2 ready, 1 not ready');
  await expect(strip.getByRole('status', { name: 'Processor link' })).toHaveText('Live');
  await expect(strip).toContainText('Sales: 2 of 3 ready');
  expect((await strip.boundingBox())?.height).toBeLessThan(48);
  await page.keyboard.press('F8');
  await expect.poll(() => shape(page)).toBe('wall');
  await expect(strip).toHaveCount(0);
  const tiles = page.getByRole('list', { name: 'Team status' });
  await expect(tiles.getByRole('heading', { name: 'Sales' })).toBeVisible();
  await expect(tiles).toContainText('2 of 3 ready');
  await page.getByRole('button', { name: 'Tiles' }).click();
  await expect(row(page, 'Bo Lindqvist')).toContainText('Not ready');
  await expect(lamp(page)).toHaveText('Live');
  await page.reload();
  await expect(row(page, 'Bo Lindqvist')).toBeVisible();
  expect(await shape(page)).toBe('wall');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Call journey' })).toBeVisible();
  await page.getByRole('button', { name: 'Change shape (F8)' }).click();
  await strip.getByRole('button', { name: 'Panel' }).click();
  await expect(board(page)).toBeVisible();
});

test('every shape says that its data is made up, however narrow it is', async ({ openWidget }) => {
  const page = await openWidget([]);
  const demo = page.getByTitle('Demo data');
  await expect(demo).toBeVisible();
  await page.setViewportSize({ width: 320, height: 300 });
  for (const wanted of ['strip', 'wall', 'panel']) {
    await page.keyboard.press('F8');
    await expect.poll(() => shape(page)).toBe(wanted);
    await expect(demo).toBeInViewport({ ratio: 1 });
  }
});

test('a strip with old data says so, and raises no alarm', async ({ processor, openWidget, profileDir }) => {
  await addSettings(profileDir, { floors: [{ ready: 3 }], alerts: { floorAfterSeconds: 1 } });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await page.keyboard.press('F8');
  const strip = page.getByRole('region', { name: 'Strip' });
  await expect(strip).toContainText('Sales: 2 of 3 ready');
  await processor.stop();
  await expect(strip.getByRole('status', { name: 'Processor link' })).toHaveText('Reconnecting');
  await expect(strip).toContainText('3 of them old');
  await expect(strip).not.toContainText('Sales: 2 of 3 ready');
  await expect(strip.getByText(/^old since \d/)).toBeVisible();
});

test('a wall that is not live says so in large letters, since when and why, and raises no alarm', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { floors: [{ ready: 3 }] });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const wanted of ['strip', 'wall']) {
    await page.keyboard.press('F8');
    await expect.poll(() => shape(page)).toBe(wanted);
  }
  const bar = page.getByRole('region', { name: 'Not live' });
  const floor = page.getByRole('listitem').filter({ hasText: 'Sales' }).getByText('2 of 3 ready');
  await expect(floor).toBeVisible();
  await expect(bar).toHaveCount(0);
  const colour = () => floor.evaluate((element) => getComputedStyle(element).color);
  const loud = await colour();
  await processor.stop();
  await expect(bar).toContainText(/^Not live since \d.*127\.0\.0\.1:\d+.* Next try in 0:/);
  const size = await bar.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(size).toBeGreaterThanOrEqual(32);
  await expect(floor).toBeVisible();
  expect(await colour()).not.toBe(loud);
  // The table is as old as the tiles.
  await page.getByRole('button', { name: 'Tiles' }).click();
  await expect(bar).toBeVisible();
  await processor.restart();
  const again = await processor.connection();
  await again.begin();
  announce(again);
  await expect(bar).toHaveCount(0);
});

test('a wall that was never live says why', async ({ processor, openWidget }) => {
  await processor.stop();
  const page = await openWidget();
  for (const wanted of ['strip', 'wall']) {
    await page.keyboard.press('F8');
    await expect.poll(() => shape(page)).toBe(wanted);
  }
  await expect(page.getByRole('region', { name: 'Not live' })).toContainText(/^Not live yet.*can’t be reached/);
});

test('who is free: longest ready first, filtered by typing, and Enter copies the id', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  const chidi = (status: string) => member('m3', { memberName: 'Chidi Okafor', status });
  connection.event('memberstatuschanged', '1001', { ...SALES, members: [chidi('ACW')] });
  connection.event('memberstatuschanged', '1001', { ...SALES, members: [chidi('ready')] });
  await page.getByRole('button', { name: 'Who is free' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who is free' });
  const options = dialog.getByRole('option');
  await expect(options).toHaveText([/Ana Torres.*at least.*m1 *Sales/, /Chidi Okafor.*m3/]);
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const filter = dialog.getByRole('combobox', { name: 'Narrow down' });
  await expect(filter).toBeFocused();
  await filter.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await filter.fill('ana');
  await expect(options).toHaveCount(1);
  await filter.press('Enter');
  await expect(dialog.getByText('Copied: m1, Ana Torres')).toBeVisible();
  await filter.fill('nobody');
  await expect(dialog.getByText('Of those who are ready, nobody matches.')).toBeVisible();
  await filter.fill('');
  await filter.press('ControlOrMeta+V');
  await expect(filter).toHaveValue('m1');
  await processor.stop();
  await filter.fill('');
  await expect(dialog.getByText('Nothing is known right now.')).toBeVisible();
});

test('theme and hotkeys are set in the window; invalid hotkeys are reported', async ({
  host,
  openWidget,
  processor,
  profileDir,
}) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('tab', { name: 'Appearance' }).click();
  await dialog.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  if (host === 'electron') {
    await dialog.getByRole('textbox', { name: 'Who is free' }).fill('F');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('is not a key such as Control+Alt+F');
    await dialog.getByRole('textbox', { name: 'Who is free' }).fill('Control+Shift+F9');
  } else await expect(dialog.getByRole('textbox', { name: 'Who is free' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => page.locator('body').evaluate((body) => getComputedStyle(body).colorScheme)).toBe('dark');
  expect(JSON.parse(await readFile(path.join(profileDir, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'dark' });
});
