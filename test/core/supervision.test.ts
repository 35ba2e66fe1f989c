/** Limits, alerts, record and digest in the complete core, with frames from a real socket. */
import { describe, expect, test, vi } from 'vitest';
import { ALERTS_ON, type Notice } from '../../src/shared/alerts/alerts.ts';
import { blindTimeJson, blindTimeText } from '../../src/shared/link/blind-time-report.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { CoreState } from '../../src/core/widget.ts';
import { member } from '../../lab/bare-processor.ts';
import { reason } from '../../lab/fake-transport.ts';
import { harness } from '../../lab/widget-harness.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };

async function watched(given: Partial<Settings> = {}) {
  // No heartbeat in between: time passes in minutes here, but no real socket answers that fast.
  const all = await harness({ heartbeatMs: 600_000, ...given });
  const notices: Notice[] = [];
  let state: CoreState = all.widget.state;
  all.widget.subscribe({
    onBoard: () => undefined,
    onState: (told) => {
      state = told;
    },
    onNotice: (notice) => notices.push(notice),
  });
  all.widget.supervision.rules = {
    limits: [{ status: 'not_ready', seconds: 100 }],
    floors: [],
    alerts: ALERTS_ON,
    reasons: [],
  };
  const level = (memberId: string) =>
    all.reader.view.flatMap(({ members }) => members).find((row) => row.memberId === memberId)?.attention?.level;
  return { ...all, notices, level, state: () => state };
}

describe('a limit', () => {
  test('is crossed in its second, and alerted to once', async () => {
    const { goLive, sync, clock, level, notices, state } = await watched();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
    await sync(connection);
    clock.advance(75_000);
    clock.advance(16);
    expect(level('m')).toBe('amber');
    clock.advance(25_000);
    clock.advance(16);
    expect(level('m')).toBe('red');
    expect(notices.map(({ id }) => id)).toEqual(['alert-1']);
    expect(state().alerts).toMatchObject({
      unseen: 1,
      list: [{ kind: 'limit', person: { memberId: 'm' }, endedAt: null }],
    });
  });

  test('is not crossed once the link is lost', async () => {
    const { goLive, sync, clock, level, notices, link } = await watched();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
    await sync(connection);
    clock.advance(50_000);
    connection.terminate();
    await link('waiting');
    clock.advance(300_000);
    expect(level('m')).toBe('none');
    expect(notices).toEqual([]);
  });
});

test('a limit is not crossed by a sleep: what is known then is of before it', async () => {
  const { goLive, sync, clock, level, notices, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
  await sync(connection);
  clock.advance(60_000);
  clock.jump(3_600_000);
  clock.advance(15_100);
  clock.advance(16);
  expect(widget.state.link.state.name).toBe('stale');
  expect(level('m')).toBe('none');
  expect(notices).toEqual([]);
});

test('a begin that is refused after a break makes no digest of everybody having left', async () => {
  const { goLive, sync, clock, link, processor, state, settings } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n')] });
  await sync(connection);
  await clock.run(settings.settleMs);
  connection.terminate();
  await link('waiting');
  await clock.run(40_000);
  const again = await processor.connection();
  again.failure(await again.request('report.teamstatus.begin'), { code: 'E', message: 'no', context: '' });
  await sync(again);
  const second = again.begin();
  await clock.run(15_000);
  await second;
  await sync(again);
  again.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n')] });
  await sync(again);
  await clock.run(settings.settleMs + 100);
  expect(state().digest).toBeNull();
});

test('what changed while the link was down is told when the board is whole again', async () => {
  const { goLive, subscribed, sync, clock, link, state, widget, settings } = await watched();
  const connection = await goLive();
  const members = [member('stays'), member('changes'), member('leaves')];
  connection.event('teamadded', 'a', { ...SALES, members });
  await sync(connection);
  clock.advance(10_000);
  connection.terminate();
  await link('waiting');
  clock.advance(60_000);
  const again = await subscribed();
  again.event('teamadded', 'a', {
    ...SALES,
    members: [member('stays'), member('changes', { status: 'ACW' }), member('joins')],
  });
  await sync(again);
  expect(state().digest).toBeNull();
  await clock.run(settings.settleMs + 100);
  expect(state().digest).toMatchObject({ reason: 'blind', left: 1, joined: 1, changed: 1 });
  expect(widget.supervision.digest?.left).toEqual([{ memberId: 'leaves', memberName: 'Name of leaves' }]);
  widget.supervision.dismissDigest();
  expect(widget.state.digest).toBeNull();
});

describe('who came while nothing was known', () => {
  const SERVICE = { teamId: 't2', teamName: 'Service' };
  const joined = ({ widget }: Pick<Awaited<ReturnType<typeof watched>>, 'widget'>) =>
    widget.supervision.digest?.joined.map(({ memberId }) => memberId);

  test('[BLIND-3] is told of, all of them, also where nobody had been there before', async () => {
    const all = await watched();
    const connection = await all.goLive();
    await all.clock.run(all.settings.settleMs);
    connection.terminate();
    await all.link('waiting');
    all.clock.advance(60_000);
    const again = await all.subscribed();
    again.event('teamadded', 'a', { ...SALES, members: [member('m1'), member('m2')] });
    await all.sync(again);
    all.clock.advance(500);
    again.event('teamadded', 'a', { ...SERVICE, members: [member('m3'), member('m4')] });
    await all.sync(again);
    await all.clock.run(all.settings.settleMs);
    expect(joined(all)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  test('is told of where it came late, on a link that was stale', async () => {
    const all = await harness();
    const connection = await all.goLive();
    await all.sync(connection);
    await all.clock.run(all.settings.settleMs);
    await all.sync(connection);
    connection.answersPings = false;
    all.clock.advance(1000);
    for (let beat = 0; beat < 4; beat += 1) {
      all.clock.advance(all.settings.heartbeatMs);
      connection.event('memberadded', 'a', { ...SALES, members: [member(`m${String(beat)}`)] });
      await all.sync(connection);
    }
    expect(all.widget.state.link.state.name).toBe('stale');
    connection.answersPings = true;
    all.clock.advance(all.settings.heartbeatMs);
    await all.link('live');
    expect(joined(all)).toEqual(['m0', 'm1', 'm2', 'm3']);
  });
});

describe('one gap has one length', () => {
  test('[BLIND-2] wherever it is told of: digest, ledger, past board, history and what is copied', async () => {
    const { goLive, subscribed, sync, clock, link, widget, settings } = await watched();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n'), member('o')] });
    await sync(connection);
    const start = clock.now();
    await clock.run(settings.settleMs + 200_000);
    connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('n', { status: 'ACW' })] });
    await sync(connection);
    const from = clock.now();
    clock.advance(20_000);
    connection.terminate();
    await link('waiting');
    const blindSince = [widget.state.link.blindSince, widget.state.blindTime.blindSince];
    expect(blindSince).toEqual([from, from]);
    const inGap = clock.now();
    clock.advance(97_000);
    const again = await subscribed();
    const to = clock.now();
    again.event('teamadded', 'a', {
      ...SALES,
      members: [member('m', { status: 'ACW' }), member('n', { status: 'ACW' }), member('o')],
    });
    await sync(again);
    await clock.run(settings.settleMs + 100);
    const gap = { from, to };
    expect(widget.blindTime.gaps).toMatchObject([gap]);
    expect(widget.supervision.digest).toMatchObject({ ...gap, awayMs: to - from, reason: 'blind' });
    expect(widget.state.digest).toMatchObject({ ...gap, awayMs: to - from });
    expect(widget.supervision.boardAt(inGap).gap).toMatchObject(gap);
    expect(widget.supervision.historyOf('m')?.gaps).toMatchObject([gap]);
    expect(widget.supervision.historyOf('o')?.spans).toMatchObject([
      { at: start, to: from },
      { at: to, to: null },
    ]);
    const head = { version: '1', processor: 'p', createdAt: 0, wall: (at: number) => at };
    expect(blindTimeText(widget.blindTime, head)).toContain('1:57');
    expect(JSON.parse(blindTimeJson(widget.blindTime, head))).toMatchObject({
      totalBlindMs: 117_000,
      gaps: [{ durationMs: 117_000 }],
    });
    const o = widget.boardSnapshot().teams[0]?.members.find(({ memberId }) => memberId === 'o');
    expect(o?.since).toEqual({ at: start, known: 'across-gap', unwatchedMs: to - from });
  });

  test('[BLIND-3] several gaps before the board is whole are told of together, and the time between them is not blind', async () => {
    const { goLive, subscribed, sync, clock, link, widget, settings } = await watched();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    await sync(connection);
    await clock.run(settings.settleMs);
    const from = clock.now() - settings.settleMs;
    connection.terminate();
    await link('waiting');
    clock.advance(40_000);
    const second = await subscribed();
    clock.advance(5000);
    await sync(second);
    second.terminate();
    await link('waiting');
    clock.advance(20_000);
    const third = await subscribed();
    third.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'ACW' })] });
    await sync(third);
    await clock.run(settings.settleMs + 100);
    const { gaps } = widget.blindTime;
    expect(gaps).toHaveLength(2);
    const { digest } = widget.supervision;
    expect(digest).toMatchObject({ from, to: gaps.at(-1)?.to, changed: [{ memberId: 'm' }] });
    expect(digest?.awayMs).toBe(gaps.reduce((sum, gap) => sum + (gap.to ?? 0) - gap.from, 0));
  });

  test('[BLIND-2] a short gap is no longer for the time in which the board becomes whole', async () => {
    const { goLive, subscribed, sync, clock, link, widget, settings } = await watched();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    await sync(connection);
    await clock.run(settings.settleMs);
    connection.event('teamchanged', 'a', SALES);
    await sync(connection);
    connection.terminate();
    await link('waiting');
    clock.advance(25_000);
    const again = await subscribed();
    again.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'ACW' })] });
    await sync(again);
    await clock.run(settings.settleMs + 100);
    expect(widget.supervision.digest).toBeNull();
  });
});

test('agents who are watched no more are let go at one stroke: nothing is told in the midst of it', async () => {
  const { goLive, sync, clock, link, processor, state, settings, widget } = await watched({ agentIds: ['a', 'b'] });
  const connection = await goLive();
  for (const agentId of ['a', 'b']) {
    connection.event('teamadded', agentId, { teamId: agentId, teamName: agentId, members: [member(`of ${agentId}`)] });
  }
  await sync(connection);
  await clock.run(settings.settleMs);
  connection.terminate();
  await link('waiting');
  await clock.run(40_000);
  const again = await processor.connection();
  // The agent watched first is refused at first, so that the other one has settled before it.
  again.failure(await again.request('report.teamstatus.begin'), { code: 'E', message: 'no', context: '' });
  const other = await again.request('report.teamstatus.begin');
  await clock.run(8000);
  again.success(other);
  await sync(again);
  again.event('teamadded', 'b', { teamId: 'b', teamName: 'b', members: [member('of b'), member('new')] });
  await sync(again);
  const second = again.begin();
  await clock.run(7000);
  await second;
  await clock.run(4000);
  expect(state().digest).toBeNull();
  const teams: number[] = [];
  vi.spyOn(widget.supervision, 'markComplete').mockImplementation(() => {
    teams.push(widget.boardSnapshot().teams.length);
  });
  await widget.connect({ ...settings, agentIds: [] });
  expect(new Set(teams)).toEqual(new Set([0]));
});

test('what changed while the screen was locked is told at once when it is unlocked', async () => {
  const { goLive, sync, clock, widget, settings } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await sync(connection);
  await clock.run(settings.settleMs);
  widget.supervision.leave();
  await clock.run(40_000);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('m', { status: 'ACW' })] });
  await sync(connection);
  expect(widget.state.digest).toBeNull();
  widget.supervision.comeBack();
  expect(widget.state.digest).toMatchObject({ reason: 'locked', changed: 1, awayMs: 40_000 });
});

test('the board of a moment in a gap is what was last known, and says that it is in a gap', async () => {
  const { goLive, subscribed, sync, clock, link, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
  await sync(connection);
  const start = clock.now();
  clock.advance(80_000);
  connection.event('teamchanged', 'a', SALES);
  await sync(connection);
  connection.terminate();
  await link('waiting');
  clock.advance(60_000);
  const inGap = clock.now();
  clock.advance(1000);
  await subscribed();
  const then = widget.supervision.boardAt(inGap);
  expect(then.gap?.from).toBe(start + 80_000);
  expect(then.board.teams[0]?.members[0]).toMatchObject({ memberId: 'm', attention: { level: 'amber' } });
  const before = widget.supervision.boardAt(start + 50_000);
  expect(before.gap).toBeNull();
  expect(before.board.teams[0]?.members[0]?.attention?.level).toBe('none');
  const history = widget.supervision.historyOf('m');
  expect(history?.gaps).toHaveLength(1);
  expect(history?.teamNames).toEqual(['Sales']);
  expect(widget.supervision.boardAt(0).at, 'the nearest moment on record').toBe(before.span.from);
});

test('who was not seen again yet after a break is old in the past, too, and comes no nearer to a limit', async () => {
  const { goLive, subscribed, sync, clock, link, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', {
    ...SALES,
    members: ['m', 'n'].map((id) => member(id, { status: 'not_ready' })),
  });
  await sync(connection);
  clock.advance(80_000);
  connection.terminate();
  await link('waiting');
  clock.advance(15_000);
  const again = await subscribed();
  again.event('memberstatuschanged', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
  await sync(again);
  clock.advance(6000);
  const now = clock.now();
  clock.advance(1000);
  const { gap, board } = widget.supervision.boardAt(now);
  expect(gap).toBeNull();
  expect(board.head.unconfirmed).toBe(1);
  const rows = board.teams.flatMap(({ members }) => members);
  expect(rows.map((row) => [row.memberId, row.confirmedIn < board.head.feed, row.attention?.level])).toEqual([
    ['m', false, 'red'],
    ['n', true, 'none'],
  ]);
});

test('the past does not begin with a board of which only a part had come', async () => {
  const { goLive, sync, clock, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await sync(connection);
  clock.advance(1000);
  connection.event('teamadded', 'a', { teamId: 't2', teamName: 'Support', members: [member('n')] });
  await sync(connection);
  clock.advance(60_000);
  const { at, span, board } = widget.supervision.boardAt(0);
  expect(at).toBe(span.from);
  expect(board.teams.map(({ team }) => team.teamName)).toEqual(['Sales', 'Support']);
});

test('nothing of all that outlives its processor', async () => {
  const { goLive, sync, clock, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
  await sync(connection);
  clock.advance(101_000);
  widget.supervision.snooze(600_000);
  const gone = widget.disconnect(reason('stopped'));
  await clock.run(1000);
  await gone;
  expect(widget.state.alerts).toEqual({ list: [], unseen: 0, isMuted: false, snoozedUntil: null });
  expect(widget.supervision.historyOf('m')).toBeNull();
  expect(widget.supervision.boardAt(clock.now()).board.teams).toEqual([]);
});
