/**
 * Sends requests and matches their answers. A response names only its command, so each command has a lane of its own,
 * with one request in flight and the others waiting in a bounded line. It knows nothing about sockets or the use of an
 * answer. See docs/PROTOCOL.md, “Which answer belongs to which request”, for the rules and their reasons.
 */
import { createHash } from 'node:crypto';
import type { ViolationKind } from '../../shared/link/violations.ts';
import type { ReportCommand, ReportFailure, ReportRequest, RequestData } from '../../shared/link/report.ts';
import { foldWord, trimId } from '../../shared/base/folding.ts';
import { jsonText } from '../base/json-text.ts';
import type { Clock } from '../base/clock.ts';
import { idOf, isRecord, quoted } from '../base/unknown.ts';
import type { Answer } from './message.ts';

export type Outcome =
  /** `frame`: the raw text, if known. */
  | { readonly type: 'success'; readonly data: unknown; readonly frame: string | undefined }
  | {
      readonly type: 'failure';
      readonly failure: ReportFailure;
      readonly original: unknown;
      readonly frame: string | undefined;
    }
  /** Sent, but not answered in time. */
  | { readonly type: 'timeout' }
  /** Not sent within the maximum wait: there was no connection, or others came first. */
  | { readonly type: 'not-sent'; readonly reason: 'link-down' | 'line-too-long' }
  /** Rejected: the line is full. */
  | { readonly type: 'queue-full' }
  /** The connection was lost before the answer arrived, and the request does not survive that. */
  | { readonly type: 'connection-lost' };

export interface RequestOptions {
  /** Whether to repeat the request on the next connection if this one is lost. Only for requests that merely read. */
  readonly survivesBreak: boolean;
  /**
   * Whether the line's limits of length and waiting time apply; they do by default. The widget's own requests have
   * their own bounds and must not get lost.
   */
  readonly isLimited?: boolean;
}

export interface RequestQueueOptions {
  readonly clock: Clock;
  /** How long an answer may take after the request was sent. */
  readonly answerTimeoutMs: number;
  /** How long a request may wait to be sent. */
  readonly maxWaitMs: number;
  /** How long a lane waits for a late answer after a time-out before it sends the next request. */
  readonly quarantineMs: number;
  /** How many requests may wait in one lane. */
  readonly maxWaiting: number;
  readonly onViolation: (kind: ViolationKind, detail: string) => void;
  /** An answer may or may not belong to the request in flight; only a new connection can settle that. */
  readonly onAmbiguous: () => void;
  /**
   * An answer arrived that no request in flight asked for: an earlier answer may have been taken for another request's.
   */
  readonly onUnsolicited?: (answer: Answer, frame?: string) => void;
}

/** How many ids of earlier requests a lane remembers. After more, an answer must identify its request. */
export const MAX_EARLIER_IDS = 1000;

interface Pending {
  readonly request: ReportRequest;
  readonly options: RequestOptions;
  readonly settle: (outcome: Outcome) => void;
  /** After this, a request whose connection was lost is not repeated, however often the connection breaks. */
  readonly lastSendAt: number;
  /** Cancels the timer that is running: for the wait or for the answer. */
  cancelTimer: () => void;
}

/** What a lane remembers applies to the current connection only: on another one, no answer is overdue or repeated. */
interface Lane {
  inFlight: Pending | null;
  readonly waiting: Pending[];
  /** The ids of requests that timed out and whose answers may still arrive, oldest first. */
  overdueIds: string[];
  /** The ids of all requests that were answered or timed out: each answer may arrive again. */
  readonly earlierIds: Set<string>;
  /** Fingerprints of answers without an id, to recognise repeats. */
  readonly withoutId: Set<string>;
  /** Fingerprints of journeys that showed an id, with the id that each answered. */
  readonly answeredIds: Map<string, string>;
  /** Whether any request timed out. */
  hadTimeout: boolean;
  /**
   * Whether any answer without an id may belong to another request: one was unsolicited, an id was answered twice, or
   * older requests are forgotten.
   */
  isStrict: boolean;
  cancelQuarantine: (() => void) | null;
}

export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #lanes = new Map<ReportCommand, Lane>();
  #send: ((request: ReportRequest) => void) | null = null;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** Resolves when the request has ended in any way; never rejects. */
  request<C extends ReportCommand>(command: C, data: RequestData[C], options: RequestOptions): Promise<Outcome> {
    const lane = this.#lane(command);
    const { isLimited = true } = options;
    if (isLimited && lane.waiting.length >= this.#options.maxWaiting) {
      return Promise.resolve({ type: 'queue-full' });
    }
    return new Promise((resolve) => {
      const { clock, maxWaitMs, answerTimeoutMs } = this.#options;
      const pending: Pending = {
        request: { command, data } as ReportRequest,
        options,
        settle: resolve,
        lastSendAt: clock.now() + maxWaitMs + answerTimeoutMs,
        cancelTimer: () => undefined,
      };
      lane.waiting.push(pending);
      if (isLimited) this.#limitWait(lane, pending, maxWaitMs);
      this.#advance(lane);
    });
  }

  /**
   * Sends everything that waits in a lane at once, without expecting answers: the last messages before a connection
   * ends.
   */
  sendWaiting(command: ReportCommand): void {
    for (const { request } of this.#lane(command).waiting) this.#send?.(request);
  }

  /** Gives the queue a connection to send on. On a new connection, no answer is overdue. */
  attach(send: (request: ReportRequest) => void): void {
    this.#send = send;
    for (const lane of this.#lanes.values()) this.#advance(lane);
  }

  /** Removes the connection. Requests that survive this wait first in line for the next one. */
  detach(): void {
    this.#send = null;
    for (const lane of this.#lanes.values()) {
      this.#release(lane);
      const pending = lane.inFlight;
      lane.inFlight = null;
      if (pending !== null) this.#interrupted(lane, pending);
      for (const waiting of [...lane.waiting]) {
        if (!waiting.options.survivesBreak) {
          lane.waiting.splice(lane.waiting.indexOf(waiting), 1);
          end(waiting, { type: 'connection-lost' });
        }
      }
    }
  }

  /** Handles an answer from the processor; `frame` is its raw text. */
  answer(answer: Answer, frame?: string): void {
    const lane = this.#lane(answer.command);
    const whose = owner(answer, lane);
    switch (whose.type) {
      case 'in-flight': {
        const { pending } = whose;
        const id = requestedId(pending.request);
        lane.inFlight = null;
        // It may be a repeat of the earlier answer to the same id. Then its own still arrives, perhaps without an id.
        lane.isStrict ||= lane.earlierIds.has(id) && shownIds(answer).has(id);
        remember(lane, lane.earlierIds, id);
        noteAnswer(lane, answer, id);
        end(
          pending,
          answer.type === 'success'
            ? { type: 'success', data: answer.data, frame }
            : { type: 'failure', failure: answer.failure, original: answer.original, frame },
        );
        break;
      }
      case 'late': {
        const { id, isSettled } = whose;
        this.#options.onViolation('late-answer', `${answer.command} for ${quoted(id)}`);
        // If it may be another request's, the overdue answer may still arrive. But no lane waits for more than this.
        const isLast = lane.overdueIds.length === 1;
        noteAnswer(lane, answer, id);
        if (isSettled) lane.overdueIds.splice(lane.overdueIds.indexOf(id), 1);
        if (isLast) this.#endQuarantine(lane);
        break;
      }
      case 'nobody':
        // Before the first request, it can't be a repeated answer.
        lane.isStrict ||= lane.earlierIds.size > 0;
        this.#options.onViolation('unasked-answer', answer.command);
        this.#options.onUnsolicited?.(answer, frame);
        return;
      case 'ambiguous':
        this.#options.onViolation('untold-answer', answer.command);
        this.#options.onAmbiguous();
        return;
    }
    this.#advance(lane);
  }

  /** Ends everything that waits or is in flight, when the link has stopped for good. */
  abandon(): void {
    this.#send = null;
    for (const lane of this.#lanes.values()) {
      this.#release(lane);
      const all = [...(lane.inFlight === null ? [] : [lane.inFlight]), ...lane.waiting.splice(0)];
      lane.inFlight = null;
      for (const pending of all) end(pending, { type: 'connection-lost' });
    }
  }

  #lane(command: ReportCommand): Lane {
    let lane = this.#lanes.get(command);
    if (lane === undefined) {
      lane = {
        inFlight: null,
        waiting: [],
        overdueIds: [],
        earlierIds: new Set(),
        withoutId: new Set(),
        answeredIds: new Map(),
        hadTimeout: false,
        isStrict: false,
        cancelQuarantine: null,
      };
      this.#lanes.set(command, lane);
    }
    return lane;
  }

  #advance(lane: Lane): void {
    if (this.#send === null || lane.inFlight !== null || lane.cancelQuarantine !== null) return;
    const pending = lane.waiting.shift();
    if (pending === undefined) return;
    pending.cancelTimer();
    lane.inFlight = pending;
    pending.cancelTimer = this.#options.clock.after(this.#options.answerTimeoutMs, () => {
      this.#timedOut(lane, pending);
    });
    this.#send(pending.request);
  }

  #timedOut(lane: Lane, pending: Pending): void {
    lane.inFlight = null;
    remember(lane, lane.earlierIds, requestedId(pending.request));
    lane.hadTimeout = true;
    lane.overdueIds.push(requestedId(pending.request));
    if (lane.overdueIds.length > MAX_EARLIER_IDS) lane.overdueIds.shift();
    lane.cancelQuarantine = this.#options.clock.after(this.#options.quarantineMs, () => {
      lane.cancelQuarantine = null;
      this.#advance(lane);
    });
    end(pending, { type: 'timeout' });
  }

  #interrupted(lane: Lane, pending: Pending): void {
    pending.cancelTimer();
    if (!pending.options.survivesBreak) {
      pending.settle({ type: 'connection-lost' });
      return;
    }
    lane.waiting.unshift(pending);
    this.#limitWait(lane, pending, pending.lastSendAt - this.#options.clock.now());
  }

  #limitWait(lane: Lane, pending: Pending, maxWaitMs: number): void {
    pending.cancelTimer = this.#options.clock.after(Math.max(0, maxWaitMs), () => {
      lane.waiting.splice(lane.waiting.indexOf(pending), 1);
      pending.settle({ type: 'not-sent', reason: this.#send === null ? 'link-down' : 'line-too-long' });
    });
  }

  #release(lane: Lane): void {
    lane.overdueIds = [];
    lane.earlierIds.clear();
    lane.withoutId.clear();
    lane.answeredIds.clear();
    lane.hadTimeout = false;
    lane.isStrict = false;
    this.#endQuarantine(lane);
  }

  #endQuarantine(lane: Lane): void {
    lane.cancelQuarantine?.();
    lane.cancelQuarantine = null;
  }
}

function remember(lane: Lane, among: Set<string>, one: string): void {
  among.delete(one);
  among.add(one);
  if (among.size <= MAX_EARLIER_IDS) return;
  const [oldest] = among;
  if (oldest !== undefined) among.delete(oldest);
  lane.isStrict = true;
}

/** Only for journeys: the answers to begins and ends all look alike. */
function noteAnswer(lane: Lane, answer: Answer, id: string): void {
  if (answer.command !== 'report.calljourney') return;
  const shown = shownIds(answer);
  if (!isAny(lane.earlierIds, shown)) remember(lane, lane.withoutId, fingerprint(answer));
  else if (answer.type === 'success' && shown.size > 1) {
    // Only an answer with several ids can be taken for another call's.
    lane.answeredIds.set(fingerprint(answer), id);
    const [oldest] = lane.answeredIds.keys();
    if (lane.answeredIds.size > MAX_EARLIER_IDS && oldest !== undefined) lane.answeredIds.delete(oldest);
  }
}

function fingerprint(answer: Answer): string {
  const content = answer.type === 'success' ? answer.data : answer.failure;
  return createHash('sha256')
    .update(`${answer.type} ${jsonText(content)}`)
    .digest('base64');
}

function end(pending: Pending, outcome: Outcome): void {
  pending.cancelTimer();
  pending.settle(outcome);
}

type Owner =
  | { readonly type: 'in-flight'; readonly pending: Pending }
  /**
   * The answer to a request that timed out. `isSettled`: it can belong to no other request, so this one is no longer
   * overdue.
   */
  | { readonly type: 'late'; readonly id: string; readonly isSettled: boolean }
  | { readonly type: 'nobody' }
  | { readonly type: 'ambiguous' };

/** Finds the request that an answer belongs to, as far as possible. */
function owner(answer: Answer, lane: Lane): Owner {
  const { inFlight, overdueIds, earlierIds } = lane;
  const [oldest] = overdueIds;
  const shown = shownIds(answer);
  const id = inFlight === null ? null : requestedId(inFlight.request);
  const shownOverdueId = overdueIds.find((one) => one !== id && shown.has(one));
  const isFailureOf = answer.type === 'failure' && shown.size > 0;
  if (inFlight === null || id === null) {
    if (shownOverdueId !== undefined) return { type: 'late', id: shownOverdueId, isSettled: true };
    const isRepeat = isFailureOf || isAny(earlierIds, shown);
    if (oldest === undefined || isRepeat) return { type: 'nobody' };
    // The success of a begin or an end may show no id, so the order of sending must do.
    const isJourney = answer.command === 'report.calljourney';
    const isOnly = overdueIds.length === 1 && !lane.isStrict && !lane.withoutId.has(fingerprint(answer));
    return { type: 'late', id: oldest, isSettled: !isJourney || isOnly };
  }
  const mine: Owner = { type: 'in-flight', pending: inFlight };
  if (shown.has(id)) {
    // Only computed if there is something to compare it with.
    const mayBeAgain = answer.type === 'success' && shown.size > 1 && lane.answeredIds.size > 0;
    const isAgain = mayBeAgain && (lane.answeredIds.get(fingerprint(answer)) ?? id) !== id;
    return shownOverdueId === undefined && !isAgain ? mine : { type: 'ambiguous' };
  }
  if (shownOverdueId !== undefined) return { type: 'late', id: shownOverdueId, isSettled: true };
  if (isFailureOf) return isOtherSpelling(shown, id, lane) ? mine : { type: 'nobody' };
  // Nobody sees the answer to an `end`, so the order of sending is good enough for it.
  if (answer.command === 'report.teamstatus.end') {
    return oldest === undefined ? mine : { type: 'late', id: oldest, isSettled: true };
  }
  // It may belong to another call, or be a repeat.
  if (isAny(earlierIds, shown)) return { type: 'ambiguous' };
  if (overdueIds.some((one) => one !== id)) return { type: 'ambiguous' };
  if (answer.command === 'report.teamstatus.begin') return mine;
  // If nothing else was requested on this connection, it can't belong to another request.
  if (earlierIds.size === 0 || (earlierIds.size === 1 && earlierIds.has(id))) return mine;
  const isDoubtful = lane.isStrict || (lane.hadTimeout && lane.withoutId.has(fingerprint(answer)));
  return isDoubtful ? { type: 'ambiguous' } : mine;
}

/** Whether a failure names the id in flight in another spelling that matches no other id requested here. */
function isOtherSpelling(shown: ReadonlySet<string>, id: string, { earlierIds }: Lane): boolean {
  const bare = (one: string): string => foldWord(one).replace(/^0+(?=\d)/, '');
  return (
    [...shown].some((one) => bare(one) === bare(id)) &&
    ![...earlierIds].some((one) => one !== id && bare(one) === bare(id))
  );
}

function isAny(ids: ReadonlySet<string>, of: ReadonlySet<string>): boolean {
  for (const id of of) if (ids.has(id)) return true;
  return false;
}

/** The requested id. */
function requestedId(request: ReportRequest): string {
  return trimId(request.command === 'report.calljourney' ? request.data.CallId : request.data.agentId);
}

/** The ids that identify an answer: in a failure's `original`, or in a journey's steps. */
function shownIds(answer: Answer): ReadonlySet<string> {
  if (answer.type === 'failure') {
    const id = originalId(answer);
    return new Set(id === null ? [] : [id]);
  }
  const { data } = answer;
  const answeredIds = isRecord(data) ? data.CallJourney : undefined;
  // A journey of one step may come without a list around it.
  const steps: readonly unknown[] = Array.isArray(answeredIds) ? answeredIds : [answeredIds];
  const ids = steps.map((step) => (isRecord(step) ? comparedId(step.CallId) : null));
  return new Set(ids.filter((id) => id !== null));
}

/** The id in a failure's `original`, or null if it can't be read. */
export function originalId({ command, original }: Extract<Answer, { readonly type: 'failure' }>): string | null {
  if (!isRecord(original) || !isRecord(original.data)) return null;
  return comparedId(command === 'report.calljourney' ? original.data.CallId : original.data.agentId);
}

function comparedId(id: unknown): string | null {
  const text = trimId(idOf(id) ?? '');
  return text === '' ? null : text;
}
