/** What the app itself must keep for whoever reads or presses without a mouse. What is drawn is in test/gallery. */
import { axeViolations } from '../support/axe.ts';
import { askJourney, row, steps } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

test('axe finds no more in the running app than in the gallery: in the board, a dialog and a journey', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  await page.emulateMedia({ colorScheme: 'light' });
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    teamId: 't1',
    teamName: 'Sales',
    members: [
      member('m1', { memberName: 'Ana Torres' }),
      member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763' }),
    ],
  });
  await expect(row(page, 'Bo Lindqvist')).toBeVisible();
  expect.soft(await axeViolations(page), 'board').toEqual([]);
  await page.getByRole('button', { name: 'Bo Lindqvist', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await axeViolations(page), 'dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await askJourney(page, '7');
  const step = { CallId: '7', Device: '8000', DeviceType: '74', Description: 'Main', Duration: '5' };
  connection.success(await connection.request('report.calljourney'), { CallJourney: [step] });
  await expect(steps(page)).toHaveCount(2);
  expect.soft(await axeViolations(page), 'journey').toEqual([]);
});

test('everything can be reached and used by keyboard', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await page.getByRole('tab', { name: 'Team status' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Call journey' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('textbox', { name: 'Call ID' }).focus();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  connection.success(await connection.request('report.calljourney'), { CallJourney: [] });
  await expect(page.getByRole('heading', { name: 'Call 7' })).toBeVisible();
  await page.getByRole('button', { name: 'Connection', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Connection' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Connection', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Connection', exact: true })).toBeFocused();
});

test('column heads are visible while they have the keyboard focus, even in a narrow window', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { teamId: 't1', teamName: 'Sales', members: [member('m1')] });
  const head = page.getByRole('columnheader', { name: 'Name' }).getByRole('button');
  const width = async () => (await page.getByRole('row', { name: 'Name' }).first().boundingBox())?.width ?? 0;
  await expect(head).toBeAttached();
  expect(await width()).toBeLessThan(30);
  await head.focus();
  expect(await width()).toBeGreaterThan(300);
  await expect(head).toBeInViewport({ ratio: 1 });
});

for (const width of [300, 320]) {
  test(`at ${width} px, nothing is out of reach`, async ({ processor, openWidget }) => {
    const page = await openWidget();
    const connection = await processor.connection();
    await connection.begin();
    connection.event('teamadded', '1001', {
      teamId: 't1',
      teamName: 'A team with a name of exactly fifty bytes, no more',
      members: [member('m1', { memberName: 'Wolfeschlegelsteinhausenbergerdorff', status: 'ACW', reason: '32745' })],
    });
    for (let index = 0; index < 120; index += 1) connection.sendRaw('garbage');
    await expect(page.getByRole('button', { name: 'Departures from the contract: 120' })).toBeVisible();
    await processor.stop();
    await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible();
    await page.setViewportSize({ width, height: 500 });
    for (const button of await page.getByRole('button').all()) {
      const box = await button.boundingBox();
      expect((box?.x ?? width) + (box?.width ?? width), await button.innerText()).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
}
