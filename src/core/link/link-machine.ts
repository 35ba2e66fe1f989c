/**
 * The link's decisions as one pure function, from a state and an event to the next state and effects as data. It opens
 * no socket, sets no timer and draws no random number, so that every state can be tested against every event.
 */
import type { LinkCode, LinkReason, LinkState } from '../../shared/link/link.ts';
import { sentences } from '../../shared/texts/text.ts';
import type { Ending } from './transport.ts';

export interface LinkConfig {
  /** Tried in order; at least one. */
  readonly urls: readonly string[];
  readonly heartbeatMs: number;
  /** The longest wait after a live connection was lost. Each further failed attempt doubles it, up to the cap. */
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /**
   * How long the answer to a probe may take, after the machine woke or its network changed. A shorter heartbeat takes
   * precedence.
   */
  readonly probeMs: number;
  /**
   * While another address than the first is in use, the first one is tried again after this time. Each failed return
   * doubles it, up to the cap.
   */
  readonly returnBaseMs: number;
  readonly returnCapMs: number;
}

/** Errors in the settings themselves do not go away by themselves. */
const LASTING: ReadonlySet<LinkCode> = new Set<LinkCode>(['bad-url']);
/** Each attempt with refused credentials may bring an account closer to being locked. */
const CREDENTIALS: LinkCode = 'credentials';

/**
 * After what time to try a useless address again, or null for never: as rarely as returning to the first address, and
 * doubled each time, so that a server that refuses credentials has no reason to lock an account.
 */
export function lookAgainDelay(
  { code }: LinkReason,
  times: number,
  { returnBaseMs, returnCapMs }: Pick<LinkConfig, 'returnBaseMs' | 'returnCapMs'>,
): number | null {
  return LASTING.has(code) ? null : Math.min(returnCapMs, returnBaseMs * 2 ** Math.min(times - 1, 30));
}

/** An address that is currently not worth trying, and why. */
interface UselessUrl {
  readonly index: number;
  readonly reason: LinkReason;
  /** How often it was found so since a link over it was last live. */
  readonly times: number;
  /** When it was last found so. */
  readonly at: number;
  /** When to try it again, because it may have been fixed. Null if only other settings can fix it. */
  readonly until: number | null;
}

/** The machine's memory. `generation` counts connections; events of older ones are ignored. */
export interface Link {
  readonly state: LinkState;
  readonly generation: number;
  readonly wasLive: boolean;
  /** Since when and why the link is not live, if it has been; null while it is live or never was. */
  readonly blind: { readonly since: number; readonly reason: LinkReason } | null;
  /** The index of the URL that is in use or comes next. */
  readonly urlIndex: number;
  /** Attempts since the link was last live for a while; 0 before the first. */
  readonly attempt: number;
  /** While pings are unanswered, so that frames may be late: until when they were known to be up to date. */
  readonly late: { readonly since: number; readonly misses: number } | null;
  /** Whether the current heartbeat is a short one, to find out at once whether the connection still stands. */
  readonly isProbing: boolean;
  /** Every begin has been answered, but the last proof is too old to make the link live: the next one will. */
  readonly isSubscribed: boolean;
  /** Kept after its time is over, until a link over it is live, so that its count continues. */
  readonly useless: readonly UselessUrl[];
  /** How many returns to the first address did not end in a live link. */
  readonly failedReturns: number;
}

export type LinkEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop'; readonly reason: LinkReason }
  | { readonly type: 'opened'; readonly generation: number }
  /** Every begin has been answered, at least one of them with success. */
  | { readonly type: 'subscribed'; readonly generation: number }
  /** No begin is active any more: each was ended or refused. */
  | { readonly type: 'all-refused'; readonly generation: number }
  | { readonly type: 'ended'; readonly generation: number; readonly reason: LinkReason; readonly isFatal: boolean }
  /** The connection stands but is no longer useful. */
  | { readonly type: 'give-up'; readonly generation: number; readonly reason: LinkReason }
  /** The answer to the last ping arrived within a heartbeat of its sending. Nothing else makes a link live again. */
  | { readonly type: 'proven'; readonly generation: number }
  /** Something arrived, and the last proof is too old: heartbeats must have been missed, as when the machine sleeps. */
  | { readonly type: 'overslept'; readonly generation: number }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'retry-due' }
  /** The user asked (`isAsked`), or the machine woke or its network changed. */
  | { readonly type: 'try-now'; readonly isAsked: boolean }
  | { readonly type: 'return-due' }
  /** The first address was tried: it opens, or why it does not. */
  | { readonly type: 'looked'; readonly generation: number; readonly ending: Ending | null };

export type LinkEffect =
  | { readonly type: 'open'; readonly url: string; readonly generation: number }
  | { readonly type: 'drop' }
  | { readonly type: 'close' }
  | { readonly type: 'ping' }
  /** The connection can carry requests from now on. */
  | { readonly type: 'attach' }
  /** It no longer can, and the feed is broken. `at`: until when what it reported was known to be up to date. */
  | { readonly type: 'detach'; readonly at: number }
  | { readonly type: 'set-heartbeat'; readonly delayMs: number }
  | { readonly type: 'cancel-heartbeat' }
  | { readonly type: 'set-retry'; readonly delayMs: number }
  | { readonly type: 'cancel-retry' }
  | { readonly type: 'set-return'; readonly delayMs: number }
  /** Cancels the timer, or the look in progress. */
  | { readonly type: 'cancel-return' }
  /** Finds out whether an address opens, beside the connection in use. */
  | { readonly type: 'look'; readonly url: string; readonly generation: number };

export interface LinkContext {
  readonly now: number;
  /** When anything, even a pong, last arrived on this connection. */
  readonly receivedAt: number;
  /** When the last ping was sent, if it is still unanswered; otherwise null. */
  readonly pingedAt: number | null;
  /**
   * When the last proof was requested: the sending of the last ping answered in time, or the opening of the connection.
   */
  readonly provenAt: number;
  /** Whether any byte arrived since the last heartbeat. */
  readonly isActive: boolean;
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
    blind: null,
    urlIndex: 0,
    attempt: 0,
    late: null,
    isProbing: false,
    isSubscribed: false,
    useless: [],
    failedReturns: 0,
  };
}

/** The next state and the effects to run. An event that means nothing in a state changes nothing. */
export function next(link: Link, event: LinkEvent, context: LinkContext): Step {
  const { state } = link;
  if ('generation' in event && event.generation !== link.generation) return stay(link);
  switch (event.type) {
    case 'start':
      return state.name === 'idle' || state.name === 'stopped'
        ? reopen(
            reconsider(link, () => true, context),
            cancel(state),
            context,
          )
        : stay(link);

    case 'stop':
      return stop(link, event.reason, context, [{ type: 'close' }]);

    case 'opened':
      if (state.name !== 'connecting') return stay(link);
      return {
        link: {
          ...link,
          state: { name: 'starting', since: context.now, url: state.url, attempt: state.attempt },
          late: null,
          isProbing: false,
          isSubscribed: false,
        },
        effects: [
          { type: 'set-heartbeat', delayMs: context.config.heartbeatMs },
          ...(link.urlIndex === 0 ? [] : [laterReturn(link, context)]),
          { type: 'attach' },
        ],
      };

    case 'subscribed':
      if (state.name !== 'starting') return stay(link);
      // A begin on a connection that has since fallen silent does not make it live before there is a proof. While the
      // answer to a ping may still arrive in time, nothing speaks against the connection.
      if (link.late !== null) {
        return { link: stale({ ...link, wasLive: true }, state.url, link.late.since, SILENT), effects: [] };
      }
      return {
        link: isProven(context) ? live(link, state.url, context) : { ...link, isSubscribed: true },
        effects: [],
      };

    case 'all-refused':
      if (link.isSubscribed) return { link: { ...link, isSubscribed: false }, effects: [] };
      if (state.name !== 'live' && state.name !== 'stale') return stay(link);
      return {
        link: {
          ...link,
          state: { name: 'starting', since: context.now, url: state.url, attempt: 1 },
          blind: link.blind ?? { since: context.receivedAt, reason: ALL_REFUSED },
        },
        effects: [],
      };

    case 'proven': {
      if (!isConnected(state) || (link.late === null && !link.isProbing && !link.isSubscribed)) return stay(link);
      const proven = { ...link, late: null, isProbing: false };
      return {
        link: state.name === 'stale' || link.isSubscribed ? live(proven, state.url, context) : proven,
        effects: [],
      };
    }

    case 'overslept':
      return isConnected(state) ? probe(unproven(link, context), context) : stay(link);

    case 'heartbeat':
      return isConnected(state) ? heartbeat(link, context) : stay(link);

    case 'ended':
      if (state.name !== 'connecting' && !isConnected(state)) return stay(link);
      return event.isFatal ? giveUpUrl(link, event.reason, context) : retry(link, event.reason, [], context);

    case 'give-up':
      return isConnected(state) ? retry(link, event.reason, [{ type: 'drop' }], context) : stay(link);

    case 'retry-due':
      if (state.name === 'stopped' && state.nextLookAt !== undefined)
        return open({ ...link, urlIndex: nextUrl(link, 0, context) }, 1, [], context);
      return state.name === 'waiting' ? open(link, state.attempt + 1, [], context) : stay(link);

    case 'try-now':
      return tryNow(link, event.isAsked, context);

    case 'return-due':
      if (link.urlIndex === 0 || !isConnected(state)) return stay(link);
      if (state.name === 'stale') return { link, effects: [laterReturn(link, context)] };
      return { link, effects: [{ type: 'look', url: urlAt(0, context), generation: link.generation }] };

    case 'looked': {
      if (link.urlIndex === 0 || !isConnected(state)) return stay(link);
      const { ending } = event;
      if (ending !== null || state.name === 'stale') {
        const looked = ending?.isFatal === true ? withUseless(link, 0, ending.reason, context) : link;
        return { link: looked, effects: [laterReturn(looked, context)] };
      }
      const failedReturns = link.failedReturns + 1;
      return open(
        { ...withBlindTime(link, RETURNING, context), failedReturns, urlIndex: 0 },
        1,
        [{ type: 'close' }],
        context,
      );
    }
  }
}

function tryNow(link: Link, isAsked: boolean, context: LinkContext): Step {
  const { state } = link;
  const reconsidered = reconsider(link, isAsked ? mayBeFixed : mayNetworkFix, context);
  switch (state.name) {
    case 'idle':
      return stay(link);
    case 'waiting':
      return open(reconsidered, state.attempt + 1, [{ type: 'cancel-retry' }], context);
    case 'connecting':
      // An attempt begun before the machine woke or its network changed may hang until it times out.
      return open(reconsidered, state.attempt, [{ type: 'drop' }], context);
    case 'stopped': {
      // Whoever presses the button knows what stopped the link, and nothing else is left to try.
      if (isAsked)
        return reopen(
          reconsider(link, () => true, context),
          cancel(state),
          context,
        );
      const isAnyOfUse = reconsidered.useless.some((one) => !isUseless(one, context.now));
      return state.nextLookAt !== undefined && isAnyOfUse ? reopen(reconsidered, cancel(state), context) : stay(link);
    }
    case 'starting':
    case 'live':
    case 'stale':
      if (state.name === 'stale' && isAsked && !link.isProbing)
        return reopen(reconsidered, [{ type: 'drop' }], context);
      if (isOverdue(context) || isTooOld(link, context.now, context)) return probe(unproven(link, context), context);
      if (link.isProbing) return stay(link);
      // A ping has been unanswered for long already; a second one does not extend its time.
      return probe(isTooOld(link, probeEnd(context), context) ? unproven(link, context) : link, context);
  }
}

function heartbeat(link: Link, context: LinkContext): Step {
  const goOn = (on: Link): Step => ({ link: on, effects: [{ type: 'ping' }, beat(on, context)] });
  if (isOverdue(context)) return probe(unproven(link, context), context);
  if (context.pingedAt === null) return goOn(withoutProbe(link));
  // If bytes arrive, a slow connection is busy, and another one would be just as busy: it gets more time.
  if (context.isActive && (link.late?.misses ?? 0) < MAX_MISSES) return goOn(withoutProbe(late(link, SILENT, context)));
  if (context.isActive) return retry(link, SILENT, [{ type: 'drop' }], context);
  if (link.isProbing) {
    return reopen(reconsider(late(link, SILENT, context), mayNetworkFix, context), [{ type: 'drop' }], context);
  }
  // A live link may miss one: from here on the board looks old. In any other state this was the last chance.
  if (link.state.name === 'live') return goOn(late(link, SILENT, context));
  return retry(link, SILENT, [{ type: 'drop' }], context);
}

/** How many heartbeats a connection that carries bytes but no answer may miss before it is given up. */
const MAX_MISSES = 6;

const SILENT: LinkReason = { code: 'silent', message: { key: 'link.silent' }, remedy: '' };
const ASLEEP: LinkReason = { code: 'asleep', message: { key: 'link.asleep' }, remedy: '' };
const ALL_REFUSED: LinkReason = { code: 'unbegun', message: { key: 'link.unbegun' }, remedy: '' };
const RETURNING: LinkReason = { code: 'returning', message: { key: 'link.returning' }, remedy: '' };

/** Cancels the next attempt, if one is due. */
function cancel(state: LinkState): readonly LinkEffect[] {
  const isDue = state.name === 'waiting' || (state.name === 'stopped' && state.nextLookAt !== undefined);
  return isDue ? [{ type: 'cancel-retry' }] : [];
}

function stay(link: Link): Step {
  return { link, effects: [] };
}

/**
 * Whether no ping was sent for so long that heartbeats must have been missed, not just their answers: the machine was
 * asleep.
 */
export function isOverdue({ now, pingedAt, provenAt, config }: Proof): boolean {
  return now - (pingedAt ?? provenAt) > 2 * config.heartbeatMs;
}

/** Whether the last proof was requested within the last heartbeat. */
export function isProven({ now, provenAt, config }: Omit<Proof, 'pingedAt'>): boolean {
  return now - provenAt <= config.heartbeatMs;
}

type Proof = Pick<LinkContext, 'now' | 'pingedAt' | 'provenAt'> & { readonly config: Pick<LinkConfig, 'heartbeatMs'> };

/** Whether the proof will be too old by then: it holds for two heartbeats from its request, whatever happens. */
export function isTooOld({ late }: Link, then: number, { provenAt, config }: Omit<Proof, 'now' | 'pingedAt'>): boolean {
  return late === null && then > provenAt + 2 * config.heartbeatMs;
}

/** If this heartbeat came late, the next one comes sooner: a live link must be proven within two. */
function beat({ late }: Link, { now, provenAt, config: { heartbeatMs } }: LinkContext): LinkEffect {
  const leftMs = late === null ? provenAt + 2 * heartbeatMs - now : heartbeatMs;
  return { type: 'set-heartbeat', delayMs: Math.max(0, Math.min(heartbeatMs, leftMs)) };
}

/** A ping whose answer is awaited only briefly. */
function probe(link: Link, { config }: LinkContext): Step {
  return {
    link: { ...link, isProbing: true },
    effects: [{ type: 'cancel-heartbeat' }, { type: 'ping' }, { type: 'set-heartbeat', delayMs: probeDelay(config) }],
  };
}

function probeDelay({ probeMs, heartbeatMs }: LinkConfig): number {
  return Math.min(probeMs, heartbeatMs);
}

function probeEnd({ now, config }: LinkContext): number {
  return now + probeDelay(config);
}

/** Nothing is known for certain any more. */
function unproven(link: Link, context: LinkContext): Link {
  return link.late === null ? late(link, isOverdue(context) ? ASLEEP : SILENT, context) : link;
}

function withoutProbe(link: Link): Link {
  return link.isProbing ? { ...link, isProbing: false } : link;
}

/** The processor did not answer in time: a live link becomes stale. */
function late(link: Link, reason: LinkReason, context: LinkContext): Link {
  const { since, misses } = link.late ?? { since: knownUntil(context), misses: 0 };
  const missed = { ...link, late: { since, misses: misses + 1 } };
  return link.state.name === 'live' ? stale(missed, link.state.url, since, reason) : missed;
}

function stale(link: Link, url: string, since: number, reason: LinkReason): Link {
  return { ...link, state: { name: 'stale', since, url }, blind: link.blind ?? { since, reason } };
}

/**
 * Until when what arrived is known to be up to date: frames that arrive while a ping is unanswered are late themselves.
 */
function knownUntil({ receivedAt, pingedAt }: LinkContext): number {
  return pingedAt === null ? receivedAt : Math.min(receivedAt, pingedAt);
}

function live(link: Link, url: string, { now }: LinkContext): Link {
  const failedReturns = link.urlIndex === 0 ? 0 : link.failedReturns;
  return {
    ...link,
    state: { name: 'live', since: now, url },
    wasLive: true,
    isSubscribed: false,
    blind: null,
    useless: link.useless.filter(({ index }) => index !== link.urlIndex),
    failedReturns,
  };
}

/**
 * Not before the first address is worth trying again: looking is an attempt, with everything that a server may hold
 * against one.
 */
function laterReturn({ failedReturns, useless }: Link, { now, config }: LinkContext): LinkEffect {
  const delayMs = Math.min(config.returnCapMs, config.returnBaseMs * 2 ** Math.min(failedReturns, 30));
  const first = useless.find(({ index }) => index === 0);
  const uselessMs = first === undefined ? 0 : (first.until ?? now + config.returnCapMs) - now;
  return { type: 'set-return', delayMs: Math.max(delayMs, uselessMs) };
}

function isConnected(state: LinkState): state is Extract<LinkState, { readonly name: 'starting' | 'live' | 'stale' }> {
  return state.name === 'starting' || state.name === 'live' || state.name === 'stale';
}

function urlAt(index: number, { config }: LinkContext): string {
  return config.urls[index % config.urls.length] ?? '';
}

function open(link: Link, attempt: number, before: readonly LinkEffect[], context: LinkContext): Step {
  const generation = link.generation + 1;
  const url = urlAt(link.urlIndex, context);
  return {
    link: {
      ...link,
      generation,
      attempt,
      late: null,
      isProbing: false,
      isSubscribed: false,
      state: { name: 'connecting', since: context.now, url, attempt },
    },
    effects: [...leave(link, before, context), { type: 'open', url, generation }],
  };
}

/** Tries again whatever may be useful by now, starting with the first address. Its count of failures is kept. */
function reconsider(
  link: Link,
  mayBeOfUse: (one: UselessUrl, context: LinkContext) => boolean,
  context: LinkContext,
): Link {
  const { now } = context;
  if (!link.useless.some((one) => isUseless(one, now) && mayBeOfUse(one, context))) return link;
  const useless = link.useless.map((one) => (mayBeOfUse(one, context) ? { ...one, until: now } : one));
  return { ...link, useless, urlIndex: nextUrl({ ...link, useless }, 0, context) };
}

/** What another network, or a share that is available now, may have fixed. */
function mayNetworkFix({ reason }: UselessUrl): boolean {
  return !LASTING.has(reason.code) && reason.code !== CREDENTIALS;
}

/** What may have been fixed when the user asks, who need not know about it: they are waiting for another address. */
function mayBeFixed({ reason, at }: UselessUrl, { now, config }: LinkContext): boolean {
  return reason.code !== CREDENTIALS || now - at >= config.returnBaseMs;
}

/** Starts over from the first useful address. */
function reopen(link: Link, how: readonly LinkEffect[], context: LinkContext): Step {
  return open({ ...link, urlIndex: nextUrl(link, 0, context) }, 1, how, context);
}

/** Leaves a connection, broken or not: its later events are ignored. */
function leave({ state, late }: Link, how: readonly LinkEffect[], { receivedAt }: LinkContext): readonly LinkEffect[] {
  if (!isConnected(state)) return how;
  return [
    ...how,
    { type: 'cancel-heartbeat' },
    { type: 'cancel-return' },
    { type: 'detach', at: late?.since ?? receivedAt },
  ];
}

function withBlindTime(link: Link, reason: LinkReason, { receivedAt }: LinkContext): Link {
  return link.state.name === 'live' ? { ...link, blind: { since: receivedAt, reason } } : link;
}

function retry(link: Link, reason: LinkReason, how: readonly LinkEffect[], context: LinkContext): Step {
  const { now, random, config } = context;
  // After a live connection, start from the first URL; after one that was live for a while, also reset the count.
  const wasUp = link.state.name === 'live' || link.state.name === 'stale';
  const attempt = wasUp && now - link.state.since >= config.heartbeatMs ? 0 : link.attempt;
  const longest = Math.min(config.retryCapMs, config.retryBaseMs * 2 ** Math.min(attempt, 30));
  const delayMs = Math.round(random * longest);
  return {
    link: {
      ...withBlindTime(link, reason, context),
      generation: link.generation + 1,
      late: null,
      isProbing: false,
      isSubscribed: false,
      urlIndex: nextUrl(link, wasUp ? 0 : link.urlIndex + 1, context),
      state: { name: 'waiting', since: now, attempt, nextTryAt: now + delayMs, reason },
    },
    effects: [...leave(link, how, context), { type: 'set-retry', delayMs }],
  };
}

/** The first address from `from` on that is worth trying now, wrapping around the list. */
function nextUrl({ useless }: Link, from: number, { now, config: { urls } }: LinkContext): number {
  const all = urls.map((_, index) => (from + index) % urls.length);
  return all.find((index) => useless.every((one) => one.index !== index || !isUseless(one, now))) ?? 0;
}

function isUseless({ until }: UselessUrl, now: number): boolean {
  return until === null || now < until;
}

/**
 * This address is not worth trying for now. Continues with the next one, or if none is left, waits until one can be
 * tried again.
 */
function giveUpUrl(link: Link, reason: LinkReason, context: LinkContext): Step {
  const { now, config } = context;
  const found = withUseless(link, link.urlIndex, reason, context);
  const all = found.useless.filter((one) => isUseless(one, now));
  if (all.length < config.urls.length) return retry(found, reason, [], context);
  const details = [...new Set(all.flatMap((one) => one.reason.details ?? []))].join('\n');
  const whole = {
    code: reason.code,
    message: sentences(all.map((one) => one.reason.message)),
    remedy: sentences(all.map((one) => one.reason.remedy)),
    ...(details === '' ? {} : { details }),
  };
  const looks = all.map(({ until }) => until).filter((until) => until !== null);
  return stop(found, whole, context, [], looks.length === 0 ? null : Math.min(...looks));
}

/** An address was found useless once more. */
function withUseless(link: Link, index: number, reason: LinkReason, { now, config }: LinkContext): Link {
  const times = (link.useless.find((one) => one.index === index)?.times ?? 0) + 1;
  const delayMs = lookAgainDelay(reason, times, config);
  const found: UselessUrl = { index, reason, times, at: now, until: delayMs === null ? null : now + delayMs };
  return { ...link, useless: [...link.useless.filter((one) => one.index !== index), found] };
}

function stop(
  link: Link,
  reason: LinkReason,
  context: LinkContext,
  how: readonly LinkEffect[],
  nextLookAt: number | null = null,
): Step {
  const isOpen = link.state.name === 'connecting' || isConnected(link.state);
  const effects = isOpen ? leave(link, how, context) : cancel(link.state);
  const look: LinkEffect[] =
    nextLookAt === null ? [] : [{ type: 'set-retry', delayMs: Math.max(0, nextLookAt - context.now) }];
  return {
    link: {
      ...withBlindTime(link, reason, context),
      generation: link.generation + 1,
      late: null,
      isProbing: false,
      isSubscribed: false,
      state: { name: 'stopped', since: context.now, reason, ...(nextLookAt === null ? {} : { nextLookAt }) },
    },
    effects: [...effects, ...look],
  };
}
