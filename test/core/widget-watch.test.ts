/** Limits, alerts, record and digest on frames of a real socket: what the whole core makes of them. */
import { describe, expect, test } from 'vitest';
import { ALERTS_ON, type Notice } from '../../src/shared/alerts.ts';
import type { CoreState } from '../../src/core/widget.ts';
import { member } from '../support/bare-processor.ts';
import { reason } from '../support/fake-transport.ts';
import { harness } from './widget-harness.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };

async function watched() {
  // No heartbeat comes between: time passes here by minutes, but no real socket answers as fast.
  const all = await harness({ heartbeatMs: 600_000 });
  const notices: Notice[] = [];
  let state: CoreState = all.widget.state;
  all.widget.subscribe({
    onBoard: () => undefined,
    onState: (told) => {
      state = told;
    },
    onNotice: (notice) => notices.push(notice),
  });
  all.widget.watch.rules = {
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
    expect(state().alerts).toMatchObject({ unseen: 1, list: [{ kind: 'limit', memberId: 'm', endedAt: null }] });
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
  const { goLive, begun, sync, clock, link, state, widget, settings } = await watched();
  const connection = await goLive();
  const members = [member('stays'), member('changes'), member('leaves')];
  connection.event('teamadded', 'a', { ...SALES, members });
  await sync(connection);
  clock.advance(10_000);
  connection.terminate();
  await link('waiting');
  clock.advance(60_000);
  const again = await begun();
  again.event('teamadded', 'a', {
    ...SALES,
    members: [member('stays'), member('changes', { status: 'ACW' }), member('joins')],
  });
  await sync(again);
  expect(state().digest).toBeNull();
  await clock.run(settings.settleMs + 100);
  expect(state().digest).toMatchObject({ reason: 'blind', left: 1, joined: 1, changed: 1 });
  expect(widget.watch.digest?.left).toEqual([{ memberId: 'leaves', memberName: 'Name of leaves' }]);
  widget.watch.dismissDigest();
  expect(widget.state.digest).toBeNull();
});

test('what changed while the screen was locked is told at once when it is unlocked', async () => {
  const { goLive, sync, clock, widget, settings } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await sync(connection);
  await clock.run(settings.settleMs);
  widget.watch.leave();
  await clock.run(40_000);
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('m', { status: 'ACW' })] });
  await sync(connection);
  expect(widget.state.digest).toBeNull();
  widget.watch.comeBack();
  expect(widget.state.digest).toMatchObject({ reason: 'locked', changed: 1 });
});

test('the board of a moment in a gap is what was last known, and says that it is in a gap', async () => {
  const { goLive, begun, sync, clock, link, widget } = await watched();
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
  await begun();
  const then = widget.watch.boardAt(inGap);
  expect(then.gap?.from).toBe(start + 80_000);
  expect(then.board.teams[0]?.members[0]).toMatchObject({ memberId: 'm', attention: { level: 'amber' } });
  const before = widget.watch.boardAt(start + 50_000);
  expect(before.gap).toBeNull();
  expect(before.board.teams[0]?.members[0]?.attention?.level).toBe('none');
  const history = widget.watch.historyOf('m');
  expect(history?.gaps).toHaveLength(1);
  expect(history?.teamNames).toEqual(['Sales']);
  expect(widget.watch.boardAt(0).at, 'the nearest moment on record').toBe(before.span.from);
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
  const { at, span, board } = widget.watch.boardAt(0);
  expect(at).toBe(span.from);
  expect(board.teams.map(({ team }) => team.teamName)).toEqual(['Sales', 'Support']);
});

test('nothing of all that outlives its processor', async () => {
  const { goLive, sync, clock, widget } = await watched();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m', { status: 'not_ready' })] });
  await sync(connection);
  clock.advance(101_000);
  widget.watch.snooze(600_000);
  const gone = widget.disconnect(reason('over'));
  await clock.run(1000);
  await gone;
  expect(widget.state.alerts).toEqual({ list: [], unseen: 0, isMuted: false, snoozedUntil: null });
  expect(widget.watch.historyOf('m')).toBeNull();
  expect(widget.watch.boardAt(clock.now()).board.teams).toEqual([]);
});
