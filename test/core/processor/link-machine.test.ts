/** Every state of the link against every event, and what holds over any sequence of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  initialLink,
  next,
  type Link,
  type LinkConfig,
  type LinkContext,
  type LinkEvent,
} from '../../../src/core/processor/link-machine.ts';
import type { LinkState } from '../../../src/shared/link.ts';
import { reason } from '../../support/fake-transport.ts';

const URLS = ['ws://a', 'ws://b', 'ws://c'];
const CONFIG: LinkConfig = { urls: URLS, heartbeatMs: 10_000, retryBaseMs: 1000, retryCapMs: 30_000 };
const GENERATION = 7;
const NOW = 5000;
const HEARD = 4000;

const STATES = {
  idle: { name: 'idle', since: 1 },
  connecting: { name: 'connecting', since: 1, url: 'ws://b', attempt: 3 },
  starting: { name: 'starting', since: 1, url: 'ws://b', attempt: 3 },
  live: { name: 'live', since: 1, url: 'ws://b' },
  stale: { name: 'stale', since: 1, url: 'ws://b' },
  waiting: { name: 'waiting', since: 1, attempt: 3, nextTryAt: 9000, reason: reason('before') },
  stopped: { name: 'stopped', since: 1, reason: reason('before') },
} satisfies { readonly [N in LinkState['name']]: Extract<LinkState, { readonly name: N }> };
type StateName = keyof typeof STATES;
const STATE_NAMES = Object.keys(STATES) as StateName[];

const EVENTS = {
  start: { type: 'start' },
  stop: { type: 'stop', reason: reason('asked') },
  opened: { type: 'opened', generation: GENERATION },
  begun: { type: 'begun', generation: GENERATION },
  heard: { type: 'heard', generation: GENERATION },
  'answered heartbeat': { type: 'heartbeat', isAnswered: true },
  'unanswered heartbeat': { type: 'heartbeat', isAnswered: false },
  ended: { type: 'ended', generation: GENERATION, reason: reason('gone'), isFatal: false },
  'fatal end': { type: 'ended', generation: GENERATION, reason: reason('fatal'), isFatal: true },
  'give-up': { type: 'give-up', generation: GENERATION, reason: reason('useless') },
  'retry-due': { type: 'retry-due' },
  'try-now': { type: 'try-now', isAnswered: true },
  'try-now, awaiting an answer': { type: 'try-now', isAnswered: false },
  unbegun: { type: 'unbegun', generation: GENERATION },
} as const satisfies Record<string, LinkEvent>;

function linkIn(name: StateName, over: Partial<Link> = {}): Link {
  return {
    state: STATES[name],
    generation: GENERATION,
    wasLive: true,
    lastHeardAt: 3000,
    urlIndex: 1,
    attempt: 2,
    ...over,
  };
}

function step(link: Link, event: LinkEvent, over: Partial<LinkContext> = {}) {
  return next(link, event, { now: NOW, heardAt: HEARD, random: 0.5, config: CONFIG, ...over });
}

/** The next state and the effects in one line; `-` where nothing at all happens. */
function outcome(link: Link, event: LinkEvent): string {
  const result = step(link, event);
  const effects = result.effects.map(({ type }) => type).join(' ');
  return result.link === link && effects === '' ? '-' : `${result.link.state.name}: ${effects}`.trim();
}

const DROPPED = 'waiting: drop cancel-heartbeat detach set-retry';
const TABLE: Record<keyof typeof EVENTS, Partial<Record<StateName, string>>> = {
  start: { idle: 'connecting: open', stopped: 'connecting: open' },
  stop: {
    idle: 'stopped:',
    connecting: 'stopped: close',
    starting: 'stopped: close cancel-heartbeat detach',
    live: 'stopped: close cancel-heartbeat detach',
    stale: 'stopped: close cancel-heartbeat detach',
    waiting: 'stopped: cancel-retry',
    stopped: 'stopped:',
  },
  opened: { connecting: 'starting: set-heartbeat attach' },
  begun: { starting: 'live:' },
  heard: { stale: 'live:' },
  'answered heartbeat': {
    starting: 'starting: ping set-heartbeat',
    live: 'live: ping set-heartbeat',
    stale: 'stale: ping set-heartbeat',
  },
  'unanswered heartbeat': { starting: DROPPED, live: 'stale: ping set-heartbeat', stale: DROPPED },
  ended: {
    connecting: 'waiting: set-retry',
    starting: 'waiting: cancel-heartbeat detach set-retry',
    live: 'waiting: cancel-heartbeat detach set-retry',
    stale: 'waiting: cancel-heartbeat detach set-retry',
  },
  'fatal end': {
    connecting: 'stopped:',
    starting: 'stopped: cancel-heartbeat detach',
    live: 'stopped: cancel-heartbeat detach',
    stale: 'stopped: cancel-heartbeat detach',
  },
  'give-up': { starting: DROPPED, live: DROPPED, stale: DROPPED },
  'retry-due': { waiting: 'connecting: open' },
  'try-now': {
    starting: 'starting: cancel-heartbeat ping set-heartbeat',
    live: 'live: cancel-heartbeat ping set-heartbeat',
    stale: 'connecting: drop cancel-heartbeat detach open',
    waiting: 'connecting: cancel-retry open',
    stopped: 'connecting: open',
  },
  'try-now, awaiting an answer': {
    stale: 'connecting: drop cancel-heartbeat detach open',
    waiting: 'connecting: cancel-retry open',
    stopped: 'connecting: open',
  },
  unbegun: { live: 'starting:' },
};

const CELLS = (Object.keys(EVENTS) as (keyof typeof EVENTS)[]).flatMap((event) =>
  STATE_NAMES.map((state) => ({ state, event, expected: TABLE[event][state] ?? '-' })),
);

describe('the table of states and events', () => {
  test.each(CELLS)('$state, at $event: $expected', ({ state, event, expected }) => {
    expect(outcome(linkIn(state), EVENTS[event])).toBe(expected);
  });

  test.each(CELLS.filter(({ event }) => 'generation' in EVENTS[event]))(
    '$state hears nothing of a $event on an older connection',
    ({ state, event }) => {
      expect(outcome(linkIn(state, { generation: GENERATION + 1 }), EVENTS[event])).toBe('-');
    },
  );
});

describe('what a state carries', () => {
  test('each connection gets a generation of its own, which its opening names', () => {
    const { link, effects } = step(linkIn('waiting'), EVENTS['retry-due']);
    expect(link.generation).toBe(GENERATION + 1);
    expect(effects).toEqual([{ type: 'open', url: 'ws://b', generation: GENERATION + 1 }]);
    expect(link.state).toEqual({ name: 'connecting', since: NOW, url: 'ws://b', attempt: 4 });
  });

  test.each([
    ['ended', 'live'],
    ['fatal end', 'live'],
    ['give-up', 'stale'],
    ['stop', 'connecting'],
  ] as const)('after %s in %s the connection that was left is not heard any more', (event, state) => {
    const { link } = step(linkIn(state), EVENTS[event]);
    expect(link.generation).toBeGreaterThan(GENERATION);
    expect(outcome({ ...link, state: STATES.starting }, EVENTS.begun)).toBe('-');
  });

  test('a live link that falls silent is stale since the processor was last heard', () => {
    const { link } = step(linkIn('live'), EVENTS['unanswered heartbeat']);
    expect(link.state).toEqual({ name: 'stale', since: HEARD, url: 'ws://b' });
    expect(link.lastHeardAt).toBe(HEARD);
  });

  test('what was last heard while live is kept through stale, waiting and failed attempts', () => {
    let { link } = step(linkIn('live'), EVENTS['unanswered heartbeat']);
    link = step(link, EVENTS['unanswered heartbeat'], { heardAt: 4500 }).link;
    link = step(link, EVENTS['retry-due']).link;
    link = step(
      link,
      { type: 'ended', generation: link.generation, reason: reason('x'), isFatal: false },
      { heardAt: 4700 },
    ).link;
    expect(link.state.name).toBe('waiting');
    expect(link.lastHeardAt).toBe(HEARD);
  });

  test('a link that never was live knows no moment at which the processor was heard', () => {
    const { link } = step(linkIn('starting', { wasLive: false, lastHeardAt: null }), EVENTS.ended);
    expect(link).toMatchObject({ wasLive: false, lastHeardAt: null });
  });

  test('it has been live from its first begin on', () => {
    const { link } = step(linkIn('starting', { wasLive: false }), EVENTS.begun);
    expect(link).toMatchObject({ wasLive: true, state: { name: 'live', since: NOW } });
  });

  test('a reason is kept with the state that it led to', () => {
    expect(step(linkIn('live'), EVENTS.ended).link.state).toMatchObject({ reason: reason('gone') });
    expect(step(linkIn('live'), EVENTS['fatal end']).link.state).toMatchObject({ reason: reason('fatal') });
    expect(step(linkIn('live'), EVENTS.stop).link.state).toMatchObject({ reason: reason('asked') });
  });
});

describe('several addresses', () => {
  function failed(link: Link): Link {
    const opened = step(link, EVENTS['retry-due']).link;
    return step(opened, { type: 'ended', generation: opened.generation, reason: reason('x'), isFatal: false }).link;
  }

  test('are tried in turn, and from the first again after the last', () => {
    let link = step(initialLink(0), EVENTS.start).link;
    const tried = [link.state];
    link = step(link, { type: 'ended', generation: 1, reason: reason('x'), isFatal: false }).link;
    for (let round = 0; round < 3; round += 1) {
      tried.push(step(link, EVENTS['retry-due']).link.state);
      link = failed(link);
    }
    expect(tried.map((state) => ('url' in state ? state.url : ''))).toEqual(['ws://a', 'ws://b', 'ws://c', 'ws://a']);
  });

  test.each(['live', 'stale'] as const)(
    'a connection that was %s and is lost is followed by the first one',
    (state) => {
      const { link } = step(linkIn(state, { urlIndex: 2 }), EVENTS.ended);
      expect(step(link, EVENTS['retry-due']).link.state).toMatchObject({ url: 'ws://a' });
    },
  );

  test('one that opens but never becomes live is followed by the next', () => {
    const { link } = step(linkIn('starting'), EVENTS['give-up']);
    expect(step(link, EVENTS['retry-due']).link.state).toMatchObject({ url: 'ws://c', attempt: 3 });
  });
});

describe('the wait before a retry', () => {
  const waitingAt = (attempt: number, random: number): number => {
    const state: LinkState = { name: 'connecting', since: 1, url: 'ws://a', attempt };
    const { link, effects } = step({ ...linkIn('idle'), state, attempt }, EVENTS.ended, { random });
    const retry = effects.find((effect) => effect.type === 'set-retry');
    if (link.state.name !== 'waiting' || retry === undefined) throw new Error('It does not wait');
    expect(link.state.nextTryAt).toBe(NOW + retry.delayMs);
    return retry.delayMs;
  };

  test('is drawn from the whole span from nothing to its longest', () => {
    expect(waitingAt(2, 0)).toBe(0);
    expect(waitingAt(2, 0.25)).toBe(1000);
    expect(waitingAt(2, 0.999_999)).toBe(4000);
  });

  test.each([
    ['a heartbeat', 0, 1000],
    ['less than a heartbeat', 1, 4000],
  ])('after a connection that was live for %s starts anew or goes on', (_, lessMs, delayMs) => {
    const now = ('since' in STATES.live ? STATES.live.since : 0) + CONFIG.heartbeatMs - lessMs;
    const { effects } = step(linkIn('live'), EVENTS.ended, { random: 0.999_999, now });
    expect(effects.at(-1)).toEqual({ type: 'set-retry', delayMs });
  });

  test('doubles with each attempt up to the cap', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempt) => waitingAt(attempt, 0.999_999))).toEqual([
      2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
  });

  test('never leaves its bounds, however many attempts and whatever is drawn', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (n, r) => {
        const delayMs = waitingAt(n + 1, r);
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(CONFIG.retryCapMs);
      }),
    );
  });
});

test('over any sequence of events, timers, socket and subscriptions are what the state says', () => {
  const names = Object.keys(EVENTS) as (keyof typeof EVENTS)[];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 2 })), { maxLength: 60 }), (events) => {
      let link = initialLink(0);
      const is = { attached: false, beating: false, retrying: false, socket: false };
      for (const [name, age] of events) {
        let event: LinkEvent = EVENTS[name];
        // What can't happen: a timer that does not run, a word from a connection that is not there.
        if (event.type === 'heartbeat' && !is.beating) continue;
        if (event.type === 'retry-due' && !is.retrying) continue;
        if ('generation' in event) {
          if (age === 0 && !is.socket) continue;
          event = { ...event, generation: link.generation - age };
          if (event.type === 'ended' && age === 0) is.socket = false;
        }
        if (event.type === 'heartbeat') is.beating = false;
        if (event.type === 'retry-due') is.retrying = false;
        const before = link.generation;
        const result = step(link, event);
        link = result.link;
        for (const effect of result.effects) {
          if (effect.type === 'open') expect(is.socket).toBe(false);
          if (effect.type === 'open') is.socket = true;
          if (effect.type === 'drop' || effect.type === 'close') is.socket = false;
          if (effect.type === 'attach') is.attached = true;
          if (effect.type === 'detach') is.attached = false;
          if (effect.type === 'set-heartbeat') expect(is.beating).toBe(false);
          if (effect.type === 'set-heartbeat') is.beating = true;
          if (effect.type === 'cancel-heartbeat') is.beating = false;
          if (effect.type === 'set-retry') is.retrying = true;
          if (effect.type === 'cancel-retry') is.retrying = false;
        }
        const { name: state } = link.state;
        const isConnected = state === 'starting' || state === 'live' || state === 'stale';
        expect(link.generation).toBeGreaterThanOrEqual(before);
        expect({ state, ...is }).toEqual({
          state,
          attached: isConnected,
          beating: isConnected,
          retrying: state === 'waiting',
          socket: isConnected || state === 'connecting',
        });
      }
    }),
    { numRuns: 500 },
  );
});

describe('after a sleep', () => {
  const NIGHT = { now: HEARD + 8 * 3_600_000, heardAt: HEARD };

  test.each(['answered heartbeat', 'try-now', 'try-now, awaiting an answer'] as const)(
    'at %s a live link is stale at once, since it was last heard, and the processor is pinged',
    (event) => {
      const { link, effects } = step(linkIn('live'), EVENTS[event], NIGHT);
      expect(link.state).toMatchObject({ name: 'stale', since: HEARD });
      expect(effects.map(({ type }) => type)).toContain('ping');
    },
  );
});
