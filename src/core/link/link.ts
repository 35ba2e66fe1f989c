/**
 * The shell around the link's state machine: keeps the state, runs the effects on a real transport and real timers, and
 * passes frames on. It decides nothing; the decisions are in link-machine.ts.
 */
import type { LinkReason, LinkView } from '../../shared/link/link.ts';
import type { ReportRequest } from '../../shared/link/report.ts';
import type { Clock } from '../base/clock.ts';
import type { Codec } from './codec.ts';
import {
  initialLink,
  isOverdue,
  isProven,
  isTooOld,
  next,
  type LinkConfig,
  type LinkEffect,
  type LinkEvent,
} from './link-machine.ts';
import type { Connection, ConnectionHandlers, Ending, Transport, TransportOptions } from './transport.ts';

/** What the link reports to its owner. */
export interface LinkListener {
  /** The connection can carry requests from now on; the processor knows nothing about us yet. */
  onAttach(send: (request: ReportRequest) => void): void;
  /** The connection no longer carries requests, and events since `at` may have been missed. */
  onDetach(at: number): void;
  /** `at` is when it arrived. */
  onFrame(text: string, at: number): void;
  onBadFrame: ConnectionHandlers['onBadFrame'];
  /** The view has changed. */
  onChange(): void;
}

export interface LinkOptions extends LinkConfig {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly transportOptions: TransportOptions;
  readonly codec: Codec;
  readonly listener: LinkListener;
}

export class ProcessorLink {
  readonly #options: LinkOptions;
  #link;
  #connection: Connection | null = null;
  #receivedAt: number;
  /** Pings are numbered, so that a late answer to an earlier one proves nothing. */
  #ping = 0;
  /** When the last ping was sent, until its answer arrives. */
  #pingedAt: number | null = null;
  /** When the last ping that was answered in time was sent, or else when the connection opened. */
  #provenAt: number;
  #bytesAtBeat = 0;
  #cancelHeartbeat = noop;
  #cancelRetry = noop;
  #cancelReturn = noop;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#receivedAt = options.clock.now();
    this.#provenAt = this.#receivedAt;
    this.#link = initialLink(this.#receivedAt);
  }

  get view(): LinkView {
    const { state, wasLive, blind } = this.#link;
    return { state, wasLive, blindSince: blind?.since ?? null, blindReason: blind?.reason ?? null };
  }

  /**
   * Whether what arrives now was certainly sent within the last heartbeat. Frames keep their order, so it was sent
   * after the last answered ping, or after the connection opened. More can't be known.
   */
  get isPrompt(): boolean {
    return isProven(this.#proof);
  }

  get #proof() {
    const { clock, heartbeatMs } = this.#options;
    return { now: clock.now(), pingedAt: this.#pingedAt, provenAt: this.#provenAt, config: { heartbeatMs } };
  }

  start(): void {
    this.#dispatch({ type: 'start' });
  }

  /** Ends the connection and does not try again until `start` or `tryNow`. */
  stop(reason: LinkReason): void {
    this.#dispatch({ type: 'stop', reason });
  }

  /** Tries at once instead of waiting, or finds out whether the connection still stands. */
  tryNow(): void {
    this.#dispatch({ type: 'try-now', isAsked: true });
  }

  /** The machine woke, or its network changed: like `tryNow`, but does not drop a connection that may still stand. */
  machineChanged(): void {
    this.#dispatch({ type: 'try-now', isAsked: false });
  }

  /** Every begin has been answered, at least one of them with success: the link is live. */
  subscribed(): void {
    this.#dispatch({ type: 'subscribed', generation: this.#link.generation });
  }

  /** No begin is active any more: the link is no longer live, though the connection stands. */
  allRefused(): void {
    this.#dispatch({ type: 'all-refused', generation: this.#link.generation });
  }

  /** Drops a connection that stands but is no longer useful, and tries again. */
  giveUp(reason: LinkReason): void {
    this.#dispatch({ type: 'give-up', generation: this.#link.generation, reason });
  }

  #dispatch(event: LinkEvent): void {
    const { clock } = this.#options;
    const before = this.#link;
    const step = next(before, event, {
      now: clock.now(),
      receivedAt: this.#receivedAt,
      pingedAt: this.#pingedAt,
      provenAt: this.#provenAt,
      isActive: (this.#connection?.bytesRead ?? 0) !== this.#bytesAtBeat,
      random: clock.random(),
      config: this.#options,
    });
    this.#link = step.link;
    for (const effect of step.effects) this.#run(effect);
    if (step.link !== before) this.#options.listener.onChange();
  }

  #run(effect: LinkEffect): void {
    const { clock, listener } = this.#options;
    switch (effect.type) {
      case 'open':
        this.#open(effect.url, effect.generation);
        break;
      case 'drop':
        this.#connection?.terminate();
        this.#connection = null;
        break;
      case 'close':
        this.#connection?.close();
        this.#connection = null;
        break;
      case 'ping':
        this.#ping += 1;
        this.#pingedAt = clock.now();
        this.#connection?.ping(String(this.#ping));
        break;
      case 'attach': {
        const connection = this.#connection;
        listener.onAttach((request) => connection?.send(this.#options.codec.encode(request)));
        break;
      }
      case 'detach':
        listener.onDetach(effect.at);
        break;
      case 'set-heartbeat':
        this.#bytesAtBeat = this.#connection?.bytesRead ?? 0;
        this.#cancelHeartbeat = clock.after(effect.delayMs, () => {
          this.#dispatch({ type: 'heartbeat' });
        });
        break;
      case 'cancel-heartbeat':
        this.#cancelHeartbeat();
        break;
      case 'set-retry':
        this.#cancelRetry = clock.after(effect.delayMs, () => {
          this.#dispatch({ type: 'retry-due' });
        });
        break;
      case 'cancel-retry':
        this.#cancelRetry();
        break;
      case 'set-return':
        this.#cancelReturn = clock.after(effect.delayMs, () => {
          this.#dispatch({ type: 'return-due' });
        });
        break;
      case 'cancel-return':
        this.#cancelReturn();
        this.#cancelReturn = noop;
        break;
      case 'look':
        this.#look(effect.url, effect.generation);
        break;
    }
  }

  /** Opens a connection only to see whether it opens. */
  #look(url: string, generation: number): void {
    const { transport, transportOptions } = this.#options;
    const looked = (ending: Ending | null): void => {
      this.#dispatch({ type: 'looked', generation, ending });
    };
    let isDone = false;
    const connection = transport(url, transportOptions, {
      onOpen: () => {
        isDone = true;
        connection.close();
        looked(null);
      },
      onFrame: noop,
      onBadFrame: noop,
      onPong: noop,
      onEnd: (ending) => {
        if (!isDone) looked(ending);
      },
    });
    this.#cancelReturn = () => {
      isDone = true;
      connection.terminate();
    };
  }

  #open(url: string, generation: number): void {
    const isCurrent = (): boolean => generation === this.#link.generation;
    const { listener, transport, transportOptions } = this.#options;
    const received = (): number => {
      const now = this.#options.clock.now();
      // Before anything is done with what arrived: it may have been waiting while the machine slept.
      if (isOverdue(this.#proof) || isTooOld(this.#link, now, this.#proof)) {
        this.#dispatch({ type: 'overslept', generation });
      }
      this.#receivedAt = now;
      return now;
    };
    this.#pingedAt = null;
    this.#bytesAtBeat = 0;
    this.#connection = transport(url, transportOptions, {
      onOpen: () => {
        if (!isCurrent()) return;
        this.#receivedAt = this.#options.clock.now();
        this.#provenAt = this.#receivedAt;
        this.#dispatch({ type: 'opened', generation });
      },
      onFrame: (text) => {
        if (!isCurrent()) return;
        listener.onFrame(text, received());
      },
      onBadFrame: (kind, detail, example) => {
        if (!isCurrent()) return;
        received();
        listener.onBadFrame(kind, detail, example);
      },
      onPong: (text) => {
        if (!isCurrent()) return;
        const now = received();
        if (text !== String(this.#ping) || this.#pingedAt === null) return;
        // An answer to a ping this old was delayed somewhere, and says nothing about now.
        if (now - this.#pingedAt > this.#options.heartbeatMs) {
          this.#dispatch({ type: 'overslept', generation });
          return;
        }
        this.#provenAt = this.#pingedAt;
        this.#pingedAt = null;
        this.#dispatch({ type: 'proven', generation });
      },
      onEnd: ({ reason, isFatal }) => {
        if (isCurrent()) this.#dispatch({ type: 'ended', generation, reason, isFatal });
      },
    });
  }
}

function noop(): void {
  // Nothing to cancel or report.
}
