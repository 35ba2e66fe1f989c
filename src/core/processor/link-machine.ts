/**
 * The link's decisions, as one pure function from a state and an event to the next state and effects as data. It opens
 * no socket, sets no timer and draws no random number itself, so that every state can be tried against every event.
 */
import type { LinkReason, LinkState } from '../../shared/link.ts';

export interface LinkConfig {
  /** Tried in order; at least one. */
  readonly urls: readonly string[];
  readonly heartbeatMs: number;
  /** The longest wait after a live connection was lost; each attempt that fails after that doubles it, up to the cap. */
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
}

/** What the machine remembers. `generation` counts connections: what an older one says is not heard. */
export interface Link {
  readonly state: LinkState;
  readonly generation: number;
  readonly wasLive: boolean;
  /** When the processor was last heard before the link ceased to be live; null while it never did. */
  readonly lastHeardAt: number | null;
  /** Which of the URLs is in use or comes next. */
  readonly urlIndex: number;
  /** Tries since the link was last live for a while; 0 before the first. */
  readonly attempt: number;
}

export type LinkEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop'; readonly reason: LinkReason }
  | { readonly type: 'opened'; readonly generation: number }
  /** Every begin has been answered, and at least one with success. */
  | { readonly type: 'begun'; readonly generation: number }
  /** No begin stands any more: what there was has been ended or refused. */
  | { readonly type: 'unbegun'; readonly generation: number }
  | { readonly type: 'ended'; readonly generation: number; readonly reason: LinkReason; readonly isFatal: boolean }
  /** The connection is of no use any more, though it stands. */
  | { readonly type: 'give-up'; readonly generation: number; readonly reason: LinkReason }
  /** Something came from the processor, be it only a pong. */
  | { readonly type: 'heard'; readonly generation: number }
  /** A heartbeat has passed; `isAnswered`: something was heard since the last ping, or there was no ping yet. */
  | { readonly type: 'heartbeat'; readonly isAnswered: boolean }
  | { readonly type: 'retry-due' }
  /** Somebody asked, the machine woke, or the network came back. `isAnswered` as with a heartbeat. */
  | { readonly type: 'try-now'; readonly isAnswered: boolean };

export type LinkEffect =
  | { readonly type: 'open'; readonly url: string; readonly generation: number }
  | { readonly type: 'drop' }
  | { readonly type: 'close' }
  | { readonly type: 'ping' }
  /** The connection carries requests from now on. */
  | { readonly type: 'attach' }
  /** It no longer does, and the feed of events is broken. */
  | { readonly type: 'detach' }
  | { readonly type: 'set-heartbeat' }
  | { readonly type: 'cancel-heartbeat' }
  | { readonly type: 'set-retry'; readonly delayMs: number }
  | { readonly type: 'cancel-retry' };

export interface LinkContext {
  readonly now: number;
  /** When anything, be it a pong, last came on the present connection. */
  readonly heardAt: number;
  /** From 0 up to, but not including, 1. */
  readonly random: number;
  readonly config: LinkConfig;
}

export interface Step {
  readonly link: Link;
  readonly effects: readonly LinkEffect[];
}

export function initialLink(now: number): Link {
  return {
    state: { name: 'idle', since: now },
    generation: 0,
    wasLive: false,
    lastHeardAt: null,
    urlIndex: 0,
    attempt: 0,
  };
}

/** The next state and what is to be done. An event that means nothing in a state changes nothing. */
export function next(link: Link, event: LinkEvent, context: LinkContext): Step {
  const { state } = link;
  if ('generation' in event && event.generation !== link.generation) return stay(link);
  switch (event.type) {
    case 'start':
      return state.name === 'idle' || state.name === 'stopped'
        ? open({ ...link, urlIndex: 0 }, 1, [], context)
        : stay(link);

    case 'stop':
      return stop(link, event.reason, context, [{ type: 'close' }]);

    case 'opened':
      if (state.name !== 'connecting') return stay(link);
      return {
        link: {
          ...link,
          state: { name: 'starting', since: context.now, url: state.url, attempt: state.attempt },
        },
        effects: [{ type: 'set-heartbeat' }, { type: 'attach' }],
      };

    case 'begun':
      if (state.name !== 'starting') return stay(link);
      return {
        link: {
          ...link,
          state: { name: 'live', since: context.now, url: state.url },
          wasLive: true,
        },
        effects: [],
      };

    case 'unbegun':
      if (state.name !== 'live') return stay(link);
      return {
        link: {
          ...link,
          state: { name: 'starting', since: context.now, url: state.url, attempt: 1 },
          lastHeardAt: context.heardAt,
        },
        effects: [],
      };

    case 'heard':
      if (state.name !== 'stale') return stay(link);
      return {
        link: { ...link, state: { name: 'live', since: context.now, url: state.url } },
        effects: [],
      };

    case 'heartbeat': {
      if (!isConnected(state)) return stay(link);
      const again: readonly LinkEffect[] = [{ type: 'ping' }, { type: 'set-heartbeat' }];
      if (event.isAnswered && !isOverdue(context)) return { link, effects: again };
      if (state.name === 'live') return { link: stale(link, state.url, context), effects: again };
      return retry(link, SILENT, [{ type: 'drop' }], context);
    }

    case 'ended':
      if (state.name !== 'connecting' && !isConnected(state)) return stay(link);
      return event.isFatal ? stop(link, event.reason, context, []) : retry(link, event.reason, [], context);

    case 'give-up':
      return isConnected(state) ? retry(link, event.reason, [{ type: 'drop' }], context) : stay(link);

    case 'retry-due':
      return state.name === 'waiting' ? open(link, state.attempt + 1, [], context) : stay(link);

    case 'try-now':
      switch (state.name) {
        case 'waiting':
          return open(link, state.attempt + 1, [{ type: 'cancel-retry' }], context);
        case 'stopped':
          return open({ ...link, urlIndex: 0 }, 1, [], context);
        case 'stale':
          return open({ ...link, urlIndex: 0 }, 1, leave(link, [{ type: 'drop' }]), context);
        case 'starting':
        case 'live': {
          // Find out at once whether the connection still stands; an answer that is waited for is not waited for longer.
          const isLate = isOverdue(context);
          if (!event.isAnswered && !isLate) return stay(link);
          return {
            link: isLate && state.name === 'live' ? stale(link, state.url, context) : link,
            effects: [{ type: 'cancel-heartbeat' }, { type: 'ping' }, { type: 'set-heartbeat' }],
          };
        }
        case 'idle':
        case 'connecting':
          return stay(link);
      }
  }
}

const SILENT: LinkReason = { code: 'silent', message: 'The processor no longer answers.', remedy: '' };

function stay(link: Link): Step {
  return { link, effects: [] };
}

/** Whether nothing came for so long that pings must have been missed: the machine was asleep. */
function isOverdue({ now, heardAt, config }: LinkContext): boolean {
  return now - heardAt > 2 * config.heartbeatMs;
}

function stale(link: Link, url: string, { heardAt }: LinkContext): Link {
  return { ...link, state: { name: 'stale', since: heardAt, url }, lastHeardAt: heardAt };
}

function isConnected(state: LinkState): state is Extract<LinkState, { readonly name: 'starting' | 'live' | 'stale' }> {
  return state.name === 'starting' || state.name === 'live' || state.name === 'stale';
}

function open(link: Link, attempt: number, before: readonly LinkEffect[], { now, config }: LinkContext): Step {
  const generation = link.generation + 1;
  const url = config.urls[link.urlIndex % config.urls.length] ?? '';
  return {
    link: { ...link, generation, attempt, state: { name: 'connecting', since: now, url, attempt } },
    effects: [...before, { type: 'open', url, generation }],
  };
}

/** Leaves a connection that stands, broken or not: nothing that it says later is heard. */
function leave(link: Link, how: readonly LinkEffect[]): readonly LinkEffect[] {
  return isConnected(link.state) ? [...how, { type: 'cancel-heartbeat' }, { type: 'detach' }] : how;
}

function retry(link: Link, reason: LinkReason, how: readonly LinkEffect[], context: LinkContext): Step {
  const { now, random, config } = context;
  // A connection that had been live starts from the first URL; one that had been for a while, with a new count too.
  const lived = link.state.name === 'live' || link.state.name === 'stale';
  const attempt = lived && now - link.state.since >= config.heartbeatMs ? 0 : link.attempt;
  const longest = Math.min(config.retryCapMs, config.retryBaseMs * 2 ** Math.min(attempt, 30));
  const delayMs = Math.round(random * longest);
  return {
    link: {
      ...link,
      generation: link.generation + 1,
      lastHeardAt: lastHeardAt(link, context),
      urlIndex: lived ? 0 : (link.urlIndex + 1) % config.urls.length,
      state: { name: 'waiting', since: now, attempt, nextTryAt: now + delayMs, reason },
    },
    effects: [...leave(link, how), { type: 'set-retry', delayMs }],
  };
}

function lastHeardAt(link: Link, context: LinkContext): number | null {
  return link.state.name === 'live' ? context.heardAt : link.lastHeardAt;
}

function stop(link: Link, reason: LinkReason, context: LinkContext, how: readonly LinkEffect[]): Step {
  const effects: readonly LinkEffect[] =
    link.state.name === 'waiting'
      ? [{ type: 'cancel-retry' }]
      : link.state.name === 'connecting' || isConnected(link.state)
        ? leave(link, how)
        : [];
  return {
    link: {
      ...link,
      generation: link.generation + 1,
      lastHeardAt: lastHeardAt(link, context),
      state: { name: 'stopped', since: context.now, reason },
    },
    effects,
  };
}
