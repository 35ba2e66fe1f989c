/** The link's shell on a transport without a network: heartbeats, recovery, and what is passed upwards. */
import { describe, expect, test } from 'vitest';
import { plainCodec } from '../../../src/core/processor/codec.ts';
import { ProcessorLink } from '../../../src/core/processor/link.ts';
import type { ReportRequest } from '../../../src/shared/report.ts';
import { FakeClock, START } from '../../support/fake-clock.ts';
import { FakeTransport, reason } from '../../support/fake-transport.ts';

const BEAT = 10_000;

function setUp(urls: readonly string[] = ['ws://a']) {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const told: string[] = [];
  let send: (request: ReportRequest) => void = () => undefined;
  const link: ProcessorLink = new ProcessorLink({
    urls,
    heartbeatMs: BEAT,
    retryBaseMs: 1000,
    retryCapMs: 30_000,
    clock,
    transport: transport.open,
    transportOptions: { subprotocol: '', headers: new Map(), caFile: '', connectTimeoutMs: 1000 },
    codec: plainCodec,
    listener: {
      onAttach: (give) => {
        told.push('attach');
        send = give;
      },
      onDetach: () => told.push('detach'),
      onFrame: (text) => told.push(`frame ${text}`),
      onOddFrame: (kind) => told.push(kind),
      onChange: () => told.push(link.view.state.name),
    },
  });
  const goLive = () => {
    link.start();
    transport.last.handlers.onOpen();
    link.begun();
    told.length = 0;
    return transport.last;
  };
  return { clock, transport, told, link, goLive, send: (request: ReportRequest) => send(request) };
}

test('is idle until it is started', () => {
  const { link, transport, clock } = setUp();
  expect(link.view).toEqual({ state: { name: 'idle', since: START }, wasLive: false, blindSince: null });
  expect(transport.connections).toEqual([]);
  expect(clock.timers).toBe(0);
});

test('is live only when begun, not when merely connected', () => {
  const { link, transport, told } = setUp();
  link.start();
  transport.last.handlers.onOpen();
  expect(link.view.state.name).toBe('starting');
  link.begun();
  expect(link.view).toMatchObject({ state: { name: 'live', url: 'ws://a' }, wasLive: true, blindSince: null });
  expect(told).toEqual(['connecting', 'attach', 'starting', 'live']);
});

test('sends requests through the codec on the connection they were attached to', () => {
  const { send, transport, goLive, link } = setUp();
  const connection = goLive();
  const request: ReportRequest = { command: 'report.calljourney', data: { CallId: '1' } };
  send(request);
  expect(connection.requests).toEqual([request]);
  connection.end();
  link.tryNow();
  transport.last.handlers.onOpen();
  expect(connection.sent).toHaveLength(1);
});

describe('the heartbeat', () => {
  test('pings again and again while pongs come', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    for (let beat = 1; beat <= 5; beat += 1) {
      clock.advance(BEAT);
      expect(connection.pings).toBe(beat);
      connection.handlers.onPong();
    }
    expect(link.view.state.name).toBe('live');
  });

  test.each(['a frame', 'an odd frame', 'a pong'])('takes %s for a sign of life', (sign) => {
    const { clock, link, goLive } = setUp();
    const { handlers } = goLive();
    for (let beat = 0; beat < 4; beat += 1) {
      clock.advance(BEAT);
      if (sign === 'a frame') handlers.onFrame('{}');
      else if (sign === 'a pong') handlers.onPong();
      else handlers.onOddFrame('binary-frame', '', '');
    }
    expect(link.view.state.name).toBe('live');
  });

  test('makes the link stale after one ping without an answer, since it was last heard', () => {
    const { clock, link, goLive, told } = setUp();
    const { handlers } = goLive();
    clock.advance(3000);
    handlers.onFrame('{}');
    clock.advance(2 * BEAT);
    expect(link.view).toMatchObject({ state: { name: 'stale', since: START + 3000 }, blindSince: START + 3000 });
    expect(told).not.toContain('detach');
  });

  test('drops the connection after a second ping without an answer, and tries again', () => {
    const { clock, link, transport, goLive, told } = setUp();
    const connection = goLive();
    clock.advance(3 * BEAT);
    expect(connection.ended).toBe('terminated');
    expect(told).toEqual(['stale', 'detach', 'waiting']);
    expect(link.view).toMatchObject({ state: { reason: { code: 'silent' } }, blindSince: START });
    clock.advance(1000);
    expect(transport.connections).toHaveLength(2);
  });

  test('brings a stale link back when anything comes', () => {
    const { clock, link, goLive, told } = setUp();
    const connection = goLive();
    clock.advance(2 * BEAT);
    connection.handlers.onPong();
    expect(link.view).toMatchObject({ state: { name: 'live', since: START + 2 * BEAT }, blindSince: null });
    clock.advance(BEAT);
    expect(link.view.state.name).toBe('live');
    expect(told).toEqual(['stale', 'live']);
  });

  test('drops a connection that opens and never begins to answer', () => {
    const { clock, link, transport } = setUp();
    link.start();
    transport.last.handlers.onOpen();
    clock.advance(2 * BEAT);
    expect(link.view.state).toMatchObject({ name: 'waiting', reason: { code: 'silent' } });
  });

  test('is not carried over: an unanswered ping on one connection says nothing of the next', () => {
    const { clock, link, transport, goLive } = setUp();
    goLive();
    clock.advance(BEAT);
    transport.last.end();
    clock.advance(1000);
    transport.last.handlers.onOpen();
    link.begun();
    clock.advance(BEAT);
    expect(link.view.state.name).toBe('live');
  });
});

describe('an end', () => {
  test('is retried after the drawn wait, for ever', () => {
    const { clock, link, transport, goLive } = setUp();
    goLive();
    for (let round = 2; round < 40; round += 1) {
      transport.last.end('gone');
      const { state } = link.view;
      if (state.name !== 'waiting') throw new Error(`It is ${state.name}`);
      clock.advance(state.nextTryAt - clock.now() - 1);
      expect(transport.connections).toHaveLength(round - 1);
      clock.advance(1);
      expect(transport.connections).toHaveLength(round);
    }
    expect(link.view).toMatchObject({ wasLive: true, blindSince: START });
  });

  test('that is fatal stops, until somebody asks to try', () => {
    const { clock, link, transport } = setUp();
    link.start();
    transport.last.end('certificate', true);
    clock.advance(1_000_000);
    expect(link.view.state).toMatchObject({ name: 'stopped', reason: { code: 'certificate' } });
    expect(transport.connections).toHaveLength(1);
    link.tryNow();
    expect(transport.connections).toHaveLength(2);
  });

  test('of an older connection changes nothing, nor does anything else that it says', () => {
    const { clock, link, transport, goLive, told } = setUp();
    const old = goLive();
    clock.advance(2 * BEAT);
    link.tryNow();
    expect(old.ended).toBe('terminated');
    transport.last.handlers.onOpen();
    link.begun();
    told.length = 0;
    old.handlers.onOpen();
    old.handlers.onFrame('{"late":true}');
    old.handlers.onOddFrame('binary-frame', '', '');
    old.handlers.onPong();
    old.end('late', true);
    expect(told).toEqual([]);
    expect(link.view.state.name).toBe('live');
  });
});

describe('trying now', () => {
  test('does not wait for the retry that was due, and does not make it twice', () => {
    const { clock, link, transport, goLive } = setUp();
    goLive();
    transport.last.end();
    link.tryNow();
    expect(transport.connections).toHaveLength(2);
    clock.advance(60_000);
    expect(transport.connections).toHaveLength(2);
  });

  test('on a live link finds out whether it still stands', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    clock.advance(BEAT - 1);
    link.tryNow();
    expect(connection.pings).toBe(1);
    clock.advance(BEAT);
    expect(link.view.state.name).toBe('stale');
  });
});

test('stopping says goodbye and leaves no timer behind', () => {
  const { clock, link, transport, goLive, told } = setUp();
  const connection = goLive();
  clock.advance(BEAT);
  link.stop(reason('asked'));
  expect(connection.ended).toBe('closed');
  expect(told).toEqual(['detach', 'stopped']);
  expect(clock.timers).toBe(0);
  link.start();
  transport.last.end();
  expect(clock.timers).toBe(1);
  link.stop(reason('asked'));
  expect(clock.timers).toBe(0);
});

test('giving up drops a connection that stands, and begins the wait', () => {
  const { link, transport, goLive } = setUp(['ws://a', 'ws://b']);
  const connection = goLive();
  link.giveUp(reason('useless'));
  expect(connection.ended).toBe('terminated');
  expect(link.view.state).toMatchObject({ name: 'waiting', reason: { code: 'useless' } });
  link.tryNow();
  expect(transport.last.url).toBe('ws://a');
});
