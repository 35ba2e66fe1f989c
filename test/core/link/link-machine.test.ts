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
} from '../../../src/core/link/link-machine.ts';
import type { LinkCode, LinkState } from '../../../src/shared/link/link.ts';
import { reason } from '../../../lab/fake-transport.ts';
import { inEnglish } from '../../support/in-english.ts';

const URLS = ['ws://a', 'ws://b', 'ws://c'];
const CONFIG: LinkConfig = {
  urls: URLS,
  heartbeatMs: 10_000,
  retryBaseMs: 1000,
  retryCapMs: 30_000,
  probeMs: 2000,
  returnBaseMs: 300_000,
  returnCapMs: 3_600_000,
};
const GENERATION = 7;
const NOW = 9000;
const RECEIVED = 4000;
const PINGED = 3500;
const PROVEN = 2500;
const LATE = { since: 3000, misses: 1 };

const STATES = {
  idle: { name: 'idle', since: 1 },
  connecting: { name: 'connecting', since: 1, url: 'ws://a', attempt: 3 },
  starting: { name: 'starting', since: 1, url: 'ws://a', attempt: 3 },
  live: { name: 'live', since: 1, url: 'ws://a' },
  stale: { name: 'stale', since: 3000, url: 'ws://a' },
  waiting: { name: 'waiting', since: 1, attempt: 3, nextTryAt: 9900, reason: reason('unreachable') },
  stopped: { name: 'stopped', since: 1, reason: reason('unreachable') },
} satisfies { readonly [N in LinkState['name']]: Extract<LinkState, { readonly name: N }> };

function linkIn(name: keyof typeof STATES, over: Partial<Link> = {}): Link {
  return {
    state: STATES[name],
    generation: GENERATION,
    wasLive: true,
    blind: name === 'live' ? null : { since: 3000, reason: reason('silent') },
    urlIndex: 0,
    attempt: 2,
    late: name === 'stale' ? LATE : null,
    isProbing: false,
    isSubscribed: false,
    useless: [],
    failedReturns: 0,
    ...over,
  };
}

function useless(index: number, code: LinkCode, until: number | null, times = 1): Link['useless'][number] {
  return { index, reason: reason(code), times, at: 1, until };
}

/** Each state in all variants that make a difference. */
const LINKS = {
  idle: linkIn('idle'),
  connecting: linkIn('connecting'),
  starting: linkIn('starting'),
  'starting, late': linkIn('starting', { late: LATE }),
  'starting, probing': linkIn('starting', { isProbing: true }),
  'starting, begun': linkIn('starting', { isSubscribed: true }),
  live: linkIn('live'),
  'live, probing': linkIn('live', { isProbing: true }),
  'live elsewhere': linkIn('live', { urlIndex: 1 }),
  stale: linkIn('stale'),
  'stale, probing': linkIn('stale', { isProbing: true }),
  'stale for long': linkIn('stale', { late: { ...LATE, misses: 6 } }),
  'stale elsewhere': linkIn('stale', { urlIndex: 1 }),
  waiting: linkIn('waiting'),
  stopped: linkIn('stopped'),
  'stopped for a while': linkIn('stopped', {
    state: { ...STATES.stopped, nextLookAt: 99_000 },
    useless: [useless(0, 'certificate', 99_000)],
  }),
  'stopped for its credentials': linkIn('stopped', {
    state: { ...STATES.stopped, nextLookAt: 99_000 },
    useless: [useless(0, 'credentials', 99_000), useless(1, 'credentials', 99_000), useless(2, 'bad-url', null)],
  }),
} satisfies Record<string, Link>;
type LinkName = keyof typeof LINKS;
const LINK_NAMES = Object.keys(LINKS) as LinkName[];

const SILENCE: Partial<LinkContext> = { pingedAt: PINGED };
const TRICKLE: Partial<LinkContext> = { pingedAt: PINGED, isActive: true };
const SLEEP: Partial<LinkContext> = { now: RECEIVED + 8 * 3_600_000 };
/** Asleep while the answer to a ping was still due. */
const SLEEP_IN_SILENCE: Partial<LinkContext> = { ...SLEEP, ...SILENCE };
/** A ping is unanswered, and may stay so for another second. */
const ALMOST: Partial<LinkContext> = {
  now: PROVEN + 2 * CONFIG.heartbeatMs - 1000,
  pingedAt: PROVEN + CONFIG.heartbeatMs,
};

/** Each event in all variants that make a difference. */
const EVENTS = {
  start: [{ type: 'start' }],
  stop: [{ type: 'stop', reason: reason('stopped') }],
  opened: [{ type: 'opened', generation: GENERATION }],
  subscribed: [{ type: 'subscribed', generation: GENERATION }],
  'begun, long after the last proof': [{ type: 'subscribed', generation: GENERATION }, ALMOST],
  'all-refused': [{ type: 'all-refused', generation: GENERATION }],
  proven: [{ type: 'proven', generation: GENERATION }],
  overslept: [{ type: 'overslept', generation: GENERATION }, SLEEP],
  'heartbeat, answered': [{ type: 'heartbeat' }],
  'heartbeat, in silence': [{ type: 'heartbeat' }, SILENCE],
  'heartbeat, bytes but no answer': [{ type: 'heartbeat' }, TRICKLE],
  'heartbeat, after a sleep': [{ type: 'heartbeat' }, SLEEP],
  'heartbeat, after a sleep in silence': [{ type: 'heartbeat' }, SLEEP_IN_SILENCE],
  ended: [{ type: 'ended', generation: GENERATION, reason: reason('closed'), isFatal: false }],
  'fatal end': [{ type: 'ended', generation: GENERATION, reason: reason('subprotocol'), isFatal: true }],
  'fatal end of the only address': [
    { type: 'ended', generation: GENERATION, reason: reason('subprotocol'), isFatal: true },
    { config: { ...CONFIG, urls: ['ws://a'] } },
  ],
  'fatal end of the only address, for good': [
    { type: 'ended', generation: GENERATION, reason: reason('bad-url'), isFatal: true },
    { config: { ...CONFIG, urls: ['ws://a'] } },
  ],
  'give-up': [{ type: 'give-up', generation: GENERATION, reason: reason('untold-answer') }],
  'retry-due': [{ type: 'retry-due' }],
  'try-now': [{ type: 'try-now', isAsked: true }],
  'try-now, in a long silence': [{ type: 'try-now', isAsked: true }, ALMOST],
  'machine changed': [{ type: 'try-now', isAsked: false }],
  'machine changed, after a sleep': [{ type: 'try-now', isAsked: false }, SLEEP],
  'return-due': [{ type: 'return-due' }],
  'looked, open': [{ type: 'looked', generation: GENERATION, ending: null }],
  'looked, not open': [
    { type: 'looked', generation: GENERATION, ending: { reason: reason('unreachable'), isFatal: false } },
  ],
  'looked, of no use': [
    { type: 'looked', generation: GENERATION, ending: { reason: reason('credentials'), isFatal: true } },
  ],
} as const satisfies Record<string, readonly [LinkEvent, Partial<LinkContext>?]>;
type EventName = keyof typeof EVENTS;
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

function step(link: Link, name: EventName, over: Partial<LinkContext> = {}, given: Partial<LinkEvent> = {}) {
  const [event, situation = {}] = EVENTS[name] as readonly [LinkEvent, Partial<LinkContext>?];
  const context: LinkContext = {
    now: NOW,
    receivedAt: RECEIVED,
    pingedAt: null,
    provenAt: PROVEN,
    isActive: false,
    random: 0.5,
    config: CONFIG,
    ...situation,
    ...over,
  };
  return next(link, { ...event, ...given } as LinkEvent, context);
}

/** The next state and the effects in one line; `-` if nothing happens at all. */
function outcome(link: Link, event: EventName): string {
  const result = step(link, event);
  const effects = result.effects
    .map(({ type, ...rest }) =>
      'delayMs' in rest && type === 'set-heartbeat' && rest.delayMs < CONFIG.heartbeatMs ? 'set-short-heartbeat' : type,
    )
    .join(' ');
  if (result.link === link && effects === '') return '-';
  const { state, late, isProbing, isSubscribed } = result.link;
  return `${state.name}${isSubscribed ? ', begun' : ''}${isProbing ? ', probing' : ''}${late === null ? '' : ` ${String(late.misses)}`}: ${effects}`.trim();
}

/** What leaving a standing connection always involves. */
const LEFT = 'cancel-heartbeat cancel-return detach';
const PROBE = 'cancel-heartbeat ping set-short-heartbeat';

/** The same in every state with a standing connection. */
function connected(expected: string): Partial<Record<LinkName, string>> {
  const isConnected = (name: LinkName): boolean => /^(starting|live|stale)/.test(name);
  return Object.fromEntries(LINK_NAMES.filter(isConnected).map((name) => [name, expected]));
}

/** Anything known before a sleep is no longer known, whatever was in progress. */
const ASLEEP: Partial<Record<LinkName, string>> = {
  starting: `starting, probing 1: ${PROBE}`,
  'starting, late': `starting, probing 1: ${PROBE}`,
  'starting, probing': `starting, probing 1: ${PROBE}`,
  'starting, begun': `starting, begun, probing 1: ${PROBE}`,
  live: `stale, probing 1: ${PROBE}`,
  'live, probing': `stale, probing 1: ${PROBE}`,
  'live elsewhere': `stale, probing 1: ${PROBE}`,
  stale: `stale, probing 1: ${PROBE}`,
  'stale, probing': `stale, probing 1: ${PROBE}`,
  'stale for long': `stale, probing 6: ${PROBE}`,
  'stale elsewhere': `stale, probing 1: ${PROBE}`,
};

const TABLE: Record<EventName, Partial<Record<LinkName, string>>> = {
  start: {
    idle: 'connecting: open',
    stopped: 'connecting: open',
    'stopped for a while': 'connecting: cancel-retry open',
    'stopped for its credentials': 'connecting: cancel-retry open',
  },
  stop: {
    idle: 'stopped:',
    connecting: 'stopped: close',
    ...connected(`stopped: close ${LEFT}`),
    waiting: 'stopped: cancel-retry',
    stopped: 'stopped:',
    'stopped for a while': 'stopped: cancel-retry',
    'stopped for its credentials': 'stopped: cancel-retry',
  },
  opened: { connecting: 'starting: set-heartbeat attach' },
  subscribed: {
    starting: 'live:',
    'starting, late': 'stale 1:',
    'starting, probing': 'live, probing:',
    'starting, begun': 'live:',
  },
  'begun, long after the last proof': {
    starting: 'starting, begun:',
    'starting, late': 'stale 1:',
    'starting, probing': 'starting, begun, probing:',
    'starting, begun': 'starting, begun:',
  },
  'all-refused': {
    'starting, begun': 'starting:',
    live: 'starting:',
    'live, probing': 'starting, probing:',
    'live elsewhere': 'starting:',
    stale: 'starting 1:',
    'stale, probing': 'starting, probing 1:',
    'stale for long': 'starting 6:',
    'stale elsewhere': 'starting 1:',
  },
  proven: {
    'starting, late': 'starting:',
    'starting, probing': 'starting:',
    'starting, begun': 'live:',
    'live, probing': 'live:',
    stale: 'live:',
    'stale, probing': 'live:',
    'stale for long': 'live:',
    'stale elsewhere': 'live:',
  },
  overslept: ASLEEP,
  'heartbeat, answered': {
    starting: 'starting: ping set-heartbeat',
    'starting, late': 'starting 1: ping set-heartbeat',
    'starting, probing': 'starting: ping set-heartbeat',
    'starting, begun': 'starting, begun: ping set-heartbeat',
    live: 'live: ping set-heartbeat',
    'live, probing': 'live: ping set-heartbeat',
    'live elsewhere': 'live: ping set-heartbeat',
    stale: 'stale 1: ping set-heartbeat',
    'stale, probing': 'stale 1: ping set-heartbeat',
    'stale for long': 'stale 6: ping set-heartbeat',
    'stale elsewhere': 'stale 1: ping set-heartbeat',
  },
  'heartbeat, in silence': {
    ...connected(`waiting: drop ${LEFT} set-retry`),
    'starting, probing': `connecting: drop ${LEFT} open`,
    live: 'stale 1: ping set-heartbeat',
    'live, probing': `connecting: drop ${LEFT} open`,
    'live elsewhere': 'stale 1: ping set-heartbeat',
    'stale, probing': `connecting: drop ${LEFT} open`,
  },
  'heartbeat, bytes but no answer': {
    starting: 'starting 1: ping set-heartbeat',
    'starting, late': 'starting 2: ping set-heartbeat',
    'starting, probing': 'starting 1: ping set-heartbeat',
    'starting, begun': 'starting, begun 1: ping set-heartbeat',
    live: 'stale 1: ping set-heartbeat',
    'live, probing': 'stale 1: ping set-heartbeat',
    'live elsewhere': 'stale 1: ping set-heartbeat',
    stale: 'stale 2: ping set-heartbeat',
    'stale, probing': 'stale 2: ping set-heartbeat',
    'stale for long': `waiting: drop ${LEFT} set-retry`,
    'stale elsewhere': 'stale 2: ping set-heartbeat',
  },
  'heartbeat, after a sleep': ASLEEP,
  'heartbeat, after a sleep in silence': ASLEEP,
  ended: { connecting: 'waiting: set-retry', ...connected(`waiting: ${LEFT} set-retry`) },
  'fatal end': { connecting: 'waiting: set-retry', ...connected(`waiting: ${LEFT} set-retry`) },
  'fatal end of the only address': {
    connecting: 'stopped: set-retry',
    ...connected(`stopped: ${LEFT} set-retry`),
  },
  'fatal end of the only address, for good': { connecting: 'stopped:', ...connected(`stopped: ${LEFT}`) },
  'give-up': connected(`waiting: drop ${LEFT} set-retry`),
  'retry-due': {
    waiting: 'connecting: open',
    'stopped for a while': 'connecting: open',
    'stopped for its credentials': 'connecting: open',
  },
  'try-now': {
    connecting: 'connecting: drop open',
    starting: `starting, probing: ${PROBE}`,
    'starting, late': `starting, probing 1: ${PROBE}`,
    'starting, begun': `starting, begun, probing: ${PROBE}`,
    live: `live, probing: ${PROBE}`,
    'live elsewhere': `live, probing: ${PROBE}`,
    stale: `connecting: drop ${LEFT} open`,
    'stale for long': `connecting: drop ${LEFT} open`,
    'stale elsewhere': `connecting: drop ${LEFT} open`,
    waiting: 'connecting: cancel-retry open',
    stopped: 'connecting: open',
    'stopped for a while': 'connecting: cancel-retry open',
    'stopped for its credentials': 'connecting: cancel-retry open',
  },
  'try-now, in a long silence': {
    connecting: 'connecting: drop open',
    starting: `starting, probing 1: ${PROBE}`,
    'starting, late': `starting, probing 1: ${PROBE}`,
    'starting, begun': `starting, begun, probing 1: ${PROBE}`,
    live: `stale, probing 1: ${PROBE}`,
    'live elsewhere': `stale, probing 1: ${PROBE}`,
    stale: `connecting: drop ${LEFT} open`,
    'stale for long': `connecting: drop ${LEFT} open`,
    'stale elsewhere': `connecting: drop ${LEFT} open`,
    waiting: 'connecting: cancel-retry open',
    stopped: 'connecting: open',
    'stopped for a while': 'connecting: cancel-retry open',
    'stopped for its credentials': 'connecting: cancel-retry open',
  },
  'machine changed': {
    connecting: 'connecting: drop open',
    starting: `starting, probing: ${PROBE}`,
    'starting, late': `starting, probing 1: ${PROBE}`,
    'starting, begun': `starting, begun, probing: ${PROBE}`,
    live: `live, probing: ${PROBE}`,
    'live elsewhere': `live, probing: ${PROBE}`,
    stale: `stale, probing 1: ${PROBE}`,
    'stale for long': `stale, probing 6: ${PROBE}`,
    'stale elsewhere': `stale, probing 1: ${PROBE}`,
    waiting: 'connecting: cancel-retry open',
    'stopped for a while': 'connecting: cancel-retry open',
  },
  'machine changed, after a sleep': {
    ...ASLEEP,
    connecting: 'connecting: drop open',
    waiting: 'connecting: cancel-retry open',
    'stopped for a while': 'connecting: cancel-retry open',
    'stopped for its credentials': 'connecting: cancel-retry open',
  },
  'return-due': { 'live elsewhere': 'live: look', 'stale elsewhere': 'stale 1: set-return' },
  'looked, open': {
    'live elsewhere': `connecting: close ${LEFT} open`,
    'stale elsewhere': 'stale 1: set-return',
  },
  'looked, not open': { 'live elsewhere': 'live: set-return', 'stale elsewhere': 'stale 1: set-return' },
  'looked, of no use': { 'live elsewhere': 'live: set-return', 'stale elsewhere': 'stale 1: set-return' },
};

const CELLS = EVENT_NAMES.flatMap((event) =>
  LINK_NAMES.map((link) => ({ link, event, expected: TABLE[event][link] ?? '-' })),
);

describe('the table of states and events', () => {
  test.each(CELLS)('$link, at $event: $expected', ({ link, event, expected }) => {
    expect(outcome(LINKS[link], event)).toBe(expected);
  });

  test.each(CELLS.filter(({ event }) => 'generation' in EVENTS[event][0]))(
    '$link hears nothing of $event on an older connection',
    ({ link, event }) => {
      expect(outcome({ ...LINKS[link], generation: GENERATION + 1 }, event)).toBe('-');
    },
  );
});

describe('what a state carries', () => {
  test('each connection gets a generation of its own, which its opening names', () => {
    const { link, effects } = step(linkIn('waiting', { urlIndex: 1 }), 'retry-due');
    expect(link.generation).toBe(GENERATION + 1);
    expect(effects).toEqual([{ type: 'open', url: 'ws://b', generation: GENERATION + 1 }]);
    expect(link.state).toEqual({ name: 'connecting', since: NOW, url: 'ws://b', attempt: 4 });
  });

  test.each([
    ['ended', 'live'],
    ['fatal end', 'live'],
    ['give-up', 'stale'],
    ['stop', 'connecting'],
    ['try-now', 'connecting'],
  ] as const)('after %s in %s the connection that was left is not heard any more', (event, state) => {
    const { link } = step(linkIn(state), event);
    expect(link.generation).toBeGreaterThan(GENERATION);
    expect(outcome({ ...link, state: STATES.starting }, 'subscribed')).toBe('-');
  });

  test('a live link that falls silent is stale since the processor was last heard', () => {
    const { link } = step(linkIn('live'), 'heartbeat, in silence', { receivedAt: 3000 });
    expect(link.state).toEqual({ name: 'stale', since: 3000, url: 'ws://a' });
    expect(link.blind).toMatchObject({ since: 3000, reason: { code: 'silent' } });
  });

  test('[LINK-5] one that carries bytes but no answer is stale since the ping: what comes may be as old as that', () => {
    const { link } = step(linkIn('live'), 'heartbeat, bytes but no answer');
    expect(link.state).toMatchObject({ name: 'stale', since: PINGED });
  });

  test('since when it is blind, and why, is kept through stale, waiting and failed attempts', () => {
    let { link } = step(linkIn('live'), 'heartbeat, in silence');
    const { blind } = link;
    link = step(link, 'heartbeat, in silence', { receivedAt: 4500 }).link;
    expect(link.state.name).toBe('waiting');
    link = step(link, 'retry-due').link;
    link = step(link, 'ended', { receivedAt: 4700 }, { generation: link.generation }).link;
    expect(link.state.name).toBe('waiting');
    expect(link.blind).toBe(blind);
  });

  test('it sees again when it is live', () => {
    expect(step(linkIn('starting'), 'subscribed').link).toMatchObject({ blind: null, wasLive: true });
    expect(step(linkIn('stale'), 'proven').link).toMatchObject({ blind: null, state: { name: 'live', since: NOW } });
    expect(step(linkIn('starting', { isSubscribed: true, wasLive: false }), 'proven').link).toMatchObject({
      blind: null,
      wasLive: true,
    });
    expect(step(linkIn('starting', { late: LATE }), 'subscribed').link.blind).not.toBeNull();
  });

  test('what was begun on a silent connection counts as having been live: it is begun, and late', () => {
    const { link } = step(linkIn('starting', { late: LATE, wasLive: false, blind: null }), 'subscribed');
    expect(link).toMatchObject({ wasLive: true, state: { name: 'stale' }, blind: { reason: { code: 'silent' } } });
  });

  test('trying at once while waiting counts the attempts on, for the wait after it', () => {
    const { link } = step(linkIn('waiting'), 'try-now');
    expect(link).toMatchObject({ attempt: 4, state: { attempt: 4 } });
  });

  test('trying at once while waiting for the second of two good addresses tries the second', () => {
    expect(step(linkIn('waiting', { urlIndex: 1 }), 'try-now').link.state).toMatchObject({ url: 'ws://b' });
  });

  test('[RETRY-3] a stale connection that ends had been live: the first address comes next, and the count starts anew', () => {
    const now = STATES.stale.since + CONFIG.heartbeatMs;
    const { link } = step(linkIn('stale', { urlIndex: 2 }), 'ended', { now });
    expect(link).toMatchObject({ urlIndex: 0, state: { attempt: 0 } });
  });

  test.each(['ended', 'fatal end', 'give-up', 'stop'] as const)(
    'at %s a live link is blind since it was heard',
    (event) => {
      const [{ reason: why }] = EVENTS[event];
      expect(step(linkIn('live'), event).link.blind).toEqual({ since: RECEIVED, reason: why });
    },
  );

  test('a link that never was live is not blind: there was nothing to see', () => {
    const { link } = step(linkIn('starting', { wasLive: false, blind: null }), 'ended');
    expect(link).toMatchObject({ wasLive: false, blind: null });
  });

  test('a reason is kept with the state that it led to', () => {
    expect(step(linkIn('live'), 'ended').link.state).toMatchObject({ reason: reason('closed') });
    expect(step(linkIn('live'), 'fatal end of the only address').link.state).toMatchObject({
      reason: reason('subprotocol'),
    });
    expect(step(linkIn('live'), 'stop').link.state).toMatchObject({ reason: reason('stopped') });
  });

  test.each([
    ['stale', 3000],
    ['live', RECEIVED],
    ['starting', RECEIVED],
    ['starting, late', LATE.since],
  ] as const)('leaving a link that is %s, the feed ends when it was last known to be up to date', (name, at) => {
    const { effects } = step(LINKS[name], 'give-up');
    expect(effects).toContainEqual({ type: 'detach', at });
  });
});

describe('several addresses', () => {
  /** What it does when this connection ends, and what it waits for until then. */
  function after(link: Link, event: 'ended' | 'fatal end'): Link {
    const opened = step(link, 'retry-due').link;
    return step(opened, event, {}, { generation: opened.generation }).link;
  }
  const nextUrl = (link: Link): string => {
    const { state } = step(link, 'retry-due').link;
    return 'url' in state ? state.url : state.name;
  };

  test('[RETRY-3] are tried in turn, and from the first again after the last', () => {
    let link = after(linkIn('waiting'), 'ended');
    const tried = [];
    for (let round = 0; round < 4; round += 1) {
      tried.push(nextUrl(link));
      link = after(link, 'ended');
    }
    expect(tried).toEqual(['ws://b', 'ws://c', 'ws://a', 'ws://b']);
  });

  test.each(['live', 'stale'] as const)(
    'a connection that was %s and is lost is followed by the first one',
    (state) => {
      expect(nextUrl(step(linkIn(state, { urlIndex: 2 }), 'ended').link)).toBe('ws://a');
    },
  );

  test('one that opens but never becomes live is followed by the next', () => {
    const { link } = step(linkIn('starting', { urlIndex: 1 }), 'give-up');
    expect(step(link, 'retry-due').link.state).toMatchObject({ url: 'ws://c', attempt: 3 });
  });

  test('[RETRY-4] one that is of no use is passed over, and the others go on being tried', () => {
    let link = after(linkIn('waiting'), 'fatal end');
    const tried = [];
    for (let round = 0; round < 4; round += 1) {
      tried.push(nextUrl(link));
      link = after(link, 'ended');
    }
    expect(tried).toEqual(['ws://b', 'ws://c', 'ws://b', 'ws://c']);
    expect(nextUrl(step({ ...link, generation: GENERATION, state: STATES.live }, 'ended').link)).toBe('ws://b');
  });

  test('[RETRY-6] stop the link only when all are of no use, with what is wrong with each', () => {
    let link = linkIn('waiting');
    for (const code of ['refused', 'certificate', 'subprotocol'] as const) {
      expect(link.state.name).toBe('waiting');
      const opened = step(link, 'retry-due').link;
      link = step(opened, 'fatal end', {}, { generation: opened.generation, reason: reason(code) }).link;
    }
    expect(inEnglish(link.state)).toMatchObject({
      name: 'stopped',
      reason: { message: 'The reason is refused. The reason is certificate. The reason is subprotocol.' },
    });
    expect(step(link, 'try-now').link.state).toMatchObject({ url: 'ws://a' });
  });

  test('[RETRY-5] one that is of no use is tried again after a while, though another is in use or tried for ever', () => {
    const config = { ...CONFIG, urls: ['ws://a', 'ws://b'] };
    let link = after(linkIn('waiting'), 'fatal end');
    const tried: unknown[] = [];
    for (const now of [NOW, NOW + 299_999, NOW + 300_000]) {
      const opened = step(link, 'retry-due', { now, config }).link;
      tried.push('url' in opened.state && opened.state.url);
      link = step(opened, 'ended', { now, config }, { generation: opened.generation }).link;
    }
    expect(tried).toEqual(['ws://b', 'ws://b', 'ws://b']);
    expect(step(link, 'retry-due', { now: NOW + 300_001, config }).link.state).toMatchObject({ url: 'ws://a' });
  });

  describe('all of no use', () => {
    const config = { ...CONFIG, urls: ['ws://a'] };
    /** The result of each look, one after the other, and after how many minutes. */
    function looks(code: LinkCode, count: number): (number | undefined)[] {
      const delays = [];
      let now = NOW;
      let link = linkIn('connecting', { useless: [] });
      for (let look = 0; look < count; look += 1) {
        const stopped = step(link, 'fatal end', { now, config }, { generation: link.generation, reason: reason(code) });
        const { state } = stopped.link;
        if (state.name !== 'stopped') throw new Error(`It is ${state.name}`);
        delays.push(state.nextLookAt === undefined ? undefined : (state.nextLookAt - now) / 60_000);
        now = state.nextLookAt ?? now;
        link = step(stopped.link, 'retry-due', { now, config }).link;
      }
      return delays;
    }

    test.each(['certificate', 'credentials', 'ca-file', 'subprotocol'] as const)(
      'for their %s are looked at again, ever more seldom and for ever',
      (code) => {
        expect(looks(code, 7)).toEqual([5, 10, 20, 40, 60, 60, 60]);
      },
    );

    test('since they can’t be read are not: only other settings can mend that', () => {
      expect(looks('bad-url', 1)).toEqual([undefined]);
    });

    test('[RETRY-7] are looked at as soon again as before once one has been live, and not when it has only opened', () => {
      const opened = step(linkIn('connecting', { useless: [useless(0, 'refused', 1, 4)] }), 'opened');
      const refused = step(opened.link, 'fatal end', { config });
      expect(refused.link.state).toMatchObject({ nextLookAt: NOW + CONFIG.returnCapMs });
      const lost = step(step(opened.link, 'subscribed').link, 'fatal end', { config });
      expect(lost.link.state).toMatchObject({ nextLookAt: NOW + CONFIG.returnBaseMs });
    });

    test('are looked at when the first of them is due', () => {
      const { link } = step(
        linkIn('connecting', {
          urlIndex: 1,
          useless: [useless(0, 'refused', NOW + 1000)],
        }),
        'fatal end',
        { config: { ...CONFIG, urls: ['ws://a', 'ws://b'] } },
      );
      expect(link.state).toMatchObject({ name: 'stopped', nextLookAt: NOW + 1000 });
    });
  });

  test('the first one is returned to when it opens, from another', () => {
    const opened = step(linkIn('connecting', { urlIndex: 1 }), 'opened');
    expect(opened.effects).toContainEqual({ type: 'set-return', delayMs: CONFIG.returnBaseMs });
    const due = step(step(opened.link, 'subscribed').link, 'return-due');
    expect(due.effects).toEqual([{ type: 'look', url: 'ws://a', generation: GENERATION }]);
    const { link } = step(due.link, 'looked, open');
    expect(link.state).toMatchObject({ name: 'connecting', url: 'ws://a' });
    expect(link.blind).toMatchObject({ since: RECEIVED, reason: { code: 'returning' } });
  });

  test('also from another that takes the connection and refuses every agent', () => {
    const opened = step(linkIn('connecting', { urlIndex: 1 }), 'opened');
    const due = step(opened.link, 'return-due');
    expect(due.effects).toEqual([{ type: 'look', url: 'ws://a', generation: GENERATION }]);
    expect(step(due.link, 'looked, open').link.state).toMatchObject({ name: 'connecting', url: 'ws://a' });
  });

  test.each(['try-now', 'machine changed'] as const)('that were of no use are tried again at %s', (event) => {
    const link = after(linkIn('waiting'), 'fatal end');
    expect(nextUrl(link)).toBe('ws://b');
    const { state } = step(link, event).link;
    expect(state).toMatchObject({ name: 'connecting', url: 'ws://a' });
  });

  test('[RETRY-8] a change of the network looks again at what it may have mended, and leaves refused credentials alone', () => {
    let link = linkIn('waiting');
    for (const code of ['credentials', 'certificate', 'credentials'] as const) {
      const opened = step(link, 'retry-due').link;
      link = step(opened, 'fatal end', {}, { generation: opened.generation, reason: reason(code) }).link;
    }
    const changed = step(link, 'machine changed').link;
    expect(changed.state).toMatchObject({ name: 'connecting', url: 'ws://b' });
    const again = step(changed, 'fatal end', {}, { generation: changed.generation, reason: reason('certificate') });
    expect(again.link.state.name).toBe('stopped');
  });

  test.each([
    ['credentials', 10],
    ['bad-url', 60],
  ] as const)('the first one is looked at no sooner than it is of any use: %s', (code, minutes) => {
    const live = linkIn('live', { urlIndex: 1, useless: [useless(0, code, 1)] });
    const { link, effects } = step(live, 'looked, not open', {}, { ending: { reason: reason(code), isFatal: true } });
    expect(effects).toEqual([{ type: 'set-return', delayMs: minutes * 60_000 }]);
    const opened = step({ ...link, state: STATES.connecting }, 'opened', { now: NOW + 60_000 });
    const [later] = opened.effects.filter((effect) => effect.type === 'set-return');
    expect(later?.delayMs).toBe((code === 'bad-url' ? minutes : minutes - 1) * 60_000);
  });

  test('[RETRY-12] where returns fail, they are tried ever more seldom, until one does not', () => {
    const delays = [];
    let link = linkIn('connecting', { urlIndex: 1 });
    for (let round = 0; round < 6; round += 1) {
      const opened = step(link, 'opened');
      const [later] = opened.effects.filter((effect) => effect.type === 'set-return');
      delays.push((later?.delayMs ?? NaN) / 60_000);
      const returning = step(step(opened.link, 'subscribed').link, 'looked, open').link;
      link = { ...returning, generation: GENERATION, state: STATES.connecting, urlIndex: 1 };
    }
    expect(delays).toEqual([5, 10, 20, 40, 60, 60]);
    expect(step({ ...link, state: STATES.starting, urlIndex: 0 }, 'subscribed').link.failedReturns).toBe(0);
  });
});

describe('[RETRY-1] the wait before a retry', () => {
  const waitingAt = (attempt: number, random: number): number => {
    const state: LinkState = { name: 'connecting', since: 1, url: 'ws://a', attempt };
    const { link, effects } = step({ ...linkIn('idle'), state, attempt }, 'ended', { random });
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
    const now = STATES.live.since + CONFIG.heartbeatMs - lessMs;
    const { effects } = step(linkIn('live'), 'ended', { random: 0.999_999, now });
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
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...EVENT_NAMES), fc.nat({ max: 2 })), { maxLength: 60 }),
      (events) => {
        let link = initialLink(0);
        const is = { attached: false, beating: false, retrying: false, socket: false };
        /** The first address is about to be tried, or is being tried. */
        let returning: 'no' | 'timer' | 'look' = 'no';
        for (const [name, age] of events) {
          const [event] = EVENTS[name] as readonly [LinkEvent];
          let given: Partial<LinkEvent> = {};
          // What can't happen: a timer that is not running, or an event of a missing connection.
          if (event.type === 'heartbeat' && !is.beating) continue;
          if (event.type === 'retry-due' && !is.retrying) continue;
          if (event.type === 'return-due' && returning !== 'timer') continue;
          if (event.type === 'looked' && returning !== 'look') continue;
          if ('generation' in event) {
            if (age === 0 && !is.socket) continue;
            given = { generation: link.generation - age };
            if (event.type === 'ended' && age === 0) is.socket = false;
            if (event.type === 'looked' && age > 0) continue;
          }
          if (event.type === 'heartbeat') is.beating = false;
          if (event.type === 'retry-due') is.retrying = false;
          if (event.type === 'return-due' || event.type === 'looked') returning = 'no';
          const before = link;
          const result = step(link, name, {}, given);
          link = result.link;
          for (const effect of result.effects) {
            switch (effect.type) {
              case 'open':
                expect(is.socket).toBe(false);
                is.socket = true;
                break;
              case 'drop':
              case 'close':
                expect(is.socket).toBe(true);
                is.socket = false;
                break;
              case 'ping':
                expect(is.socket).toBe(true);
                break;
              case 'attach':
              case 'detach':
                expect(is.attached).toBe(effect.type === 'detach');
                is.attached = effect.type === 'attach';
                break;
              case 'set-heartbeat':
                expect(is.beating).toBe(false);
                is.beating = true;
                break;
              case 'cancel-heartbeat':
                is.beating = false;
                break;
              case 'set-retry':
                is.retrying = true;
                break;
              case 'cancel-retry':
                is.retrying = false;
                break;
              case 'set-return':
              case 'look':
                expect(returning).toBe('no');
                returning = effect.type === 'look' ? 'look' : 'timer';
                break;
              case 'cancel-return':
                returning = 'no';
                break;
            }
          }
          const { name: state } = link.state;
          const isConnected = state === 'starting' || state === 'live' || state === 'stale';
          expect(link.generation).toBeGreaterThanOrEqual(before.generation);
          expect({ state, ...is }).toEqual({
            state,
            attached: isConnected,
            beating: isConnected,
            retrying: state === 'waiting' || (link.state.name === 'stopped' && link.state.nextLookAt !== undefined),
            socket: isConnected || state === 'connecting',
          });
          expect(returning !== 'no').toBe(isConnected && link.urlIndex > 0);
          // Live only while answers arrive; blind, with a reason, whenever it was live and is not.
          if (state === 'live') expect(link.late).toBeNull();
          expect(link.blind !== null).toBe(link.wasLive && state !== 'live');
        }
      },
    ),
    { numRuns: 2000 },
  );
});
