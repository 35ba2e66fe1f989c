import { expectToTryAtOnce, lamp, row } from '../support/page-parts.ts';
import { expect, member, test } from '../support/widget-fixture.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const ana = member('m1', { memberName: 'Ana Torres' });
const bo = member('m2', { memberName: 'Bo Lindqvist' });

test('when the server stops and comes back, the board is right again by itself', async ({
  processor,
  openWidget,
  times,
  passes,
}) => {
  const page = await openWidget();
  const before = await processor.connection();
  await before.begin();
  before.event('teamadded', '1001', { ...SALES, members: [ana, bo] });
  before.event('teamadded', '1001', {
    teamId: 't2',
    teamName: 'Billing',
    members: [member('m9', { memberName: 'Zoe Ng' })],
  });
  await expect(row(page, 'Ana Torres')).toBeVisible();
  await expect(row(page, 'Ana Torres')).not.toContainText('old');

  await processor.stop();
  await expect(lamp(page)).toHaveText(/^Reconnecting/);
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await expect(page.getByText(/Last heard at/)).toBeVisible();

  await processor.restart();
  const after = await processor.connection();
  expect(await after.begin()).toBe('1001');
  await expect(lamp(page)).toHaveText(/^Live/);
  // Connected but not confirmed: still old, and the counts say so.
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await expect(page.getByTitle('3 ready; 3 of them old').first()).toBeVisible();
  after.event('teamadded', '1001', { ...SALES, members: [{ ...ana, status: 'ACW' }] });
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
  await expect(row(page, 'Ana Torres')).toContainText('at least');
  // What is never confirmed goes.
  await passes(times.settleMs);
  await expect(row(page, 'Bo Lindqvist')).toHaveCount(0);
  await expect(row(page, 'Zoe Ng')).toHaveCount(0);
});

test('a processor that falls silent is noticed: stale, then reconnected', async ({
  processor,
  openWidget,
  times,
  passes,
}) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  await expect(row(page, 'Ana Torres')).not.toContainText('old');
  connection.answersPings = false;
  await passes(2 * times.heartbeatMs);
  await expect(lamp(page)).toHaveText(/^Stale/);
  await expect(row(page, 'Ana Torres')).toContainText('old');
  await passes(times.heartbeatMs);
  const next = await processor.connection();
  await next.begin();
  await expect(lamp(page)).toHaveText(/^Live/);
});

test('“Try now” does not wait for the next attempt', async ({ processor, openWidget, passes }) => {
  test.slow();
  const page = await openWidget();
  await expectToTryAtOnce({ page, processor, passes }, () => page.getByRole('button', { name: 'Try now' }).click());
});

test('nothing is called old where nothing is shown', async ({ processor, openWidget, times, passes }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  await expect(lamp(page)).toHaveText(/^Live/);
  connection.answersPings = false;
  await passes(2 * times.heartbeatMs);
  await expect(page.getByText(/Nothing is known since/)).toBeVisible();
  await expect(page.getByText('what you see is old')).toHaveCount(0);
  await passes(times.heartbeatMs);
  const next = await processor.connection();
  const begin = await next.request('report.teamstatus.begin');
  next.failure(begin, { code: 'E1', message: 'No such agent' });
  await expect(lamp(page)).toHaveText('No teams');
  await expect(page.getByRole('alert')).toContainText('Nothing is known since');
  await expect(page.getByRole('alert')).not.toContainText('what you see is old');
});

test('refused credentials stop the link and say what to do; trying again is offered', async ({
  processor,
  openWidget,
}) => {
  processor.refuseWith = 401;
  const page = await openWidget();
  await expect(lamp(page)).toHaveText(/^Stopped/);
  await expect(page.getByRole('alert')).toContainText('401');
  await expect(page.getByRole('alert')).toContainText('headers');
  processor.refuseWith = null;
  await page.getByRole('button', { name: 'Try again' }).click();
  await (await processor.connection()).begin();
  await expect(lamp(page)).toHaveText(/^Live/);
});

test('a reloaded page shows the same board', async ({ processor, openWidget }) => {
  const page = await openWidget();
  const connection = await processor.connection();
  await connection.begin();
  connection.event('teamadded', '1001', { ...SALES, members: [ana] });
  connection.event('memberstatuschanged', '1001', { ...SALES, members: [{ ...ana, status: 'ACW' }] });
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await page.reload();
  await expect(row(page, 'Ana Torres')).toContainText('After-call work');
  await expect(row(page, 'Ana Torres')).not.toContainText('at least');
  connection.event('memberadded', '1001', { ...SALES, members: [bo] });
  await expect(row(page, 'Bo Lindqvist')).toBeVisible();
});
