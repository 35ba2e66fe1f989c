import type { Page } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { askJourney, row, steps } from '../support/page-parts.ts';
import type { BareProcessor } from '../../lab/bare-processor.ts';
import { addSettings, expect, member, test, type BareConnection } from '../support/widget-fixture.ts';

/** Soft, so that problems in one view do not hide those in the next. */
async function expectNoViolations(page: Page, view: string): Promise<void> {
  expect.soft(await axeFaults(page), view).toEqual([]);
}

interface Opened {
  readonly page: Page;
  readonly connection: BareConnection;
  readonly processor: BareProcessor;
}

/** In the strip, then on the wall. */
async function inOtherShapes(page: Page, look: (shape: string) => Promise<void>): Promise<void> {
  for (const shape of ['strip', 'wall']) {
    await page.keyboard.press('F8');
    await expect(page.locator(`:root[data-shape=${shape}]`)).toHaveCount(1);
    await look(shape);
  }
}

async function answerJourney(connection: BareConnection, ...CallJourney: readonly object[]): Promise<void> {
  connection.success(await connection.request('report.calljourney'), { CallJourney });
}

const FIRST_STEP = { CallId: '7', Device: '8000', DeviceType: '74', Description: 'Main', Duration: '5' };

/** Each opens its own board, with somebody over a limit and a team below its floor. */
const VIEWS: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  'the board, its menu, its past and a search without a hit': async ({ page }) => {
    await expectNoViolations(page, 'board');
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await expectNoViolations(page, 'menu');
    await page.getByRole('menuitem', { name: 'As it was…' }).click();
    await expect(page.getByRole('slider', { name: 'Moment' })).toBeVisible();
    await expectNoViolations(page, 'past');
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody');
    await expect(page.getByRole('button', { name: 'Show all' }).first()).toBeVisible();
    await expectNoViolations(page, 'no hit');
  },

  'the alerts, who is free, and a person': async ({ page }) => {
    for (const name of ['Alerts: 2 open', 'Who is free', 'Bo Lindqvist']) {
      await page.getByRole('button', { name, exact: true }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolations(page, name);
      await page.keyboard.press('Escape');
    }
  },

  'every tab of the settings': async ({ page }) => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    for (const name of ['Limits', 'Alerts', 'Reasons', 'Appearance', 'Privacy']) {
      await page.getByRole('tab', { name }).click();
      await expectNoViolations(page, name);
    }
  },

  'strip and wall': async ({ page }) => {
    await inOtherShapes(page, (shape) => expectNoViolations(page, shape));
  },

  'the connection and the departures from the contract': async ({ page, connection }) => {
    await page.getByRole('button', { name: 'Connection', exact: true }).click();
    await page.getByText('Advanced').click();
    await expectNoViolations(page, 'connection');
    await page.keyboard.press('Escape');
    connection.sendRaw('garbage');
    await page.getByRole('button', { name: /^Departures/ }).click();
    await expectNoViolations(page, 'departures');
  },

  'a journey, its handing on, and what has changed of it': async ({ page, connection }) => {
    await askJourney(page, '7');
    await answerJourney(connection, FIRST_STEP, {
      CallId: '8',
      Device: 'x',
      DeviceType: 'x',
      Description: '',
      Duration: 'n/a',
    });
    await expect(steps(page)).toHaveCount(3);
    await page.getByRole('button', { name: 'Step 2' }).first().click();
    await page.getByRole('button', { name: 'Zoom in (+)' }).click();
    await expectNoViolations(page, 'journey');
    await page.getByRole('button', { name: 'Hand on' }).click();
    await expectNoViolations(page, 'hand on');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await answerJourney(connection, {
      CallId: '7',
      Device: '3104',
      DeviceType: '76',
      Description: 'Ringing',
      Duration: '',
    });
    await expect(steps(page).nth(1)).toContainText('Changed');
    await expectNoViolations(page, 'changed');
  },

  'a refused journey beside another, and the list of calls': async ({ page, connection }) => {
    await askJourney(page, '7');
    await answerJourney(connection, FIRST_STEP);
    await expect(steps(page)).toHaveCount(2);
    await askJourney(page, '8');
    connection.failure(await connection.request('report.calljourney'), { code: 'E', message: 'No', context: 'at X' });
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByRole('combobox', { name: 'Also show' }).selectOption('7');
    await expectNoViolations(page, 'beside');
    await page.getByRole('tab', { name: 'Calls', exact: true }).click();
    await expectNoViolations(page, 'calls');
  },

  'a link that is down, in every shape': async ({ page, processor }) => {
    await processor.stop();
    await expect(row(page, 'Ana Torres')).toContainText('old');
    await expectNoViolations(page, 'panel');
    await inOtherShapes(page, async (shape) => {
      await expect(page.getByText(/since/).first()).toBeVisible();
      await expectNoViolations(page, shape);
    });
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, look] of Object.entries(VIEWS)) {
    test(`axe finds nothing, ${colorScheme}: ${name}`, async ({ processor, openWidget, profileDir, passes }) => {
      const limits = [{ status: 'not_ready', seconds: 1 }];
      await addSettings(profileDir, { limits, floors: [{ ready: 3 }], alerts: { floorAfterSeconds: 1 } });
      const page = await openWidget();
      await page.emulateMedia({ colorScheme });
      const connection = await processor.connection();
      await connection.begin();
      connection.event('teamadded', '1001', {
        teamId: 't1',
        teamName: 'Sales',
        members: [
          member('m1', { memberName: 'Ana Torres' }),
          member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763' }),
          member('m3', { memberName: 'Chidi Okafor', status: 'ACW' }),
          member('m4', { memberName: 'Dina Roth', status: 'Talking' }),
        ],
      });
      await expect(row(page, 'Ana Torres')).toBeVisible();
      await passes(1000);
      await expect(row(page, 'Bo Lindqvist')).toContainText('over 0:01');
      await expect(page.getByRole('button', { name: 'Alerts: 2 open' })).toBeVisible();
      await look({ page, connection, processor });
    });
  }
}

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
