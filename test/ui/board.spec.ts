/** The board as a user arranges it, watches it, looks into it and exports it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { board, lamp, row } from '../support/page-parts.ts';
import { addSettings, expect, member, test, type BareConnection } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const SERVICE = { teamId: 't2', teamName: 'Sérvice' };
const PHONE_DOWN = '32759';

function announce(connection: BareConnection): void {
  connection.event('teamadded', '1001', {
    ...SALES,
    members: [
      member('m1', { memberName: 'Ana Torres' }),
      member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763' }),
      member('m3', { memberName: 'Chidi Okafor', status: 'ACW' }),
    ],
  });
  connection.event('teamadded', '1001', {
    ...SERVICE,
    members: [member('m4', { memberName: 'Zoë Núñez', status: 'not_ready', reason: PHONE_DOWN })],
  });
}

/** The names on the board, from top to bottom. */
async function names(page: Page): Promise<string[]> {
  return board(page).locator('.member .name').allTextContents();
}

function search(page: Page) {
  return page.getByRole('searchbox', { name: 'Search' });
}

function count(page: Page, words: string) {
  return page.getByRole('group', { name: 'All teams' }).getByRole('button', { name: words });
}

async function choose(page: Page, item: string, role: 'menuitem' | 'menuitemradio' | 'menuitemcheckbox') {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  if (/^(Copy|Save) as/.test(item)) await page.getByRole('menuitem', { name: 'Copy or save' }).click();
  await page.getByRole(role, { name: item }).click();
  // Options that can be chosen repeatedly leave the menu open.
  if (role !== 'menuitem') await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
}

test('one box finds people by name, id, status, reason and team, whatever the accents', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  for (const [typed, found] of [
    ['nunez', ['Zoë Núñez']],
    ['M3', ['Chidi Okafor']],
    ['not ready', ['Bo Lindqvist', 'Zoë Núñez']],
    ['did not answer', ['Bo Lindqvist']],
    ['service', ['Zoë Núñez']],
    ['sales acw', ['Chidi Okafor']],
  ] as const) {
    await search(page).fill(typed);
    await expect.poll(() => names(page), typed).toEqual(found);
  }
  await expect(page.getByText('1 of 4 shown')).toBeVisible();
  await search(page).fill('nobody');
  await expect(page.getByRole('heading', { name: 'Nobody is like that' })).toBeVisible();
  await search(page).press('Escape');
  await expect.poll(() => names(page)).toHaveLength(4);
});

test('only the lines scroll, and the rest of the page stays', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const members = Array.from({ length: 60 }, (_, index) => member(`m${index}`, { reason: '255' }));
  connection.event('teamadded', '1001', { teamId: 't', teamName: 'Sales', members });
  await expect(row(page, 'Name of m1').first()).toBeVisible();
  const scrolled = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1)
      .map(({ className }) => className.replace(/ svelte-\w+/, '')),
  );
  expect(scrolled).toEqual(['scroll']);
});

test('clicking a count shows only those; filter, order and folds are remembered', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await count(page, '2 not ready').click();
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Zoë Núñez']);
  await expect(count(page, '2 not ready')).toHaveAttribute('aria-pressed', 'true');
  await count(page, '1 ready').click();
  await expect.poll(() => names(page)).toEqual(['Ana Torres', 'Bo Lindqvist', 'Zoë Núñez']);
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText('2 of 3');
  await choose(page, 'In reverse order', 'menuitemcheckbox');
  await expect.poll(() => names(page)).toEqual(['Zoë Núñez', 'Bo Lindqvist', 'Ana Torres']);
  await board(page).getByRole('button', { name: 'Sérvice' }).click();
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Ana Torres']);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Ana Torres']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await choose(page, 'Unfold all teams', 'menuitem');
  await expect.poll(() => names(page)).toEqual(['Zoë Núñez', 'Chidi Okafor', 'Bo Lindqvist', 'Ana Torres']);
});

test('clicking a column head sorts the board, and clicking it again reverses the order', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  await page.setViewportSize({ width: 1000, height: 640 });
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  const head = board(page).getByRole('columnheader', { name: 'Status', exact: true });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => names(page)).toEqual(['Chidi Okafor', 'Bo Lindqvist', 'Ana Torres', 'Zoë Núñez']);
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => names(page)).toEqual(['Ana Torres', 'Bo Lindqvist', 'Chidi Okafor', 'Zoë Núñez']);
  await choose(page, 'Attention', 'menuitemradio');
  await expect(head).not.toHaveAttribute('aria-sort');
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Chidi Okafor', 'Ana Torres', 'Zoë Núñez']);
});

test('the board shows who caused a status, in the site’s own words if it has some', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  const reasonsFile = path.join(profileDir, 'reasons.csv');
  await writeFile(reasonsFile, 'code,label,cause\n32763,Missed a call,supervisor\n7,,\n');
  await addSettings(profileDir, { reasonsFile });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Zoë')).toHaveAccessibleName(/Phone is down ?, by the system/);
  await expect(row(page, 'Bo Lindqvist')).toHaveAccessibleName(/Missed a call ?, by a supervisor/);
  await expect(page.getByText('line 3: there is no label')).toBeVisible();
});

test('a reason that has outlived its status is no label and trips no limit; the member’s panel still has it', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  const reasonsFile = path.join(profileDir, 'reasons.csv');
  await writeFile(reasonsFile, 'code,label\n27,Lunch\n');
  await addSettings(profileDir, { reasonsFile, limits: [{ reason: '27', seconds: 1 }] });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const people = (...all: readonly (readonly [string, string, string])[]) => ({
    teamId: 't1',
    teamName: 'Sales',
    members: all.map(([id, status, reason]) => member(id, { status, reason })),
  });
  const start = [
    ['b1', 'not_ready', '27'],
    ['b2', 'ready', '0'],
    ['b3', 'Reserved', '0'],
  ] as const;
  connection.event('teamadded', '1001', people(...start));
  await expect(row(page, 'Name of b1')).toContainText('Lunch');
  const late = [
    ['b1', 'ready', '27'],
    ['b2', 'ready', PHONE_DOWN],
    ['b3', 'TALKING', '27'],
  ] as const;
  connection.event('memberstatuschanged', '1001', people(...late));
  await expect(row(page, 'Name of b1')).toContainText('Ready');
  await connection.roundTrip();
  await expect(board(page)).not.toContainText('Lunch');
  await expect(board(page)).not.toContainText('over');
  await expect(board(page)).not.toContainText('Phone is down');
  await row(page, 'Name of b1').getByRole('button').click();
  const panel = page.getByRole('dialog', { name: 'Name of b1' });
  await expect(panel.getByText('“Lunch” still sent with it').first()).toBeVisible();
});

test('a limit: near it, over it and at the top, announced once, until the status ends', async ({
  processor,
  openWidget,
  profileDir,
  host,
  passes,
}) => {
  // Near the limit for long enough to check, however busy the machine is.
  const [seconds, text] = host === 'preview' ? [600, '10:00'] : [12, '0:12'];
  await addSettings(profileDir, { limits: [{ status: 'not_ready', seconds }] });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await passes(0.85 * seconds * 1000);
  await expect(row(page, 'Bo Lindqvist')).toContainText(`near ${text}`);
  await expect(count(page, '2 near a limit')).toBeVisible();
  await passes(0.15 * seconds * 1000);
  await expect(row(page, 'Bo Lindqvist')).toContainText(`over ${text}`);
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Ana Torres', 'Chidi Okafor', 'Zoë Núñez']);
  const latest = page.getByRole('status', { name: 'Latest alert' });
  await expect(latest).toContainText(new RegExp(`(Bo Lindqvist|Zoë Núñez): Not ready over ${text}`));
  await expect(latest).toContainText('and 1 more');
  await latest.getByRole('button', { name: 'Show' }).click();
  const list = page.getByRole('dialog', { name: 'Alerts' }).getByRole('list', { name: 'Alerts' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(latest).toBeEmpty();
  await count(page, '2 over a limit').click();
  await expect.poll(() => names(page)).toEqual(['Bo Lindqvist', 'Zoë Núñez']);
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: [member('m2', { memberName: 'Bo Lindqvist' })],
  });
  await expect.poll(() => names(page)).toEqual(['Zoë Núñez']);
  await page.getByRole('button', { name: 'Alerts: 1 open', exact: true }).click();
  await expect(list.getByRole('listitem').filter({ hasText: 'Bo Lindqvist' })).toContainText('–');
  await expect(list.getByRole('listitem')).toHaveCount(2);
});

test('many phones failing at once are one incident, and a team below its floor says so', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await addSettings(profileDir, { floors: [{ ready: 2, team: 'Sales' }], alerts: { floorAfterSeconds: 1 } });
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const members = ['Ana', 'Bo', 'Chidi'].map((memberName) => member(memberName, { memberName }));
  connection.event('teamadded', '1001', { ...SALES, members });
  await expect(row(page, 'Ana')).toBeVisible();
  await expect(board(page).getByRole('row', { name: /^Sales/ })).not.toContainText('of 2 ready');
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: members.map((one) => ({ ...one, status: 'not_ready', reason: PHONE_DOWN })),
  });
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText('0 of 2 ready');
  const latest = page.getByRole('status', { name: 'Latest alert' });
  await expect(latest).toContainText('Phone is down: 3 people');
  await expect(latest).toContainText('Ana, Bo, Chidi');
  await expect(latest).toContainText('and 1 more');
  await latest.getByRole('button', { name: 'Let it go' }).click();
  await expect(latest).toBeEmpty();
});

test('alerts can be muted, snoozed and tested', async ({ processor, openWidget }) => {
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Alerts', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Alerts' });
  await expect(dialog.getByText('None so far.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(dialog.getByRole('button', { name: 'Mute' })).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog.getByText('Muted: no notification and no sound.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Snooze for 15 min' }).click();
  await dialog.getByRole('button', { name: /^Snoozed for 1[45]:\d\d: end it/ }).click();
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByText(/^Sent\./)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Snooze for 4 hr' })).toBeVisible();
});

test('quiet hours say that they are on, and until when', async ({ processor, openWidget, profileDir }) => {
  const quietHours = [
    { from: '00:00', to: '12:00' },
    { from: '12:00', to: '00:00' },
  ];
  await addSettings(profileDir, { alerts: { quietHours } });
  const page = await openWidget();
  await (await processor.connection()).begin();
  await page.getByRole('button', { name: 'Alerts', exact: true }).click();
  await expect(page.getByRole('dialog').getByText(/Quiet hours until (12|00):00/)).toBeVisible();
});

test('a member’s own panel has both clocks, the teams, and the history with its gaps', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  const bo = (status: string, reason: string) => member('m2', { memberName: 'Bo Lindqvist', status, reason });
  connection.event('memberstatuschanged', '1001', { ...SALES, members: [bo('not_ready', '32742')] });
  await board(page).getByRole('button', { name: 'Bo Lindqvist' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bo Lindqvist' });
  await expect(dialog).toContainText('at least');
  await expect(dialog).toContainText('in this reason');
  await expect(dialog).toContainText('by the agent');
  await expect(dialog.getByText('Sales')).toBeVisible();
  const history = dialog.getByRole('list', { name: 'History' });
  await expect(history.getByRole('listitem')).toHaveText([
    /Not ready.*Busy on another line/,
    /Not ready.*Did not answer/,
  ]);
  connection.event('memberstatuschanged', '1001', { ...SALES, members: [bo('ready', '')] });
  await expect(history.getByRole('listitem').first()).toContainText('Ready');
  connection.terminate();
  const again = await processor.connection();
  await again.begin();
  announce(again);
  await expect(history).toContainText('nothing known for');
  await expect(history.getByRole('listitem').first()).toContainText('Not ready');
  await expect(history.getByRole('listitem')).toHaveCount(5);
});

test('the board’s past: another status, clearly not now, and the way back', async ({
  processor,
  openWidget,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toContainText('Ready');
  // A different second from the change, so that there is a moment before it.
  await passes(2000);
  await expect(row(page, 'Ana Torres')).toContainText(/0:(0[2-9]|[1-5]\d)/);
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: [member('m1', { memberName: 'Ana Torres', status: 'ACW' })],
  });
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await choose(page, 'As it was…', 'menuitem');
  const past = page.getByRole('region', { name: 'The board as it was' });
  await past.getByRole('slider', { name: 'Moment' }).press('Home');
  await expect(past).toContainText('This is not now.');
  await expect(row(page, 'Ana Torres')).toContainText('Ready');
  await expect(page.getByRole('group', { name: 'All teams' })).toContainText('1');
  await past.getByRole('button', { name: 'Back to now' }).click();
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await expect(past).toHaveCount(0);
});

test('the shown board can be exported, and no spreadsheet takes a name for a formula', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const evil = member('m9', { memberName: '=HYPERLINK("http://x")', status: 'ACW' });
  connection.event('teamadded', '1001', { ...SALES, members: [evil, member('m1', { memberName: 'Ana Torres' })] });
  await search(page).fill('after-call');
  const taken = async (item: string): Promise<string> => {
    await choose(page, item, 'menuitem');
    await expect(page.getByText('Copied', { exact: true })).toBeVisible();
    await search(page).fill('');
    await search(page).press('ControlOrMeta+V');
    const text = await search(page).inputValue();
    await search(page).fill('after-call');
    return text;
  };
  const csv = await taken('Copy as CSV');
  expect(csv).toContain('"\'=HYPERLINK(""http://x"")"');
  expect(csv).toContain('at least');
  expect(csv).not.toContain('Ana Torres');
  const json: unknown = JSON.parse(await taken('Copy as JSON'));
  expect(json).toMatchObject({ isPast: false, rows: [{ memberId: 'm9', since: { known: 'at-least' } }], gaps: [] });
  expect(await taken('Copy as text')).toMatch(
    /Team status.*Sales \(t1\) {2}=HYPERLINK\("http:\/\/x"\) \(m9\) {2}.*After-call work {2}at least/,
  );
});

test('limits, floors and quiet hours are set in the window, and apply at once', async ({
  processor,
  openWidget,
  profileDir,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Add a limit' }).click();
  await dialog.getByRole('combobox', { name: 'Limit on' }).selectOption('Reason code');
  await dialog.getByRole('textbox', { name: 'Reason code' }).fill('32763');
  await dialog.getByRole('spinbutton', { name: 'min' }).fill('0.1');
  await dialog.getByRole('button', { name: 'Add a floor' }).click();
  await dialog.getByRole('combobox', { name: 'Team' }).last().fill('Sales');
  await dialog.getByRole('tab', { name: 'Alerts' }).click();
  await dialog.getByRole('checkbox', { name: 'A sound' }).uncheck();
  await dialog.getByRole('button', { name: 'Add quiet hours' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await passes(6000);
  await expect(row(page, 'Bo Lindqvist')).toContainText('over 0:06');
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText('1 of 2 ready');
  await expect(lamp(page)).toHaveText(/^Live/);
  expect(JSON.parse(await readFile(path.join(profileDir, 'settings.json'), 'utf8'))).toMatchObject({
    limits: [{ reason: '32763', seconds: 6 }],
    floors: [{ team: 'Sales', ready: 2 }],
    alerts: { sound: false, quietHours: [{ from: '22:00', to: '06:00' }] },
  });
});

test('what is wrong in the settings is pointed out, on whichever tab it is', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Add a limit' }).click();
  await dialog.getByRole('combobox', { name: 'Limit on' }).selectOption('Reason code');
  const team = dialog.getByRole('combobox', { name: 'Team' });
  await team.fill('Slaes');
  await expect(dialog.getByText('No team has this name at present.')).toBeVisible();
  await team.fill('Sales');
  await expect(dialog.getByText('No team has this name at present.')).toHaveCount(0);
  await dialog.getByRole('tab', { name: 'Reasons' }).click();
  await dialog.getByRole('textbox', { name: 'File with your own reasons' }).fill('/no/such.csv');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Reason code' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Reason code' }).fill('32763');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toHaveText(/there is no such file/);
});

test('a screen that everybody can see shows teams and counts, and no names', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  announce(connection);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  const privacy = async (choice: string): Promise<void> => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('tab', { name: 'Privacy' }).click();
    await page.getByRole('radio', { name: choice }).check();
    await page.getByRole('button', { name: 'Save' }).click();
  };
  await privacy('Only count them');
  await expect(row(page, 'Ana Torres')).toHaveCount(0);
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText(
    '1 ready, 1 not ready, 1 after-call work',
  );
  await expect(search(page)).toHaveCount(0);
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: [member('m1', { memberName: 'Ana Torres', status: 'not_ready' })],
  });
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText('2 not ready');
  expect(await page.locator('body').innerText()).not.toMatch(/Ana|Torres|Bo |Zoë/);
  await privacy('Name people');
  await expect(row(page, 'Ana Torres')).toContainText('Not ready');
});

test('what changed while the link was down is summed up in a line, with details on request', async ({
  processor,
  openWidget,
  host,
  times,
  passes,
}) => {
  test.slow();
  const page = await openWidget();
  await (await processor.connection()).begin();
  const first = processor.connections[0];
  if (first !== undefined) announce(first);
  await expect(row(page, 'Ana Torres')).toBeVisible();
  // Long enough for its teams to arrive, so that the board is known to be complete.
  await passes(times.settleMs);
  await expect(row(page, 'Ana Torres')).toContainText(/0:0[4-9]|[1-9]:\d\d|0:[1-5]\d/);
  await processor.stop();
  await expect(page.getByText(/Last heard/)).toBeVisible();
  // The widget does not mention less than half a minute.
  await expect(page.getByRole('button', { name: /^Gaps in the feed/ })).toBeVisible();
  await passes(31_000);
  if (host === 'electron') {
    await page.waitForFunction((since) => Date.now() - since > 31_000, await page.evaluate(() => Date.now()), {
      timeout: 60_000,
    });
  }
  await processor.restart();
  await passes(30_000);
  // By itself: clicking “Try now” could coincide with its own next attempt.
  const again = await processor.connection();
  await again.begin();
  again.event('teamadded', '1001', {
    ...SALES,
    members: [
      member('m1', { memberName: 'Ana Torres', status: 'ACW' }),
      member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763' }),
      member('m5', { memberName: 'Eve Joined' }),
    ],
  });
  await again.roundTrip();
  await passes(times.settleMs);
  await expect(page.getByText(/While nothing was known \(\d:\d\d\): 2 left, 1 joined, 1 changed/)).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'What changed' });
  await expect(dialog.getByRole('list').first()).toContainText('Chidi Okafor');
  await expect(dialog).toContainText('was Ready');
  await expect(dialog).toContainText('Eve Joined');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Let it go' }).click();
  await expect(page.getByText(/While nothing was known/)).toHaveCount(0);
});
