import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { board, lamp, row } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const members = [
  member('m1', { memberName: 'Ana Torres' }),
  member('m2', { memberName: 'Bo Lindqvist', status: 'not_ready', reason: '32763', memberType: 'Supervisor' }),
  member('m3', { memberName: 'Chidi Okafor', status: 'ACW', memberType: 'TeamLead' }),
];

test('an added team shows with all its members, in words', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  expect(await connection.begin()).toBe('1001');
  connection.event('teamadded', '1001', { ...SALES, members });
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(board(page).getByRole('button', { name: 'Sales' })).toBeVisible();
  await expect(row(page, 'Ana Torres')).toHaveAccessibleName(/Agent.*Ready.*at least 0:0\d/);
  await expect(row(page, 'Bo Lindqvist')).toHaveAccessibleName(
    /Supervisor.*Not ready.*at least.*Did not answer an offered call/,
  );
  await expect(row(page, 'Chidi Okafor')).toHaveAccessibleName(/Team lead.*After-call work.*at least/);
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText(
    '1 ready, 1 not ready, 1 after-call work',
  );
});

test('the mark for “at least” comes before its time even from right to left', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  await page.locator(':root').evaluate((root) => {
    root.setAttribute('dir', 'rtl');
  });
  const mark = row(page, 'Ana Torres').getByText('≥', { exact: true });
  const [box, clock] = [await mark.boundingBox(), await mark.locator('..').boundingBox()];
  expect(box?.x).toBe(clock?.x);
});

test('a status seen again after a break continues as “about”, and says how much of it was unwatched', async ({
  processor,
  openWidget,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  // Longer than the gap will be.
  await passes(4000);
  await expect(row(page, 'Bo Lindqvist')).toContainText(/0:(0[4-9]|[1-5]\d)/);
  connection.terminate();
  const again = await processor.connection();
  await again.begin();
  again.event('teamadded', '1001', { ...SALES, members });
  await expect(row(page, 'Bo Lindqvist')).toHaveAccessibleName(/about 0:\d\d/);
  await expect(row(page, 'Bo Lindqvist').getByText('~', { exact: true }).first()).toBeVisible();
  await expect(
    row(page, 'Bo Lindqvist')
      .getByTitle(/as far as was seen; not watched for/)
      .first(),
  ).toBeVisible();
  await row(page, 'Bo Lindqvist').getByRole('button').first().click();
  const panel = page.getByRole('dialog', { name: 'Bo Lindqvist' });
  await expect(panel.getByText(/^not watched for .* of it$/).first()).toBeVisible();
  await expect(panel.getByRole('list', { name: 'History' })).toContainText('seen again after a gap');
});

test('a status that was seen to change has an exact time', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  await expect(row(page, 'Ana Torres')).toContainText('at least');
  connection.event('memberstatuschanged', '1001', {
    ...SALES,
    members: [member('m1', { memberName: 'Ana Torres', status: 'NOT_READY', reason: '32799' })],
  });
  await expect(row(page, 'Ana Torres')).toContainText('Not ready');
  await expect(row(page, 'Ana Torres')).toContainText('code 32799');
  await expect(row(page, 'Ana Torres')).not.toContainText('at least');
  await expect(row(page, 'Bo Lindqvist')).toContainText('at least');
});

test('a changed reason starts its own time and keeps the time in status; a repeat keeps both', async ({
  processor,
  openWidget,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  const change = (status: string, reason: string) => {
    connection.event('memberstatuschanged', '1001', {
      ...SALES,
      members: [member('m1', { memberName: 'Ana Torres', status, reason })],
    });
  };
  change('not_ready', '32763');
  const clock = row(page, 'Ana Torres').getByTitle(/^Since /);
  const reasonClock = row(page, 'Ana Torres').getByTitle(/^In this reason since /);
  await expect(clock).toHaveCount(1);
  // The reason came with the status: in a narrow window, one time is enough.
  await expect(reasonClock).toBeHidden();
  // So that a new time would differ by a second.
  await passes(2000);
  await expect(clock).toHaveText(/0:(0[2-9]|[1-5]\d)/);
  const since = await clock.getAttribute('title');
  change('Not_Ready', '32742');
  await expect(row(page, 'Ana Torres')).toContainText('Busy on another line');
  await expect(reasonClock).toBeVisible();
  await expect(row(page, 'Ana Torres')).toHaveAccessibleName(
    /Not ready 0:\d\d Busy on another line ?, by the agent 0:\d\d in this reason/,
  );
  const reasonSince = await reasonClock.getAttribute('title');
  expect(reasonSince).not.toBe(`In this reason s${since?.slice(1) ?? ''}`);
  expect(await clock.getAttribute('title')).toBe(since);
  change('not_ready', '32742');
  await connection.roundTrip();
  await expect(clock).toHaveText(/0:(0[3-9]|[1-5]\d)/);
  expect(await clock.getAttribute('title')).toBe(since);
  expect(await reasonClock.getAttribute('title')).toBe(reasonSince);
  change('ready', '0');
  await expect(row(page, 'Ana Torres')).toContainText('Ready');
  await expect(reasonClock).toHaveCount(0);
});

test('on a wide screen there is a column for the time in the reason, filled if there is one', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget();
  await page.setViewportSize({ width: 1000, height: 640 });
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  await expect(board(page).getByRole('columnheader')).toHaveText([
    'Name',
    'Type',
    'Status',
    'Time in status',
    'Reason',
    'Time in reason',
  ]);
  const cells = (name: string) => row(page, name).getByRole('cell');
  await expect(cells('Bo Lindqvist').nth(5)).toHaveText(/at least.*\d:\d\d.*in this reason/);
  await expect(cells('Bo Lindqvist').nth(5)).toBeVisible();
  await expect(cells('Ana Torres').nth(5)).toHaveText('');
});

for (const width of [320, 380, 800]) {
  test(`nothing in a row overlaps at ${width} px`, async ({ processor, openWidget }) => {
    const page = await openWidget();
    await page.setViewportSize({ width, height: 640 });
    const connection = await processor.connection();
    await connection.begin();
    const long = { memberName: 'Wolfeschlegelsteinhausenbergerdorff', memberType: 'Supervisor', status: 'ACW' };
    connection.event('teamadded', '1001', { ...SALES, members: [member('m1', { ...long, reason: '32747' })] });
    connection.event('memberstatuschanged', '1001', {
      ...SALES,
      members: [member('m1', { ...long, reason: '32745' })],
    });
    const cells = row(page, 'Wolfe').getByRole('cell');
    await expect(cells.nth(4)).toHaveText('Choosing a wrap-up code after an outbound call, by the agent');
    await expect(cells).toHaveCount(6);
    const boxes = await cells.evaluateAll((elements) =>
      elements.map((element) => {
        // The visible text, without what is cut off and without what is only for screen readers.
        const cell = element.getBoundingClientRect();
        const isCut = getComputedStyle(element).overflow === 'hidden';
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        let [left, right] = [cell.left, cell.right];
        while (texts.nextNode()) {
          if (isCut || texts.currentNode.parentElement?.closest('.unseen') !== null) continue;
          const range = document.createRange();
          range.selectNodeContents(texts.currentNode);
          const text = range.getBoundingClientRect();
          [left, right] = [Math.min(left, text.left), Math.max(right, text.right)];
        }
        return { left, right, top: cell.top, bottom: cell.bottom };
      }),
    );
    const overlaps = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => [a, b]),
    );
    expect(overlaps).toEqual([]);
    expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(width);
  });
}

test('members join and leave, and the others stay', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  connection.event('memberadded', '1001', { ...SALES, members: [member('m4', { memberName: 'Dina Roth' })] });
  await expect(row(page, 'Dina Roth')).toContainText('at least');
  connection.event('memberremoved', '1001', { ...SALES, members: [{ memberId: 'm1' }] });
  await expect(row(page, 'Ana Torres')).toHaveCount(0);
  await expect(row(page, 'Dina Roth')).toBeVisible();
  await expect(row(page, 'Chidi Okafor')).toBeVisible();
});

test('a team is renamed, and goes when it is removed', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  connection.event('teamadded', '1001', {
    teamId: 't2',
    teamName: 'Billing',
    members: [member('m9', { memberName: 'Zoe Ng' })],
  });
  connection.event('teamchanged', '1001', { teamId: 't1', teamName: 'Sales North', members: [] });
  await expect(board(page).getByRole('button', { name: 'Sales North' })).toBeVisible();
  await expect(row(page, 'Ana Torres')).toBeVisible();
  connection.event('teamremoved', '1001', { teamId: 't1', teamName: 'Sales North', members: [] });
  await expect(board(page).getByRole('button', { name: 'Sales North' })).toHaveCount(0);
  await expect(row(page, 'Ana Torres')).toHaveCount(0);
  await expect(row(page, 'Zoe Ng')).toBeVisible();
});

test('[VALUE-1] an undocumented status shows as sent, and never as ready', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', {
    ...SALES,
    members: [member('m1', { memberName: 'Ana Torres', status: 'Talking', memberType: 'Visitor' })],
  });
  await expect(row(page, 'Ana Torres')).toHaveAccessibleName(/Visitor.*Talking/);
  await expect(board(page).getByRole('row', { name: /^Sales/ })).toContainText('1 other');
  await expect(board(page)).not.toContainText('1 ready');
});

test('a team folds and unfolds by its button', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  const button = board(page).getByRole('button', { name: 'Sales' });
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await button.press('Enter');
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await expect(row(page, 'Ana Torres')).toHaveCount(0);
  await button.press('Enter');
  await expect(row(page, 'Ana Torres')).toBeVisible();
});

test('a member of two teams has a row in each and counts once overall', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  const ana = member('m1', { memberName: 'Ana Torres' });
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  connection.event('teamadded', '1001', { teamId: 't2', teamName: 'Billing', members: [ana] });
  await expect(row(page, 'Ana Torres')).toHaveCount(2);
  await expect(page.getByTitle('1 ready').first()).toBeVisible();
  await expect(page.getByTitle('2 ready')).toHaveCount(0);
});

test('several agents are watched, each with its own begin', async ({ processor, openWidget }) => {
  const page = await openWidget(['--processor', processor.url, '--agent', '1001', '--agent', '1002']);
  const connection = await processor.connection();
  expect([await connection.begin(), await connection.begin()]).toEqual(['1001', '1002']);
  connection.event('teamadded', '1001', { ...SALES, members });
  connection.event('teamadded', '1002', {
    teamId: 't2',
    teamName: 'Billing',
    members: [member('m9', { memberName: 'Zoe Ng' })],
  });
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await expect(row(page, 'Zoe Ng')).toBeVisible();
});

test('a subscribed agent without teams is shown as waiting', async ({ processor, openWidget, times, passes }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await expect(page.getByRole('heading', { name: 'Waiting for teams' })).toBeVisible();
  await connection.roundTrip();
  await passes(times.settleMs);
  await expect(page.getByRole('heading', { name: 'No teams so far' })).toBeVisible();
});

test('a refused begin is an alert with code and message, and its details', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  connection.failure(await connection.request('report.teamstatus.begin'), {
    code: 'AGENT_NOT_FOUND',
    message: 'No such agent',
    context: 'at Reports.begin(Reports.java:12)',
  });
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('AGENT_NOT_FOUND');
  await expect(alert).toContainText('No such agent');
  await expect(alert.getByText('Reports.java:12')).toBeHidden();
  await alert.getByText('Details').click();
  await expect(alert.getByText('Reports.java:12')).toBeVisible();
  await expect(lamp(page)).toHaveText('No teams');
});

test('[BEGIN-3] if every agent is refused, one notice says who and why, and what helps', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget(['--processor', processor.url, '--agent', '77777', '--agent', '88888', '--agent', '9']);
  const connection = await processor.connection();
  const refuse = async (code: string, message: string): Promise<void> => {
    connection.failure(await connection.request('report.teamstatus.begin'), { code, message });
  };
  await refuse('', 'No such agent');
  await expect(lamp(page), 'others may still be accepted').not.toHaveText('No teams');
  await refuse('', 'No such agent');
  await refuse('BUSY', 'Too many sessions');
  await expect(lamp(page)).toHaveText('No teams');
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  await expect(alert.getByText('77777, 88888: No such agent', { exact: true })).toBeVisible();
  await expect(alert.getByText('9: Too many sessions (BUSY)')).toBeVisible();
  await expect(alert).toContainText('Check the agent’s ID. The widget asks again every 15 seconds.');
  await expect(page.getByText('The processor refuses every agent')).toHaveCount(0);
  await alert.getByRole('button', { name: 'Connection…' }).click();
  await expect(page.getByRole('dialog', { name: 'Connection' })).toBeVisible();
});

test('if some agents are accepted, the link is live and each other one says what helps', async ({
  processor,
  openWidget,
}) => {
  const page = await openWidget(['--processor', processor.url, '--agent', '77777', '--agent', '1001', '--agent', '9']);
  const connection = await processor.connection();
  connection.failure(await connection.request('report.teamstatus.begin'), { code: 'E', message: 'Unknown agent' });
  await connection.begin();
  connection.failure(await connection.request('report.teamstatus.begin'), { code: 'E', message: 'Denied' });
  await expect(lamp(page)).toHaveText(/^Live/);
  await expect(page.getByRole('alert').filter({ hasText: '77777' })).toContainText('Check the agent’s ID.');
  await expect(page.getByRole('alert').filter({ hasText: 'Denied' })).toContainText('asks again every 15 seconds');
});

test('an agent whose teams have all gone is shown as being in none now', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members });
  connection.event('teamremoved', '1001', SALES);
  await expect(page.getByRole('heading', { name: 'In no team now' })).toBeVisible();
});

test('when the only subscribed agent is replaced by a refused one, the lamp is no longer live', async ({
  processor,
  openWidget,
  profileDir,
}) => {
  await writeFile(
    path.join(profileDir, 'settings.json'),
    JSON.stringify({ processorUrls: [processor.url], agentIds: ['1001'] }),
  );
  const page = await openWidget([]);
  const connection = await processor.connection();
  await connection.begin();
  await expect(lamp(page)).toHaveText(/^Live/);
  await page.getByRole('button', { name: 'Connection', exact: true }).click();
  await page.getByRole('textbox', { name: 'Agent IDs' }).fill('7777');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  connection.success(await connection.request('report.teamstatus.end'));
  connection.failure(await connection.request('report.teamstatus.begin'), { code: 'NO', message: 'No such agent' });
  await expect(lamp(page)).toHaveText('No teams');
  await expect(page.getByRole('alert')).toContainText('No such agent');
});
