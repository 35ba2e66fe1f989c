/**
 * The complete core against a processor of bare frames: from begin to board, journeys, breaks, changes and goodbyes.
 */
import { describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../src/core/settings.ts';
import { member } from '../../lab/bare-processor.ts';
import { settled, START } from '../../lab/fake-clock.ts';
import { reason } from '../../lab/fake-transport.ts';
import { TEST_TLS } from '../../lab/test-tls.ts';
import { harness, type Harness } from '../../lab/widget-harness.ts';
import { NO_COUNTS } from '../../src/shared/board/statuses.ts';

const SALES = { teamId: 't1', teamName: 'Sales' };
const SERVICE = { teamId: 't2', teamName: 'Service' };

test('nothing is known before it is connected', async () => {
  const { widget, board } = await harness();
  expect(widget.state).toEqual({
    now: START,
    link: { state: { name: 'idle', since: START }, wasLive: false, blindSince: null, blindReason: null },
    agents: [],
    violations: [],
    blindTime: { gaps: 0, blindSince: null },
    alerts: { list: [], isMuted: false, snoozedUntil: null, unseen: 0 },
    digest: null,
  });
  expect(board()).toEqual([]);
});

describe('from begin to board', () => {
  test('every event changes the board as documented', async () => {
    const { goLive, sync, board, violations } = await harness();
    const connection = await goLive();
    const steps: [name: string, team: Parameters<typeof connection.event>[2], shown: string[]][] = [
      [
        'teamadded',
        { ...SALES, members: [member('m'), member('n', { status: 'not_ready' })] },
        ['Sales: m ready, n not_ready'],
      ],
      ['teamadded', { ...SERVICE, members: [] }, ['Sales: m ready, n not_ready', 'Service: ']],
      ['teamchanged', { teamId: 't2', teamName: 'Care' }, ['Sales: m ready, n not_ready', 'Care: ']],
      [
        'memberadded',
        { teamId: 't2', teamName: 'Care', members: [member('o', { status: 'ACW' })] },
        ['Sales: m ready, n not_ready', 'Care: o ACW'],
      ],
      [
        'memberstatuschanged',
        { ...SALES, members: [member('m', { status: 'ACW' })] },
        ['Sales: m ACW, n not_ready', 'Care: o ACW'],
      ],
      ['memberremoved', { ...SALES, members: [{ memberId: 'n' }] }, ['Sales: m ACW', 'Care: o ACW']],
      ['teamremoved', SALES, ['Care: o ACW']],
    ];
    for (const [name, team, shown] of steps) {
      connection.event(name, 'a', team);
      await sync(connection);
      expect(board(), name).toEqual(shown);
    }
    expect(violations()).toEqual([]);
  });

  test('is live when begun, and says how far it is before', async () => {
    const { widget, settings, processor, sync, link } = await harness();
    await widget.connect(settings);
    expect(widget.state).toMatchObject({
      link: { state: { name: 'connecting', url: processor.url, attempt: 1 } },
      agents: [{ agentId: 'a', state: 'not-subscribed' }],
    });
    const connection = await processor.connection();
    const begin = await connection.request('report.teamstatus.begin');
    expect(JSON.parse(begin.text)).toEqual({ command: 'report.teamstatus.begin', data: { agentId: 'a' } });
    await link('starting');
    expect(widget.state.agents).toMatchObject([{ agentId: 'a', state: 'subscribing' }]);
    connection.success(begin);
    await link('live');
    connection.event('teamadded', 'a', { ...SALES, members: [] });
    await sync(connection);
    expect(widget.state).toMatchObject({
      link: { wasLive: true, blindSince: null },
      agents: [{ agentId: 'a', state: 'subscribed', teams: 1, failure: null }],
    });
  });

  test('events that come before the answer to the begin are not lost', async () => {
    const { widget, settings, processor, sync, board, violations } = await harness();
    await widget.connect(settings);
    const connection = await processor.connection();
    const begin = await connection.request('report.teamstatus.begin');
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    connection.success(begin);
    await sync(connection);
    expect(board()).toEqual(['Sales: m ready']);
    expect(violations()).toEqual([]);
  });

  test('updates and states that come close together are published together', async () => {
    const { goLive, sync, clock, reader, states } = await harness();
    const connection = await goLive();
    clock.advance(16);
    const [version, before] = [reader.version, states()];
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    for (const status of ['ACW', 'ready', 'not_ready', 'ACW']) {
      connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('m', { status })] });
    }
    connection.send({ name: 'x' });
    connection.send({ name: 'x' });
    await sync(connection);
    clock.advance(15);
    expect([reader.version, states()]).toEqual([version, before]);
    clock.advance(1);
    expect([reader.version, states()]).toEqual([version + 1, before + 1]);
    clock.advance(100);
    expect([reader.version, states()]).toEqual([version + 1, before + 1]);
  });

  test('a snapshot has all that came before it, and the updates go on from there', async () => {
    const { goLive, sync, widget, clock, reader } = await harness();
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [] });
    await sync(connection);
    const snapshot = widget.boardSnapshot();
    expect(snapshot.teams).toHaveLength(1);
    expect(reader.version).toBe(snapshot.version);
    connection.event('teamremoved', 'a', SALES);
    await sync(connection);
    clock.advance(16);
    expect(reader.version).toBe(snapshot.version + 1);
  });
});

describe('a begin that is refused', () => {
  test('is told, keeps the link from being live, and is asked again', async () => {
    const { widget, settings, processor, sync, clock } = await harness();
    await widget.connect(settings);
    const connection = await processor.connection();
    const begin = await connection.request('report.teamstatus.begin');
    connection.failure(begin, { code: 'NO_AGENT', message: 'No such agent', context: 'at X' });
    await sync(connection);
    expect(widget.state).toMatchObject({
      link: { state: { name: 'starting' } },
      agents: [{ state: 'refused', failure: { code: 'NO_AGENT', message: 'No such agent' } }],
    });
    clock.advance(15_000);
    await connection.begin();
    await sync(connection);
    expect(widget.state).toMatchObject({
      link: { state: { name: 'live' } },
      agents: [{ state: 'subscribed', failure: null }],
    });
  });

  test('[BEGIN-1] of one agent leaves the other one’s board alive', async () => {
    const { widget, settings, processor, sync, board } = await harness({ agentIds: ['a', 'b'] });
    await widget.connect(settings);
    const connection = await processor.connection();
    connection.failure(await connection.request('report.teamstatus.begin'), { code: 1, message: 'no' });
    expect(await connection.begin()).toBe('b');
    connection.event('teamadded', 'b', { ...SALES, members: [member('m')] });
    await sync(connection);
    expect(widget.state).toMatchObject({
      link: { state: { name: 'live' } },
      agents: [
        { agentId: 'a', state: 'refused' },
        { agentId: 'b', state: 'subscribed', teams: 1 },
      ],
    });
    expect(board()).toEqual(['Sales: m ready']);
  });

  test('with an original nested too deeply to be shown is a refusal like any other', async () => {
    const { widget, settings, processor, sync } = await harness();
    await widget.connect(settings);
    const connection = await processor.connection();
    await connection.request('report.teamstatus.begin');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    connection.sendRaw(
      '{"command":"report.teamstatus.begin","result":"failure","failure":{"code":"E","message":"m"},' +
        `"original":{"data":{"agentId":"a"},"deep":${deep}}}`,
    );
    await sync(connection);
    expect(widget.state.agents).toMatchObject([{ state: 'refused', failure: { code: 'E' } }]);
  });

  test('by silence makes the link try another connection', async () => {
    const { widget, settings, processor, clock, link } = await harness();
    await widget.connect(settings);
    const connection = await processor.connection();
    await connection.request('report.teamstatus.begin');
    // The heartbeat is answered before the answer's time-out.
    await clock.run(settings.answerTimeoutMs);
    await link('waiting');
    expect(widget.state.link.state).toMatchObject({ reason: { code: 'begin-unanswered' } });
    await connection.closed;
  });
});

describe('several agents', () => {
  test('are begun one after the other and shown together', async () => {
    const { goLive, sync, board, widget } = await harness({ agentIds: ['a', 'b'] });
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    connection.event('teamadded', 'b', { ...SALES, members: [member('m')] });
    connection.event('teamadded', 'b', { ...SERVICE, members: [member('m')] });
    connection.event('memberstatuschanged', 'b', { ...SERVICE, members: [member('m', { status: 'ACW' })] });
    await sync(connection);
    expect(board()).toEqual(['Sales: m ACW', 'Service: m ACW']);
    expect(widget.boardHead.counts).toEqual({ ...NO_COUNTS, acw: 1 });
    expect(widget.state.agents.map(({ teams }) => teams)).toEqual([1, 2]);
  });

  test('can be changed while connected: the connection stays, ends and begins are sent', async () => {
    const { goLive, sync, widget, settings, processor, board, violations } = await harness({ agentIds: ['a', 'b'] });
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    connection.event('teamadded', 'b', { ...SERVICE, members: [member('n')] });
    await sync(connection);
    await widget.connect({ ...settings, agentIds: ['b', 'c'] });
    expect(board()).toEqual(['Service: n ready']);
    const end = await connection.request('report.teamstatus.end');
    expect(end.data).toEqual({ agentId: 'a' });
    expect(await connection.begin()).toBe('c');
    // Until the end is answered, events for the agent are no violation; afterwards they are.
    connection.event('teamchanged', 'a', SALES);
    await sync(connection);
    expect(violations()).toEqual([]);
    connection.success(end);
    await sync(connection);
    connection.event('teamchanged', 'a', SALES);
    await sync(connection);
    expect(violations()).toEqual(['unknown-agent 1']);
    expect(processor.connections).toHaveLength(1);
    expect(board()).toEqual(['Service: n ready']);
    expect(widget.state.agents.map(({ agentId, state }) => `${agentId} ${state}`)).toEqual([
      'b subscribed',
      'c subscribed',
    ]);
  });
});

describe('a processor that goes and comes back', () => {
  async function gone() {
    const all = await harness();
    const connection = await all.goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n')] });
    connection.event('teamadded', 'a', { ...SERVICE, members: [member('o')] });
    await all.sync(connection);
    all.clock.advance(5000);
    await all.processor.stop();
    await all.link('waiting');
    return all;
  }

  test('leaves a board that looks old, and says since when nothing is known', async () => {
    const { board, widget } = await gone();
    expect(board()).toEqual(['Sales old: m ready old, n ready old', 'Service old: o ready old']);
    expect(widget.boardHead).toMatchObject({ feed: 2, ends: [{ feed: 1, at: START }] });
    expect(widget.state).toMatchObject({
      link: { wasLive: true, blindSince: START },
      agents: [{ state: 'not-subscribed', teams: 0 }],
    });
  });

  test('is found again by itself; what is confirmed is new, and what is not goes when it has settled', async () => {
    const { board, widget, processor, clock, subscribed, sync, settings, violations } = await gone();
    await processor.restart();
    clock.advance(1000);
    const connection = await subscribed();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    await sync(connection);
    expect(board()).toEqual(['Sales: m ready, n ready old', 'Service old: o ready old']);
    clock.advance(settings.settleMs);
    expect(board()).toEqual(['Sales: m ready']);
    const [team] = widget.boardSnapshot().teams;
    expect(team?.members[0]?.since).toEqual({ at: START, known: 'across-gap', unwatchedMs: 6000 });
    expect(widget.state.link.blindSince).toBeNull();
    expect(violations()).toEqual([]);
  });

  test('[RETRY-2] is tried at once when somebody asks', async () => {
    const { widget, processor, subscribed, board, sync } = await gone();
    await processor.restart();
    widget.tryNow();
    const connection = await subscribed();
    connection.event('teamadded', 'a', { ...SERVICE, members: [member('o')] });
    await sync(connection);
    expect(board()).toContain('Service: o ready');
  });

  test('is retried as long as it takes', async () => {
    const { processor, clock, link, subscribed } = await gone();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      clock.advance(30_000);
      await link('connecting');
      await link('waiting');
    }
    await processor.restart();
    clock.advance(30_000);
    await subscribed();
  });

  test('may come back at another of the addresses', async () => {
    const first = await harness();
    const second = await harness();
    const connection = await first.goLive({ processorUrls: [first.processor.url, second.processor.url] });
    await first.processor.stop();
    await connection.closed;
    await first.link('waiting');
    first.clock.advance(1000);
    await first.link('connecting');
    await first.link('waiting');
    first.clock.advance(2000);
    await (await second.processor.connection()).begin();
    await first.link('live');
    expect(first.widget.state.link.state).toMatchObject({ url: second.processor.url });
  });
});

test('a processor that stands and says nothing makes the link stale, then lost, and the rows old', async () => {
  const { goLive, sync, clock, link, widget, settings, board, processor } = await harness();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
  await sync(connection);
  connection.answersPings = false;
  clock.advance(2 * settings.heartbeatMs);
  expect(widget.state.link).toMatchObject({ state: { name: 'stale', since: START }, blindSince: START });
  expect(board()).toEqual(['Sales: m ready']);
  await sync(connection);
  expect(board()).toEqual(['Sales: m ready']);
  connection.answersPings = true;
  clock.advance(settings.heartbeatMs);
  await link('live');
  connection.answersPings = false;
  clock.advance(2 * settings.heartbeatMs);
  expect(board()).toEqual(['Sales: m ready']);
  clock.advance(settings.heartbeatMs);
  expect(board()).toEqual(['Sales old: m ready old']);
  await connection.closed;
  clock.advance(1000);
  await processor.connection();
});

test('what a stale link brings is shown, but when it happened is not known until the processor answers again', async () => {
  const { goLive, sync, clock, link, widget, settings } = await harness();
  const connection = await goLive();
  connection.event('teamadded', 'a', { ...SALES, members: [member('m'), member('n')] });
  await sync(connection);
  connection.answersPings = false;
  clock.advance(2 * settings.heartbeatMs);
  expect(widget.state.link.state.name).toBe('stale');
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('m', { status: 'ACW' })] });
  await sync(connection);
  expect(widget.state.link.state.name).toBe('stale');
  connection.answersPings = true;
  clock.advance(settings.heartbeatMs);
  await link('live');
  connection.event('memberstatuschanged', 'a', { ...SALES, members: [member('n', { status: 'ACW' })] });
  await sync(connection);
  const [team] = widget.boardSnapshot().teams;
  expect(team?.members.map(({ status, since }) => [status, since.known, since.at - START])).toEqual([
    ['ACW', 'at-least', 2 * settings.heartbeatMs],
    ['ACW', 'exact', 3 * settings.heartbeatMs],
  ]);
});

describe('the ledger of blind time', () => {
  const gaps = (widget: Harness['widget']) =>
    widget.blindTime.gaps.map(({ from, to, reason, isLost }) => [
      from - START,
      to === null ? null : to - START,
      reason.code,
      isLost,
    ]);

  test('has a break from when the processor was last heard until the link is live again', async () => {
    const { goLive, subscribed, clock, widget, link, processor } = await harness();
    const connection = await goLive();
    expect(widget.blindTime).toMatchObject({ watchedSince: START, gaps: [], earlier: null });
    connection.close(1012, 'restart');
    await link('waiting');
    expect(gaps(widget)).toEqual([[0, null, 'closed', true]]);
    expect(widget.state.blindTime).toEqual({ gaps: 1, blindSince: START });
    processor.refuseWith = 503;
    clock.advance(2000);
    await link('connecting');
    await link('waiting');
    processor.refuseWith = null;
    clock.advance(4000);
    await subscribed();
    expect(gaps(widget)).toEqual([[0, 6000, 'closed', true]]);
    expect(widget.state.blindTime).toEqual({ gaps: 1, blindSince: null });
  });

  test('[BLIND-1] tells a silence in which nothing was lost from one that ended in a break', async () => {
    const { goLive, subscribed, sync, clock, widget, link, settings } = await harness();
    const beat = settings.heartbeatMs;
    const connection = await goLive();
    connection.answersPings = false;
    clock.advance(2 * beat);
    await sync(connection);
    connection.answersPings = true;
    clock.advance(beat);
    await link('live');
    connection.answersPings = false;
    clock.advance(3 * beat);
    await connection.closed;
    clock.advance(1000);
    await subscribed();
    expect(gaps(widget)).toEqual([
      [0, 3 * beat, 'silent', false],
      [3 * beat, 6 * beat + 1000, 'silent', true],
    ]);
  });

  test('what happens while the processor refuses every agent is lost', async () => {
    const { goLive, widget, settings, sync, link } = await harness();
    const connection = await goLive();
    await widget.connect({ ...settings, agentIds: ['b'] });
    connection.success(await connection.request('report.teamstatus.end'), {});
    connection.failure(await connection.request('report.teamstatus.begin'), { code: 'NO', message: 'no' });
    await sync(connection);
    await link('starting');
    expect(gaps(widget)).toEqual([[0, null, 'unbegun', true]]);
  });

  test('begins anew with another processor', async () => {
    const { goLive, widget, settings, subscribed } = await harness();
    const connection = await goLive();
    connection.terminate();
    await connection.closed;
    const changed = widget.connect({ ...settings, subprotocol: 'other' });
    await changed;
    await subscribed();
    expect(gaps(widget)).toEqual([]);
  });
});

describe('journeys', () => {
  const steps = (...ids: string[]) => ({
    CallJourney: ids.map((CallId) => ({
      CallId,
      Device: '4711',
      DeviceType: '77',
      Description: 'x',
      Duration: '00:01:05',
    })),
  });

  test('are asked for and answered beside the board', async () => {
    const { goLive, widget } = await harness();
    const connection = await goLive();
    const answer = widget.askJourney(' "7" ');
    const request = await connection.request('report.calljourney');
    expect(JSON.parse(request.text)).toEqual({ command: 'report.calljourney', data: { CallId: '7' } });
    connection.success(request, steps('7', '8'));
    expect(await answer).toMatchObject({
      ok: true,
      journey: { callId: '7', sumOfStepsSeconds: 130, steps: [{ callId: '7' }, { callId: '8', isOtherCallId: true }] },
    });
  });

  test('that fail say why, with the stack', async () => {
    const { goLive, widget } = await harness();
    const connection = await goLive();
    const answer = widget.askJourney('7');
    const request = await connection.request('report.calljourney');
    connection.failure(request, { code: 'NOT_FOUND', message: 'No such call', context: 'java.lang.X\n at Y' });
    expect(await answer).toMatchObject({
      ok: false,
      failure: { kind: 'refused', code: 'NOT_FOUND', details: expect.stringContaining('java.lang.X') as string },
    });
  });

  test('that time out are never shown as another call’s', async () => {
    const { goLive, widget, clock, settings, sync, violations } = await harness();
    const connection = await goLive();
    const first = widget.askJourney('1');
    const one = await connection.request('report.calljourney');
    await clock.run(settings.answerTimeoutMs);
    expect(await first).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
    const second = widget.askJourney('2');
    await sync(connection);
    expect(connection.received.map(({ command }) => command)).toEqual([
      'report.teamstatus.begin',
      'report.calljourney',
    ]);
    connection.success(one, steps('x'));
    const two = await connection.request('report.calljourney');
    connection.success(two, steps('y'));
    expect(await second).toMatchObject({ ok: true, journey: { callId: '2', steps: [{ callId: 'y' }] } });
    expect(violations()).toEqual(['late-answer 1']);
  });

  test('[REQ-9] whose answer can’t be told are asked again on a new connection', async () => {
    const { goLive, widget, clock, settings, link, subscribed, violations } = await harness();
    const connection = await goLive();
    const first = widget.askJourney('1');
    const one = await connection.request('report.calljourney');
    await clock.run(settings.answerTimeoutMs);
    await first;
    await connection.roundTrip();
    await clock.run(settings.answerTimeoutMs);
    const second = widget.askJourney('2');
    await connection.request('report.calljourney');
    connection.success(one, steps('x'));
    await link('waiting');
    expect(widget.state.link.state).toMatchObject({ reason: { code: 'untold-answer' } });
    clock.advance(1000);
    const next = await subscribed();
    const again = await next.request('report.calljourney');
    expect(again.data).toEqual({ CallId: '2' });
    next.success(again, steps('y'));
    expect(await second).toMatchObject({ ok: true, journey: { callId: '2', steps: [{ callId: 'y' }] } });
    expect(violations()).toEqual(['untold-answer 1']);
  });

  test('outlive a break of the connection', async () => {
    const { goLive, widget, clock, link, subscribed } = await harness();
    const connection = await goLive();
    const answer = widget.askJourney('7');
    await connection.request('report.calljourney');
    connection.terminate();
    await link('waiting');
    clock.advance(1000);
    const next = await subscribed();
    next.success(await next.request('report.calljourney'), steps('7'));
    expect(await answer).toMatchObject({ ok: true });
  });

  test('are not asked of a processor that was never named', async () => {
    const { widget } = await harness();
    expect(await widget.askJourney('7')).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
  });

  test('with odd steps are shown, and the oddities counted', async () => {
    const { goLive, widget, violations } = await harness();
    const connection = await goLive();
    const answer = widget.askJourney('7');
    connection.success(await connection.request('report.calljourney'), {
      CallJourney: [{ ...steps('7').CallJourney[0], DeviceType: 77 }, null],
    });
    expect(await answer).toMatchObject({ ok: true, journey: { steps: [{ deviceType: '77' }, { callId: '' }] } });
    expect(violations()).toEqual(['mistyped-field 2']);
    expect(widget.state.violations[0]?.example).toContain('"DeviceType":00');
  });
});

describe('disconnecting', () => {
  test('[BEGIN-7] sends an end for every agent, says goodbye and empties the board', async () => {
    const { goLive, sync, widget, board } = await harness({ agentIds: ['a', 'b'] });
    const connection = await goLive();
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    connection.send({ name: 'odd' });
    await sync(connection);
    const over = widget.disconnect(reason('stopped'));
    for (const agentId of ['a', 'b']) {
      const end = await connection.request('report.teamstatus.end');
      expect(end.data).toEqual({ agentId });
      connection.success(end);
    }
    await over;
    expect((await connection.closed).code).toBe(1000);
    expect(widget.state).toMatchObject({
      link: { state: { name: 'stopped', reason: reason('stopped') }, wasLive: false },
      agents: [],
      violations: [],
    });
    expect(board()).toEqual([]);
    expect(widget.boardHead.ends).toEqual([]);
  });

  test('sends every end, even to a processor that answers none', async () => {
    const { goLive, widget, clock } = await harness();
    const connection = await goLive({ agentIds: ['a', 'b', 'c'] });
    const over = widget.disconnect(reason('stopped'));
    await connection.request('report.teamstatus.end');
    await clock.run(1000);
    await over;
    await connection.closed;
    const ended = connection.received.filter(({ command }) => command === 'report.teamstatus.end');
    expect(ended.map(({ data }) => data.agentId)).toEqual(['a', 'b', 'c']);
  });

  test('[BEGIN-7] does not wait long for a processor that does not answer', async () => {
    const { goLive, widget, clock } = await harness();
    const connection = await goLive();
    const over = widget.disconnect(reason('stopped'));
    await connection.request('report.teamstatus.end');
    await clock.run(1000);
    await over;
    await connection.closed;
  });

  test('ends the questions that wait', async () => {
    const { widget, settings, processor, clock } = await harness();
    await processor.stop();
    await widget.connect(settings);
    const answer = widget.askJourney('7');
    const over = widget.disconnect(reason('stopped'));
    await clock.run(1000);
    await over;
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'stopped' } });
  });

  test('may be done before connecting, and twice', async () => {
    const { widget } = await harness();
    await widget.disconnect(reason('changed'));
    await widget.disconnect(reason('settings'));
    expect(widget.state.link.state).toMatchObject({ name: 'stopped', reason: reason('settings') });
  });

  test('lets no word of the old connection through', async () => {
    const { goLive, widget, board, violations } = await harness();
    const connection = await goLive();
    const over = widget.disconnect(reason('stopped'));
    connection.success(await connection.request('report.teamstatus.end'));
    connection.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    connection.sendRaw('garbage');
    await over;
    await connection.closed;
    await settled();
    expect(board()).toEqual([]);
    expect(violations()).toEqual([]);
  });
});

describe('connecting with other settings', () => {
  test('leaves the old processor in good order and begins at the new one with an empty board', async () => {
    const [first, second] = [await harness(), await harness()];
    const old = await first.goLive();
    old.event('teamadded', 'a', { ...SALES, members: [member('m')] });
    await first.sync(old);
    const connected = first.widget.connect({ ...first.settings, processorUrls: [second.processor.url] });
    old.success(await old.request('report.teamstatus.end'));
    await connected;
    expect((await old.closed).code).toBe(1000);
    const connection = await second.processor.connection();
    expect(first.board()).toEqual([]);
    connection.event('teamadded', 'a', { ...SERVICE, members: [member('m')] });
    await connection.begin();
    await first.sync(connection);
    expect(first.board()).toEqual(['Service: m ready']);
    expect(first.widget.state.link.state.name).toBe('live');
    expect(first.widget.boardHead.ends).toEqual([]);
  });

  test('several times at once ends with the last, and no other connection stands', async () => {
    const { goLive, widget, settings, processor, clock, link } = await harness();
    const old = await goLive();
    const all = [1, 2, 3].map((n) => widget.connect({ ...settings, agentIds: ['b'], headers: { 'X-N': String(n) } }));
    await old.request('report.teamstatus.end');
    await clock.run(1000);
    await Promise.all(all);
    await link('connecting');
    for (;;) {
      const connection = await processor.connection();
      if (connection.handshake.headers['x-n'] !== '3') continue;
      await connection.begin();
      break;
    }
    await link('live');
    const standing = processor.connections.filter(({ handshake }) => handshake.headers['x-n'] !== '3');
    await Promise.all(standing.map(({ closed }) => closed));
  });

  test('and disconnecting at once leaves nothing connected', async () => {
    const { goLive, widget, settings, clock, processor } = await harness();
    const old = await goLive();
    const all = [widget.connect({ ...settings, subprotocol: 'x' }), widget.disconnect(reason('stopped'))];
    await old.request('report.teamstatus.end');
    await clock.run(2000);
    await Promise.all(all);
    expect(widget.state.link.state).toMatchObject({ name: 'stopped', reason: reason('stopped') });
    await Promise.all(processor.connections.map(({ closed }) => closed));
  });

  test('that are the same tries again where the link had stopped', async () => {
    const { widget, settings, processor, link } = await harness();
    processor.refuseWith = 401;
    await widget.connect(settings);
    await link('stopped');
    processor.refuseWith = null;
    await widget.connect(settings);
    await (await processor.connection()).begin();
    await link('live');
  });
});

describe('what stops the link for good', () => {
  test('is refused credentials, and the headers went out', async () => {
    const { widget, settings, processor, link, clock } = await harness({ headers: { Authorization: 'Bearer x' } });
    processor.refuseWith = 401;
    await widget.connect(settings);
    await link('stopped');
    expect(processor.handshakes[0]?.headers.authorization).toBe('Bearer x');
    expect(widget.state.link.state).toMatchObject({
      reason: { code: 'credentials', remedy: { key: 'link.checkHeaders' } },
    });
    clock.advance(600_000);
    await settled();
    expect(processor.handshakes).toHaveLength(1);
  });

  test('is a sub-protocol that the processor does not speak', async () => {
    const { widget, settings, processor, link } = await harness({ subprotocol: 'uccx.v1' });
    processor.chooseSubprotocol = () => false;
    await widget.connect(settings);
    await link('stopped');
    expect(widget.state.link.state).toMatchObject({ reason: { code: 'subprotocol' } });
  });

  test('is a certificate that is not trusted', async () => {
    const { widget, settings, link } = await harness({}, { tls: TEST_TLS });
    await widget.connect(settings);
    await link('stopped');
    expect(widget.state.link.state).toMatchObject({ reason: { code: 'certificate' } });
  });

  test('is an address that is none', async () => {
    const { widget, link } = await harness();
    await widget.connect({ ...BUILT_IN, processorUrls: [] });
    await link('stopped');
    expect(widget.state.link.state).toMatchObject({ reason: { code: 'bad-url' } });
  });
});

test('a subscription that was ended hears nothing more, and may be ended twice', async () => {
  const { widget, goLive, clock } = await harness();
  let heard = 0;
  const count = () => {
    heard += 1;
  };
  const end = widget.subscribe({ onBoard: count, onState: count });
  end();
  end();
  await goLive();
  clock.advance(100);
  expect(heard).toBe(0);
});

describe('[LINK-8] [RETRY-2] when the machine wakes or its network changes', () => {
  test('a wait is cut short', async () => {
    const { goLive, subscribed, link, widget } = await harness();
    (await goLive()).terminate();
    await link('waiting');
    widget.machineChanged();
    await subscribed();
  });

  test('credentials that were refused are not tried again by themselves', async () => {
    const { widget, settings, link, processor } = await harness();
    processor.refuseWith = 401;
    await widget.connect(settings);
    await link('stopped');
    widget.machineChanged();
    expect(widget.state.link.state.name).toBe('stopped');
    expect(processor.handshakes).toHaveLength(1);
  });

  test('a certificate that was refused may have been another network’s, and is looked at again', async () => {
    const { widget, settings, link } = await harness({}, { tls: TEST_TLS });
    await widget.connect(settings);
    await link('stopped');
    widget.machineChanged();
    expect(widget.state.link.state.name).toBe('connecting');
    await link('stopped');
  });
});
