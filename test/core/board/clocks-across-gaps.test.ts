/** Clocks, limits and alerts across gaps in the feed, in the complete core, with frames from a real socket. */
import { expect, test } from 'vitest';
import { ALERTS_ON } from '../../../src/shared/alerts/alerts.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { member, type BareConnection } from '../../../lab/bare-processor.ts';
import { harness } from '../../../lab/widget-harness.ts';

const TEAM = {
  teamId: 't1',
  teamName: 'Sales',
  members: [member('d1', { status: 'not_ready', reason: '27' }), member('d2')],
};

async function watched(seconds: number, given: Partial<Settings> = {}) {
  const all = await harness(given);
  const { clock, widget, settings, sync, link, subscribed } = all;
  const notices: string[] = [];
  widget.subscribe({
    onBoard: () => undefined,
    onState: () => undefined,
    onNotice: ({ id }) => notices.push(id),
  });
  widget.supervision.rules = {
    limits: [{ status: 'not_ready', seconds }],
    floors: [],
    alerts: ALERTS_ON,
    reasons: [],
  };
  /** Time passes on a live link, and every heartbeat is answered. */
  const live = async (ms: number, connection: BareConnection): Promise<void> => {
    let left = ms;
    for (; left > settings.heartbeatMs; left -= settings.heartbeatMs) {
      clock.advance(settings.heartbeatMs);
      await sync(connection);
    }
    clock.advance(left);
    await sync(connection);
  };
  /** The connection is cut and stays down for a while; then it is begun again, and the team is announced. */
  const cut = async (connection: BareConnection, ms: number, team = TEAM): Promise<BareConnection> => {
    connection.terminate();
    await link('waiting');
    clock.advance(ms);
    // Attempts that follow each other too fast are delayed for longer.
    if (widget.state.link.state.name === 'waiting') widget.tryNow();
    const again = await subscribed();
    again.event('teamadded', 'a', team);
    await sync(again);
    return again;
  };
  const row = (memberId = 'd1') =>
    widget.boardSnapshot().teams[0]?.members.find((one) => one.memberId === memberId) ?? expect.fail('nobody');
  const alerts = () =>
    widget.state.alerts.list.map(({ kind, endedAt }) => `${kind}${endedAt === null ? '' : ' ended'}`);
  return { ...all, notices, live, cut, row, alerts };
}

test('after two hours and a cut of 40 seconds, and five more within three minutes, the clock goes on, nothing alerts twice and no open alert ends', async () => {
  const { goLive, sync, clock, live, cut, row, alerts, notices } = await watched(3600, { heartbeatMs: 60_000 });
  let connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  const start = clock.now();
  await live(7_200_000, connection);
  expect(alerts()).toEqual(['limit']);
  const cutAt = clock.now();
  connection = await cut(connection, 40_000);
  const once = { at: start, known: 'across-gap', unwatchedMs: 40_000 };
  expect(clock.now() - cutAt).toBe(40_000);
  expect(row()).toMatchObject({ since: once, reasonSince: once, attention: { level: 'red' } });
  expect(row('d2')).toMatchObject({ since: once });
  for (let count = 0; count < 5; count += 1) {
    await live(30_000, connection);
    connection = await cut(connection, 5000);
  }
  // Nothing arrived on those connections between the announcement and the cut.
  expect(row().since).toEqual({ ...once, unwatchedMs: 40_000 + 5 * 35_000 });
  clock.advance(16);
  expect(row().attention?.level).toBe('red');
  expect(alerts()).toEqual(['limit']);
  expect(notices).toEqual(['alert-1']);
});

test('[CLOCK-7] a break every eight seconds keeps no limit from being reached, nor alerts to it twice', async () => {
  const { goLive, sync, clock, live, cut, row, notices } = await watched(60);
  let connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  const start = clock.now();
  let reds = 0;
  for (let count = 0; count < 12; count += 1) {
    await live(8000, connection);
    if (row().attention?.level === 'red') reds += 1;
    // If no connection lasts for a heartbeat, each attempt takes longer than the one before.
    connection = await cut(connection, Math.min(30_000, 1000 * 2 ** count));
    expect(row().since.at).toBe(start);
  }
  clock.advance(16);
  expect(reds).toBeGreaterThan(6);
  expect(row().attention?.level).toBe('red');
  expect(notices).toEqual(['alert-1']);
});

test('a gap longer than the time known before it starts the clock anew, and so does another status', async () => {
  const { goLive, sync, clock, live, cut, row } = await watched(3600);
  let connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  await live(35_000, connection);
  connection = await cut(connection, 45_000);
  const seenAgain = { at: clock.now(), known: 'at-least' };
  expect(row()).toMatchObject({ since: seenAgain, reasonSince: seenAgain });
  await live(35_000, connection);
  const [d1, d2] = TEAM.members;
  await cut(connection, 1000, { ...TEAM, members: [{ ...member('d1'), status: 'ACW' }, ...(d1 && d2 ? [d2] : [])] });
  expect(row().since).toEqual({ at: clock.now(), known: 'at-least' });
  expect(row('d2').since).toMatchObject({ at: seenAgain.at, known: 'across-gap' });
});

test('a sleep longer than what was known before it starts the clock anew, though the connection was lost only on waking', async () => {
  const { goLive, sync, clock, live, cut, row } = await watched(3600);
  const connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  await live(600_000, connection);
  clock.jump(3_600_000);
  await cut(connection, 1000);
  expect(row().since).toEqual({ at: clock.now(), known: 'at-least' });
});

test('[CLOCK-6] a link that is stale and recovers makes no gap', async () => {
  const { goLive, sync, clock, live, link, row, settings, widget } = await watched(3600);
  const connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  const start = clock.now();
  connection.answersPings = false;
  clock.advance(2 * settings.heartbeatMs);
  expect(widget.state.link.state.name).toBe('stale');
  await sync(connection);
  connection.answersPings = true;
  clock.advance(settings.heartbeatMs);
  await link('live');
  connection.event('memberstatuschanged', 'a', TEAM);
  await live(1000, connection);
  expect(row().since).toEqual({ at: start, known: 'at-least' });
});

test('[CLOCK-1] a change that may have been on its way for longer than a heartbeat is “at least”', async () => {
  const { goLive, sync, clock, row, settings } = await watched(3600);
  const connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  connection.answersPings = false;
  clock.advance(settings.heartbeatMs);
  connection.event('memberstatuschanged', 'a', { ...TEAM, members: [member('d2', { status: 'ACW' })] });
  await sync(connection);
  expect(row('d2').since.known).toBe('exact');
  clock.advance(1);
  connection.event('memberstatuschanged', 'a', { ...TEAM, members: [member('d2')] });
  await sync(connection);
  expect(row('d2').since).toEqual({ at: clock.now(), known: 'at-least' });
});

/** The team has been watched for two hours, with a limit of one, and the connection was cut two seconds ago. */
async function cutAfterTwoHours() {
  const all = await watched(3600, { heartbeatMs: 60_000 });
  const { goLive, sync, clock, live, link } = all;
  const connection = await goLive();
  connection.event('teamadded', 'a', TEAM);
  await sync(connection);
  const start = clock.now();
  await live(7_200_000, connection);
  connection.terminate();
  await link('waiting');
  const cutAt = clock.now();
  clock.advance(2000);
  return { ...all, start, cutAt };
}

test('[BREAK-4] a begin that is refused while the processor is starting costs no clock, no row and no alert', async () => {
  const { sync, clock, row, alerts, notices, processor, board, widget, settings, start, cutAt } =
    await cutAfterTwoHours();
  const again = await processor.connection();
  for (let tries = 0; tries < 5; tries += 1) {
    again.failure(await again.request('report.teamstatus.begin'), { code: 'BUSY', message: 'Starting', context: '' });
    await sync(again);
    expect(board()).toEqual(['Sales old: d1 not_ready old, d2 ready old']);
    expect(alerts()).toEqual(['limit']);
    clock.advance(15_000);
  }
  await again.begin();
  again.event('teamadded', 'a', TEAM);
  await sync(again);
  const gone = { at: start, known: 'across-gap', unwatchedMs: clock.now() - cutAt };
  expect(row()).toMatchObject({ since: gone, reasonSince: gone, attention: { level: 'red' } });
  clock.advance(settings.settleMs);
  clock.advance(16);
  expect(alerts()).toEqual(['limit']);
  expect(notices).toEqual(['alert-1']);
  expect(widget.state.digest).toBeNull();
});

test.each([
  ['comes only after the teams have had their time', undefined],
  ['can be read only at the second try', { teamId: 't1', teamName: 'Sales', members: null }],
])('where the list of a team %s, its clocks go on, and what was told is not told again', async (_, first) => {
  const { sync, clock, live, row, notices, subscribed, settings, start, cutAt } = await cutAfterTwoHours();
  const again = await subscribed();
  if (first !== undefined) again.event('teamadded', 'a', first as unknown as typeof TEAM);
  await sync(again);
  clock.advance(settings.settleMs + 1);
  await live(180_000, again);
  again.event('teamadded', 'a', TEAM);
  await sync(again);
  clock.advance(16);
  expect(row()).toMatchObject({
    since: { at: start, known: 'across-gap', unwatchedMs: clock.now() - 16 - cutAt },
    attention: { level: 'red' },
  });
  expect(notices).toEqual(['alert-1']);
});
