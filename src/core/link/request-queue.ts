/**
 * Sends requests and matches the answers to them. A response names only its command, so each command has a lane of its
 * own with one request in flight and the others waiting in a bounded line. It knows nothing of sockets or of what an
 * answer is used for; docs/PROTOCOL.md, “Which answer belongs to which request”, has the rules and their reasons.
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
  /** `frame`: the text that it came in, where that is known. */
  | { readonly type: 'success'; readonly data: unknown; readonly frame: string | undefined }
  | {
      readonly type: 'failure';
      readonly failure: ReportFailure;
      readonly original: unknown;
      readonly frame: string | undefined;
    }
  /** Sent, and not answered in time. */
  | { readonly type: 'timeout' }
  /** Not sent within the patience: there was no connection, or others were before it. */
  | { readonly type: 'not-sent'; readonly reason: 'link-down' | 'line-too-long' }
  /** Not taken: the line is full. */
  | { readonly type: 'queue-full' }
  /** The connection was lost before the answer came, and the request does not outlive a connection. */
  | { readonly type: 'connection-lost' };

export interface RequestOptions {
  /** Whether the request is asked again on the next connection when this one is lost. Only for what merely reads. */
  readonly survivesBreak: boolean;
  /**
   * Whether the line's limits of length and patience hold, as they do by default. What the widget asks of its own
   * accord has bounds of its own, and must not get lost.
   */
  readonly isLimited?: boolean;
}

export interface RequestQueueOptions {
  readonly clock: Clock;
  /** How long an answer may take once the request was sent. */
  readonly answerTimeoutMs: number;
  /** How long a request may wait to be sent. */
  readonly maxWaitMs: number;
  /** How long a lane waits, after a time-out, for the late answer before it sends the next request. */
  readonly quarantineMs: number;
  /** How many may wait in one lane. */
  readonly maxWaiting: number;
  readonly onViolation: (kind: ViolationKind, detail: string) => void;
  /** An answer came that can't be told to belong to the request in flight: only a new connection can tell. */
  readonly onAmbiguous: () => void;
  /** An answer came that belongs to no request in flight: an earlier one may have been taken for another's. */
  readonly onUnsolicited?: (answer: Answer, frame?: string) => void;
}

/** So many ids of earlier requests are remembered in a lane; when there were more, an answer must show whose it is. */
export const MAX_EARLIER_IDS = 1000;

interface Pending {
  readonly request: ReportRequest;
  readonly options: RequestOptions;
  readonly settle: (outcome: Outcome) => void;
  /** After this, a request that lost its connection is not asked again, however often the connection breaks. */
  readonly lastSendAt: number;
  /** Cancels the timer for patience or answer, whichever runs. */
  cancelTimer: () => void;
}

/** What a lane remembers of its requests is of the present connection: on another one nothing is owed, or repeated. */
interface Lane {
  inFlight: Pending | null;
  readonly waiting: Pending[];
  /** The ids of requests that timed out and whose answers may still come, the oldest first. */
  overdueIds: string[];
  /** The ids of all requests that were answered or timed out: each answer may come again. */
  readonly earlierIds: Set<string>;
  /** Fingerprints of the answers that showed no id, by which it is seen when one comes again. */
  readonly withoutId: Set<string>;
  /** Fingerprints of the journeys that showed an id, with the id that each was the answer for. */
  readonly answeredIds: Map<string, string>;
  /** Whether any request timed out. */
  hadTimeout: boolean;
  /** Whether any answer that shows no id may be another request's: one came unasked, or what was before is forgotten. */
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

  /** Resolves when the request has come to its end, one way or another; never rejects. */
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

  /** Sends all that waits in a lane at once, without a hope for answers: the last words before a connection ends. */
  sendWaiting(command: ReportCommand): void {
    for (const { request } of this.#lane(command).waiting) this.#send?.(request);
  }

  /** Gives the queue a connection to send on. Nothing is owed on a new connection. */
  attach(send: (request: ReportRequest) => void): void {
    this.#send = send;
    for (const lane of this.#lanes.values()) this.#advance(lane);
  }

  /** Takes the connection away. What survives a break waits for the next one, first in its line. */
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

  /** Takes an answer from the processor; `frame` is the text that it came in. */
  answer(answer: Answer, frame?: string): void {
    const lane = this.#lane(answer.command);
    const whose = owner(answer, lane);
    switch (whose.type) {
      case 'in-flight': {
        const { pending } = whose;
        lane.inFlight = null;
        remember(lane, lane.earlierIds, requestedId(pending.request));
        noteAnswer(lane, answer, requestedId(pending.request));
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
        // Where it may have been another's, what is owed may still come. But so much is no longer waited for.
        const isLast = lane.overdueIds.length === 1;
        noteAnswer(lane, answer, id);
        if (isSettled) lane.overdueIds.splice(lane.overdueIds.indexOf(id), 1);
        if (isLast) this.#endQuarantine(lane);
        break;
      }
      case 'nobody':
        // Before anything was asked it can be no answer once more.
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

  /** Ends everything that waits or is in flight; for when the link has stopped for good. */
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

/** Only of journeys: what begins and ends are answered is all alike. */
function noteAnswer(lane: Lane, answer: Answer, id: string): void {
  if (answer.command !== 'report.calljourney') return;
  const shown = shownIds(answer);
  if (!isAny(lane.earlierIds, shown)) remember(lane, lane.withoutId, fingerprint(answer));
  else if (answer.type === 'success' && shown.size > 1) {
    // Only one with several ids in it can be taken for another call's.
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
  /** That of a request which timed out. `isSettled`: whether it can be no other's, so that this one is owed no longer. */
  | { readonly type: 'late'; readonly id: string; readonly isSettled: boolean }
  | { readonly type: 'nobody' }
  | { readonly type: 'ambiguous' };

/** Whose answer it is, as far as that can be told. */
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
    // The success of a begin or an end can show nothing: for them the order of sending must do.
    const isJourney = answer.command === 'report.calljourney';
    const isOnly = overdueIds.length === 1 && !lane.isStrict && !lane.withoutId.has(fingerprint(answer));
    return { type: 'late', id: oldest, isSettled: !isJourney || isOnly };
  }
  const mine: Owner = { type: 'in-flight', pending: inFlight };
  if (shown.has(id)) {
    // Written out only where there is one to compare it with.
    const mayBeAgain = answer.type === 'success' && shown.size > 1 && lane.answeredIds.size > 0;
    const isAgain = mayBeAgain && (lane.answeredIds.get(fingerprint(answer)) ?? id) !== id;
    return shownOverdueId === undefined && !isAgain ? mine : { type: 'ambiguous' };
  }
  if (shownOverdueId !== undefined) return { type: 'late', id: shownOverdueId, isSettled: true };
  if (isFailureOf) return isOtherSpelling(shown, id, lane) ? mine : { type: 'nobody' };
  // Nobody is shown what an `end` is answered, so the order of sending is good enough for it.
  if (answer.command === 'report.teamstatus.end') {
    return oldest === undefined ? mine : { type: 'late', id: oldest, isSettled: true };
  }
  // It may be that of another call, or the same answer once more.
  if (isAny(earlierIds, shown)) return { type: 'ambiguous' };
  if (overdueIds.some((one) => one !== id)) return { type: 'ambiguous' };
  if (answer.command === 'report.teamstatus.begin') return mine;
  // Where nothing else was asked on this connection, there is nobody else whose it could be.
  if (earlierIds.size === 0 || (earlierIds.size === 1 && earlierIds.has(id))) return mine;
  const isDoubtful = lane.isStrict || (lane.hadTimeout && lane.withoutId.has(fingerprint(answer)));
  return isDoubtful ? { type: 'ambiguous' } : mine;
}

/** Whether a failure names the id in flight in another spelling, which no other id asked for here comes near. */
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

/** The id that was asked for. */
function requestedId(request: ReportRequest): string {
  return trimId(request.command === 'report.calljourney' ? request.data.CallId : request.data.agentId);
}

/** The ids by which an answer shows whose it is: that in a failure's `original`, those of a journey's steps. */
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

/** The id in a failure's `original`, or null where it can't be read. */
export function originalId({ command, original }: Extract<Answer, { readonly type: 'failure' }>): string | null {
  if (!isRecord(original) || !isRecord(original.data)) return null;
  return comparedId(command === 'report.calljourney' ? original.data.CallId : original.data.agentId);
}

function comparedId(id: unknown): string | null {
  const text = trimId(idOf(id) ?? '');
  return text === '' ? null : text;
}
