/**
 * Sends requests and matches the answers to them. A response names only its command, so each command has a lane of its
 * own with one request in flight and the others waiting in a bounded line. It knows nothing of sockets or of what an
 * answer is used for; docs/PROTOCOL.md, “Which answer belongs to which request”, has the rules and their reasons.
 */
import type { DepartureKind } from '../../shared/departures.ts';
import type { Command, ReportFailure, ReportRequest, RequestData } from '../../shared/report.ts';
import type { Clock } from './clock.ts';
import { isRecord, quoted } from '../unknown.ts';
import type { Answer } from './message.ts';

export type Outcome =
  | { readonly type: 'success'; readonly data: unknown }
  | { readonly type: 'failure'; readonly failure: ReportFailure; readonly original: unknown }
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
  readonly patienceMs: number;
  /** How long a lane waits, after a time-out, for the late answer before it sends the next request. */
  readonly quarantineMs: number;
  /** How many may wait in one lane. */
  readonly maxWaiting: number;
  readonly onDeparture: (kind: DepartureKind, detail: string) => void;
  /** An answer came that can't be told to belong to the request in flight: only a new connection can tell. */
  readonly onUntold: () => void;
}

interface Pending {
  readonly request: ReportRequest;
  readonly options: RequestOptions;
  readonly settle: (outcome: Outcome) => void;
  /** After this, a request that lost its connection is not asked again, however often the connection breaks. */
  readonly lastSendAt: number;
  /** Cancels the timer for patience or answer, whichever runs. */
  cancelTimer: () => void;
}

interface Lane {
  inFlight: Pending | null;
  readonly waiting: Pending[];
  /** Requests that timed out on this connection and whose answers may still come, the oldest first. */
  owed: ReportRequest[];
  /** The last request that was answered on this connection: what answers it again is not the next one's answer. */
  answered: ReportRequest | null;
  cancelQuarantine: (() => void) | null;
}

export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #lanes = new Map<Command, Lane>();
  #send: ((request: ReportRequest) => void) | null = null;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** Resolves when the request has come to its end, one way or another; never rejects. */
  request<C extends Command>(command: C, data: RequestData[C], options: RequestOptions): Promise<Outcome> {
    const lane = this.#lane(command);
    const { isLimited = true } = options;
    if (isLimited && lane.waiting.length >= this.#options.maxWaiting) {
      return Promise.resolve({ type: 'queue-full' });
    }
    return new Promise((resolve) => {
      const { clock, patienceMs, answerTimeoutMs } = this.#options;
      const pending: Pending = {
        request: { command, data } as ReportRequest,
        options,
        settle: resolve,
        lastSendAt: clock.now() + patienceMs + answerTimeoutMs,
        cancelTimer: () => undefined,
      };
      lane.waiting.push(pending);
      if (isLimited) this.#limitWait(lane, pending, patienceMs);
      this.#advance(lane);
    });
  }

  /** Sends all that waits in a lane at once, without a hope for answers: the last words before a connection ends. */
  sendWaiting(command: Command): void {
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

  /** Takes an answer from the processor. */
  answer(answer: Answer): void {
    const lane = this.#lane(answer.command);
    switch (owner(answer, lane)) {
      case 'in-flight': {
        const pending = lane.inFlight;
        if (pending === null) return;
        lane.inFlight = null;
        lane.answered = pending.request;
        end(
          pending,
          answer.type === 'success'
            ? { type: 'success', data: answer.data }
            : { type: 'failure', failure: answer.failure, original: answer.original },
        );
        break;
      }
      case 'late': {
        const at = Math.max(
          0,
          lane.owed.findIndex((request) => answerFits(answer, request)),
        );
        const [request] = lane.owed.splice(at, 1);
        if (request !== undefined) this.#options.onDeparture('late-answer', describe(request));
        if (lane.owed.length === 0) this.#release(lane);
        lane.answered = request ?? null;
        break;
      }
      case 'nobody':
        this.#options.onDeparture('unasked-answer', answer.command);
        return;
      case 'untold':
        this.#options.onDeparture('untold-answer', answer.command);
        this.#options.onUntold();
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

  #lane(command: Command): Lane {
    let lane = this.#lanes.get(command);
    if (lane === undefined) {
      lane = { inFlight: null, waiting: [], owed: [], answered: null, cancelQuarantine: null };
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
    lane.owed.push(pending.request);
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

  #limitWait(lane: Lane, pending: Pending, patienceMs: number): void {
    pending.cancelTimer = this.#options.clock.after(Math.max(0, patienceMs), () => {
      lane.waiting.splice(lane.waiting.indexOf(pending), 1);
      pending.settle({ type: 'not-sent', reason: this.#send === null ? 'link-down' : 'line-too-long' });
    });
  }

  #release(lane: Lane): void {
    lane.owed = [];
    lane.answered = null;
    lane.cancelQuarantine?.();
    lane.cancelQuarantine = null;
  }
}

function end(pending: Pending, outcome: Outcome): void {
  pending.cancelTimer();
  pending.settle(outcome);
}

function describe(request: ReportRequest): string {
  return `${request.command} for ${quoted(requestedId(request))}`;
}

/** Whose answer it is, as far as that can be told. */
function owner(answer: Answer, lane: Lane): 'in-flight' | 'late' | 'nobody' | 'untold' {
  const { inFlight, owed, answered } = lane;
  const repeated = answer.type === 'failure' ? originalId(answer) : null;
  if (repeated !== null) {
    if (inFlight !== null && requestedId(inFlight.request) === repeated) return 'in-flight';
    return owed.some((request) => requestedId(request) === repeated) ? 'late' : 'nobody';
  }
  if (inFlight === null) return owed.length > 0 ? 'late' : 'nobody';
  if (owed.length === 0) {
    const mayBeRepeat = answered !== null && answerFits(answer, answered) && !answerFits(answer, inFlight.request);
    return mayBeRepeat ? 'untold' : 'in-flight';
  }
  // Nobody is shown what an `end` is answered, so the order of sending is good enough for it.
  if (answer.command === 'report.teamstatus.end') return 'late';
  const fitsInFlight = answerFits(answer, inFlight.request);
  const fitsOwed = owed.some((request) => answerFits(answer, request));
  if (fitsInFlight === fitsOwed) {
    // The same call asked again: either answer is an answer to it.
    const sameId = owed.every((request) => requestedId(request) === requestedId(inFlight.request));
    return sameId ? 'in-flight' : 'untold';
  }
  return fitsInFlight ? 'in-flight' : 'late';
}

/** Whether the answer says of itself that it belongs to this request. */
function answerFits(answer: Answer, request: ReportRequest): boolean {
  const id = requestedId(request);
  if (answer.type === 'failure') return originalId(answer) === id;
  if (!isRecord(answer.data) || !Array.isArray(answer.data.CallJourney)) return false;
  return answer.data.CallJourney.some((step: unknown) => isRecord(step) && step.CallId === id);
}

function requestedId(request: ReportRequest): string {
  return request.command === 'report.calljourney' ? request.data.CallId : request.data.agentId;
}

/** The id in a failure's `original`, or null where it can't be read. */
function originalId(answer: Extract<Answer, { type: 'failure' }>): string | null {
  if (!isRecord(answer.original) || !isRecord(answer.original.data)) return null;
  const { CallId, agentId } = answer.original.data;
  const id = answer.command === 'report.calljourney' ? CallId : agentId;
  return typeof id === 'string' ? id : null;
}
