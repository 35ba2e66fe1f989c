/** The link's shell on a transport without a network: heartbeats, recovery, and what is passed on. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainCodec } from '../../../src/core/link/codec.ts';
import { ProcessorLink } from '../../../src/core/link/link.ts';
import type { ReportRequest } from '../../../src/shared/link/report.ts';
import { FakeClock, START } from '../../../lab/fake-clock.ts';
import { FakeTransport, reason, type FakeConnection } from '../../../lab/fake-transport.ts';

const BEAT = 10_000;
const PROBE = 2000;

function setUp(urls: readonly string[] = ['ws://a']) {
  const clock = new FakeClock();
  const transport = new FakeTransport(() => clock.now());
  const told: string[] = [];
  const detachedAt: number[] = [];
  let send: (request: ReportRequest) => void = () => undefined;
  const link: ProcessorLink = new ProcessorLink({
    urls,
    heartbeatMs: BEAT,
    retryBaseMs: 1000,
    retryCapMs: 30_000,
    probeMs: PROBE,
    returnBaseMs: 300_000,
    returnCapMs: 3_600_000,
    clock,
    transport: transport.open,
    transportOptions: { subprotocol: '', headers: new Map(), caFile: '', connectTimeoutMs: 1000 },
    codec: plainCodec,
    listener: {
      onAttach: (give) => {
        told.push('attach');
        send = give;
      },
      onDetach: (at) => {
        told.push('detach');
        detachedAt.push(at);
      },
      onFrame: (text) => told.push(`frame ${text}`),
      onBadFrame: (kind) => told.push(kind),
      onChange: () => told.push(link.view.state.name),
    },
  });
  const goLive = () => {
    link.start();
    transport.last.handlers.onOpen();
    link.subscribed();
    told.length = 0;
    return transport.last;
  };
  return { clock, transport, told, detachedAt, link, goLive, send: (request: ReportRequest) => send(request) };
}

test('is idle until it is started', () => {
  const { link, transport, clock } = setUp();
  const state = { name: 'idle', since: START };
  expect(link.view).toEqual({ state, wasLive: false, blindSince: null, blindReason: null });
  expect(transport.connections).toEqual([]);
  expect(clock.timers).toBe(0);
});

test('[BEGIN-1] is live only when begun, not when merely connected', () => {
  const { link, transport, told } = setUp();
  link.start();
  transport.last.handlers.onOpen();
  expect(link.view.state.name).toBe('starting');
  link.subscribed();
  expect(link.view).toMatchObject({ state: { name: 'live', url: 'ws://a' }, wasLive: true, blindSince: null });
  expect(told).toEqual(['connecting', 'attach', 'starting', 'live']);
});

test('[LINK-4] with an old proof when the last begin is answered, waits for the answer to a ping that is under way', () => {
  const { link, transport, clock } = setUp();
  link.start();
  transport.last.handlers.onOpen();
  clock.advance(BEAT + 1000);
  link.subscribed();
  expect(link.view.state.name).toBe('starting');
  transport.last.pong();
  expect(link.view.state.name).toBe('live');
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
  test('[WIRE-3] pings again and again while pongs come', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    for (let beat = 1; beat <= 5; beat += 1) {
      clock.advance(BEAT);
      expect(connection.pings).toHaveLength(beat);
      connection.pong();
    }
    expect(link.view.state.name).toBe('live');
  });

  test('[LINK-5] makes the link stale after one ping without an answer, since it was last heard', () => {
    const { clock, link, goLive, told } = setUp();
    const connection = goLive();
    clock.advance(3000);
    connection.receive({});
    clock.advance(2 * BEAT);
    expect(link.view).toMatchObject({
      state: { name: 'stale', since: START + 3000 },
      blindSince: START + 3000,
      blindReason: { code: 'silent' },
    });
    expect(told).not.toContain('detach');
  });

  test('[LINK-6] drops the connection after a second ping without an answer, and tries again', () => {
    const { clock, link, transport, goLive, told, detachedAt } = setUp();
    const connection = goLive();
    clock.advance(3 * BEAT);
    expect(connection.ended).toBe('terminated');
    expect(told).toEqual(['stale', 'detach', 'waiting']);
    expect(detachedAt).toEqual([START]);
    expect(link.view).toMatchObject({ state: { reason: { code: 'silent' } }, blindSince: START });
    clock.advance(1000);
    expect(transport.connections).toHaveLength(2);
  });

  test.each(['a frame', 'an odd frame', 'the answer to an earlier ping'])(
    'does not take %s for an answer, but does not drop a connection that carries something either',
    (sign) => {
      const { clock, link, goLive } = setUp();
      const connection = goLive();
      const come = (): void => {
        connection.bytesRead += 1;
        if (sign === 'a frame') connection.handlers.onFrame('{}');
        else if (sign === 'an odd frame') connection.handlers.onBadFrame('binary-frame', '', '');
        else connection.pong(connection.pings.at(-2) ?? 'none');
      };
      for (let beat = 1; beat <= 7; beat += 1) {
        clock.advance(BEAT);
        come();
        expect(link.view.state.name).toBe(beat === 1 ? 'live' : 'stale');
      }
      // After an answer it is live again, and nothing that arrived meanwhile was lost.
      connection.pong();
      expect(link.view.state.name).toBe('live');
      expect(connection.ended).toBeNull();
    },
  );

  test('[LINK-6] gives up a connection that goes on carrying something and never answers', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    for (let beat = 1; beat <= 8; beat += 1) {
      clock.advance(BEAT);
      connection.receive({});
    }
    expect(connection.ended).toBe('terminated');
    expect(link.view.state).toMatchObject({ name: 'waiting', reason: { code: 'silent' } });
  });

  test('[LINK-5] brings a stale link back when the last ping is answered, and only then', () => {
    const { clock, link, goLive, told } = setUp();
    const connection = goLive();
    clock.advance(2 * BEAT);
    connection.receive({});
    expect(link.isPrompt).toBe(false);
    expect(link.view).toMatchObject({ state: { name: 'stale' } });
    connection.pong();
    expect(link.view).toMatchObject({ state: { name: 'live', since: START + 2 * BEAT }, blindSince: null });
    expect(link.isPrompt).toBe(true);
    clock.advance(BEAT);
    expect(link.view.state.name).toBe('live');
    expect(told).toEqual(['stale', 'frame {}', 'live']);
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
    link.subscribed();
    clock.advance(BEAT);
    expect(link.view.state.name).toBe('live');
  });
});

describe('an end', () => {
  test('is retried after the drawn wait, for ever', () => {
    const { clock, link, transport, goLive } = setUp();
    goLive();
    for (let round = 2; round < 40; round += 1) {
      transport.last.end('closed');
      const { state } = link.view;
      if (state.name !== 'waiting') throw new Error(`It is ${state.name}`);
      clock.advance(state.nextTryAt - clock.now() - 1);
      expect(transport.connections).toHaveLength(round - 1);
      clock.advance(1);
      expect(transport.connections).toHaveLength(round);
    }
    expect(link.view).toMatchObject({ wasLive: true, blindSince: START });
  });

  test('[RETRY-5] that is fatal stops, and is looked at again, seldom and for ever, or when somebody asks', () => {
    const { clock, link, transport } = setUp();
    link.start();
    for (const minutes of [5, 10, 20, 40, 60, 60]) {
      const { length } = transport.connections;
      transport.last.end('certificate', true);
      const nextLookAt = clock.now() + minutes * 60_000;
      expect(link.view.state).toMatchObject({ name: 'stopped', reason: { code: 'certificate' }, nextLookAt });
      clock.advance(minutes * 60_000 - 1);
      expect(transport.connections).toHaveLength(length);
      clock.advance(1);
      expect(transport.connections).toHaveLength(length + 1);
    }
    transport.last.handlers.onOpen();
    link.subscribed();
    expect(link.view.state.name).toBe('live');
    transport.last.end('credentials', true);
    const { length } = transport.connections;
    link.tryNow();
    expect(transport.connections).toHaveLength(length + 1);
    link.stop(reason('stopped'));
    expect(clock.timers).toBe(0);
  });

  test('of an older connection changes nothing, nor does anything else that it says', () => {
    const { clock, link, transport, goLive, told } = setUp();
    const old = goLive();
    clock.advance(2 * BEAT);
    link.tryNow();
    expect(old.ended).toBe('terminated');
    transport.last.handlers.onOpen();
    link.subscribed();
    told.length = 0;
    old.handlers.onOpen();
    old.handlers.onFrame('{"late":true}');
    old.handlers.onBadFrame('binary-frame', '', '');
    old.pong();
    old.end('closed', true);
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

  test('on a live link finds out at once whether it still stands: if so, nothing has happened', () => {
    const { clock, link, goLive, told } = setUp();
    const connection = goLive();
    clock.advance(100);
    link.tryNow();
    link.tryNow();
    expect(connection.pings).toHaveLength(1);
    connection.pong();
    clock.advance(PROBE);
    expect(link.view.state.name).toBe('live');
    expect(told).not.toContain('detach');
    expect(connection.ended).toBeNull();
  });

  test.each(['try-now', 'a change of the network'])(
    'does not make a link live for longer than two heartbeats after its last proof, at %s',
    (what) => {
      const { clock, link, goLive } = setUp();
      goLive();
      clock.advance(2 * BEAT - 100);
      if (what === 'try-now') link.tryNow();
      else link.machineChanged();
      clock.advance(101);
      expect(link.view.state.name).toBe('stale');
    },
  );

  test('on a live link that does not stand any more connects at once', () => {
    const { clock, transport, link, goLive } = setUp();
    const connection = goLive();
    clock.advance(100);
    link.tryNow();
    clock.advance(PROBE);
    expect(connection.ended).toBe('terminated');
    expect(transport.connections).toHaveLength(2);
    expect(link.view).toMatchObject({ state: { name: 'connecting' }, blindReason: { code: 'silent' } });
  });

  test('while a connection hangs in its beginning, begins another', () => {
    const { transport, link } = setUp();
    link.start();
    const first = transport.last;
    link.tryNow();
    expect(first.ended).toBe('terminated');
    expect(transport.connections).toHaveLength(2);
  });
});

describe('after a sleep of the machine', () => {
  const NIGHT = 8 * 3_600_000;

  test('[LINK-7] what lay in the socket is not taken for news, and the processor is asked', () => {
    const { clock, link, goLive, told } = setUp();
    const connection = goLive();
    // The timers have stood still.
    clock.jump(NIGHT);
    connection.receive({});
    expect(told).toEqual(['stale', 'frame {}']);
    expect(link.isPrompt).toBe(false);
    expect(link.view).toMatchObject({ blindSince: START, blindReason: { code: 'asleep' } });
    expect(connection.pings).toHaveLength(1);
    connection.pong();
    expect(link.view.state.name).toBe('live');
  });

  test.each([
    ['a live link', 0],
    ['a stale one', BEAT],
  ])(
    '[LINK-1] the answer to a ping of before it, which lay in the socket, proves nothing for %s',
    (_, unansweredMs) => {
      const { clock, link, goLive } = setUp();
      const connection = goLive();
      clock.advance(BEAT + unansweredMs);
      const [old] = connection.pings.slice(-1);
      clock.jump(NIGHT);
      connection.pong(old);
      expect(link.view.state.name).toBe('stale');
      expect(link.isPrompt).toBe(false);
      expect(connection.pings.at(-1)).not.toBe(old);
      connection.pong();
      expect(link.view.state.name).toBe('live');
    },
  );

  test('nor does the answer to a probe that was under way', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    link.machineChanged();
    clock.jump(NIGHT);
    connection.pong();
    expect(link.view.state.name).toBe('stale');
    connection.pong();
    expect(link.view.state.name).toBe('live');
  });

  test('[LINK-8] a short one is a sleep too: a ping that was answered after more than a heartbeat proves nothing', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    clock.advance(BEAT);
    clock.jump(BEAT + 1);
    connection.pong();
    expect(link.view.state.name).toBe('stale');
  });

  test.each(['at the heartbeat', 'when told'])('is blind since it was last heard, and connects anew, %s', (how) => {
    const { clock, transport, link, goLive, told } = setUp();
    goLive();
    clock.jump(NIGHT);
    if (how === 'when told') link.tryNow();
    else clock.advance(BEAT);
    expect(told).toEqual(['stale']);
    // Two notices, as from a machine that wakes and is unlocked, are no reason to begin twice.
    link.tryNow();
    clock.advance(PROBE);
    expect(transport.connections).toHaveLength(2);
    transport.last.handlers.onOpen();
    link.subscribed();
    expect(link.view.state.name).toBe('live');
  });
});

describe('the first of several addresses', () => {
  function goLiveOnSecond() {
    const all = setUp(['ws://a', 'ws://b']);
    all.link.start();
    all.transport.last.end('unreachable');
    all.clock.advance(1000);
    all.transport.last.handlers.onOpen();
    all.link.subscribed();
    expect(all.link.view.state).toMatchObject({ name: 'live', url: 'ws://b' });
    return { ...all, second: all.transport.last, wait: () => beats(all.clock, all.transport.last, 300_000 / BEAT) };
  }

  /** Time passes, and every ping is answered. */
  function beats(clock: FakeClock, connection: FakeConnection, count: number): void {
    for (let beat = 0; beat < count; beat += 1) {
      clock.advance(BEAT);
      connection.pong();
    }
  }

  test('[RETRY-12] is looked at beside the one in use, and returned to when it opens', () => {
    const { transport, link, second, wait } = goLiveOnSecond();
    wait();
    expect(transport.last.url).toBe('ws://a');
    expect(link.view.state).toMatchObject({ name: 'live', url: 'ws://b' });
    const look = transport.last;
    look.handlers.onOpen();
    expect(look.ended).toBe('closed');
    expect(second.ended).toBe('closed');
    expect(link.view).toMatchObject({
      state: { name: 'connecting', url: 'ws://a' },
      blindReason: { code: 'returning' },
    });
    look.end();
    expect(transport.last).not.toBe(look);
    transport.last.handlers.onOpen();
    link.subscribed();
    expect(link.view.state).toMatchObject({ name: 'live', url: 'ws://a' });
  });

  test('is left alone where it does not open, and looked at again later', () => {
    const { transport, clock, link, second, wait } = goLiveOnSecond();
    wait();
    transport.last.end('unreachable');
    expect(link.view.state).toMatchObject({ name: 'live', url: 'ws://b' });
    const before = transport.connections.length;
    beats(clock, second, 300_000 / BEAT);
    expect(transport.connections).toHaveLength(before + 1);
  });

  test('is not looked at any more when the link has stopped', () => {
    const { transport, clock, link, wait } = goLiveOnSecond();
    wait();
    const look = transport.last;
    link.stop(reason('stopped'));
    expect(look.ended).toBe('terminated');
    expect(clock.timers).toBe(0);
  });
});

describe('an address that refuses the credentials', () => {
  const MINUTE = 60_000;
  const act = fc.oneof(
    fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 1, max: 30 * MINUTE }) }),
    fc.record({ do: fc.constantFrom('machine', 'end', 'silence', 'speech', 'down', 'up'), ms: fc.constant(0) }),
  );
  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

  /** When each attempt on it was refused, whatever happens on the other one, which speaks first. */
  function refusals(acts: readonly (Act | { readonly do: 'try' | 'start'; readonly ms: number })[]): readonly number[] {
    const { clock, link, transport } = setUp(['ws://a', 'ws://b']);
    const refusedAt: number[] = [];
    let isUp = true;
    let isSpeaking = true;
    const seen = new Set<FakeConnection>();
    const answered = new Map<FakeConnection, number>();
    const world = (): void => {
      for (const connection of transport.connections) {
        if (connection.ended !== null) continue;
        if (!seen.has(connection)) {
          seen.add(connection);
          if (connection.url === 'ws://a') refusedAt.push(clock.now());
          if (connection.url === 'ws://b' && isUp) {
            connection.handlers.onOpen();
            link.subscribed();
            continue;
          }
          connection.ended = 'closed';
          connection.end(connection.url === 'ws://a' ? 'credentials' : 'unreachable', connection.url === 'ws://a');
        } else if (isSpeaking && connection.pings.length > (answered.get(connection) ?? 0)) {
          answered.set(connection, connection.pings.length);
          connection.pong();
        }
      }
    };
    const end = (): void => {
      const open = transport.connections.filter(({ ended }) => ended === null);
      for (const connection of open) {
        connection.ended = 'closed';
        connection.end();
      }
    };
    link.start();
    world();
    for (const { do: what, ms } of acts) {
      if (what === 'pass') {
        for (let passed = 0; passed < ms; passed += 1000) {
          clock.advance(Math.min(1000, ms - passed));
          world();
        }
      } else if (what === 'machine') link.machineChanged();
      else if (what === 'try') link.tryNow();
      else if (what === 'start') link.start();
      else if (what === 'end') end();
      else if (what === 'silence' || what === 'speech') isSpeaking = what === 'speech';
      else {
        isUp = what === 'up';
        if (!isUp) end();
      }
      world();
    }
    link.stop(reason('stopped'));
    expect(clock.timers).toBe(0);
    return refusedAt;
  }

  test('is tried ever more seldom while another one is live', () => {
    const refusedAt = refusals([{ do: 'pass', ms: 190 * MINUTE }]);
    const gaps = refusedAt.slice(1).map((at, index) => Math.round((at - (refusedAt[index] ?? 0)) / MINUTE));
    expect(gaps).toEqual([5, 10, 20, 40, 60]);
  });

  test('is never tried sooner by itself, whatever becomes of the machine, its network and the other one', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40, size: 'max' }), (acts) => {
        const refusedAt = refusals(acts);
        for (const [index, at] of refusedAt.entries()) {
          if (index === 0) continue;
          const minutes = Math.min(60, 5 * 2 ** (index - 1));
          expect(at - (refusedAt[index - 1] ?? 0)).toBeGreaterThanOrEqual(minutes * MINUTE);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('[RETRY-9] is tried once in five minutes by who presses the button for the other one’s sake', () => {
    const press = fc.record({ do: fc.constantFrom('try' as const, 'start' as const), ms: fc.constant(0) });
    fc.assert(
      fc.property(fc.array(fc.oneof(act, press), { maxLength: 40, size: 'max' }), (acts) => {
        const refusedAt = refusals(acts);
        for (const [index, at] of refusedAt.entries())
          if (index > 0) expect(at - (refusedAt[index - 1] ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE);
      }),
      { numRuns: 150 },
    );
  });

  test('[RETRY-9] that is the only one is tried when somebody asks, and by itself no sooner than before', () => {
    const { clock, link, transport } = setUp();
    link.start();
    const nextLook = (): number => {
      transport.last.end('credentials', true);
      const { state } = link.view;
      return state.name === 'stopped' && state.nextLookAt !== undefined
        ? (state.nextLookAt - clock.now()) / MINUTE
        : NaN;
    };
    const looks = [nextLook()];
    for (const ask of [() => link.tryNow(), () => link.start(), () => link.tryNow()]) {
      ask();
      looks.push(nextLook());
    }
    expect(looks).toEqual([5, 10, 20, 40]);
    expect(transport.connections).toHaveLength(4);
    // A sleep during which the look fell due delays it only until the machine wakes.
    link.machineChanged();
    expect(transport.connections).toHaveLength(4);
    clock.jump(41 * MINUTE);
    link.machineChanged();
    expect(transport.connections).toHaveLength(5);
  });
});

test('stopping says goodbye and leaves no timer behind', () => {
  const { clock, link, transport, goLive, told } = setUp();
  const connection = goLive();
  clock.advance(BEAT);
  link.stop(reason('stopped'));
  expect(connection.ended).toBe('closed');
  expect(told).toEqual(['detach', 'stopped']);
  expect(clock.timers).toBe(0);
  link.start();
  transport.last.end();
  expect(clock.timers).toBe(1);
  link.stop(reason('stopped'));
  expect(clock.timers).toBe(0);
});

test('giving up drops a connection that stands, and begins the wait', () => {
  const { link, transport, goLive } = setUp(['ws://a', 'ws://b']);
  const connection = goLive();
  link.giveUp(reason('untold-answer'));
  expect(connection.ended).toBe('terminated');
  expect(link.view.state).toMatchObject({ name: 'waiting', reason: { code: 'untold-answer' } });
  link.tryNow();
  expect(transport.last.url).toBe('ws://a');
});

describe('what comes is prompt', () => {
  test('[LINK-9] for a heartbeat from the opening, and from the sending of each ping that is answered', () => {
    const { clock, link, goLive } = setUp();
    const connection = goLive();
    clock.advance(BEAT);
    expect(link.isPrompt).toBe(true);
    clock.advance(1);
    // What arrived now may have been sent just after the opening.
    expect(link.isPrompt).toBe(false);
    clock.advance(4999);
    connection.pong();
    expect(link.isPrompt).toBe(true);
    clock.advance(5000);
    expect(link.isPrompt).toBe(true);
    clock.advance(1);
    expect(link.isPrompt).toBe(false);
  });
});

describe('over any course of things', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 0, max: 2 * BEAT }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('sleep'), ms: fc.integer({ min: 1, max: 5 * BEAT }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pong'), ms: fc.nat({ max: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('frame', 'bytes'), ms: fc.constant(0) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('try', 'machine', 'subscribed', 'all-refused'), ms: fc.constant(0) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('open', 'end'), ms: fc.constant(0) }) },
  );

  test('[LINK-1] [LINK-2] [LINK-3] the link becomes live by a proof of the last heartbeat, and stays so for two at most', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
        const all = setUp(['ws://a', 'ws://b']);
        const { clock, link, transport } = all;
        link.start();
        /** When the last ping answered within a heartbeat was sent, or the connection opened. */
        let provenAt = clock.now();
        let isLive = false;
        /**
         * No ping was sent since the machine slept: its timer is late by the sleep, and only arriving data shows it.
         */
        let isAsleep = false;
        let opened: FakeConnection | null = null;
        const judge = (isTold: boolean): void => {
          const wasLive = isLive;
          isLive = link.view.state.name === 'live';
          const age = clock.now() - provenAt;
          if (isLive && (isTold || !isAsleep)) expect(age).toBeLessThanOrEqual(2 * BEAT);
          if (isLive && !wasLive) expect(age).toBeLessThanOrEqual(BEAT);
          if (link.isPrompt && opened !== null) expect(age).toBeLessThanOrEqual(BEAT);
        };
        for (const { do: what, ms } of acts) {
          const connection = transport.last;
          const pings = connection.pings.length;
          let isTold = false;
          const isOpen = opened === connection && connection.ended === null;
          switch (what) {
            case 'pass':
              for (let passed = 0; passed < ms; passed += 500) {
                clock.advance(Math.min(500, ms - passed));
                if (transport.last !== connection || connection.pings.length > pings) isAsleep = false;
                judge(false);
              }
              break;
            case 'sleep':
              clock.jump(ms);
              isAsleep = true;
              break;
            case 'pong': {
              const ping = connection.pings.length - 1 - ms;
              const sentAt = connection.pingedAt[ping];
              if (!isOpen || sentAt === undefined) break;
              if (clock.now() - sentAt <= BEAT) provenAt = Math.max(provenAt, sentAt);
              connection.pong(connection.pings[ping]);
              isTold = true;
              break;
            }
            case 'frame':
              if (!isOpen) break;
              connection.receive({});
              isTold = true;
              break;
            case 'bytes':
              connection.bytesRead += 1;
              break;
            case 'try':
            case 'machine':
              if (what === 'try') link.tryNow();
              else link.machineChanged();
              isTold = true;
              break;
            case 'subscribed':
              link.subscribed();
              break;
            case 'all-refused':
              link.allRefused();
              break;
            case 'open':
              if (opened === connection || connection.ended !== null) break;
              opened = connection;
              provenAt = clock.now();
              connection.handlers.onOpen();
              break;
            case 'end':
              if (connection.ended !== null) break;
              connection.ended = 'closed';
              connection.end();
              break;
          }
          if (transport.last !== connection || connection.pings.length > pings) isAsleep = false;
          judge(isTold);
        }
        link.stop(reason('stopped'));
        expect(clock.timers).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});
