/**
 * The gateway of the host: finds the handler of a request, checks its arguments, withholds names while people are only
 * counted, and sends events to all listeners. It must know no subject: each brings its own requests and rules.
 */
import * as v from 'valibot';
import type { Clock } from '../core/base/clock.ts';
import { fileFailure } from '../core/base/file-failure.ts';
import type { Log } from '../core/base/log.ts';
import type { Reply, RequestError, RequestErrorCode } from '../shared/base/requests.ts';
import {
  REQUEST_NAMES,
  type EventListeners,
  type EventName,
  type Events,
  type RequestName,
  type Requests,
} from '../shared/contract.ts';
import { translateToEnglish, type Text } from '../shared/texts/text.ts';
import { NotHereError, type AnswerRule, type EventRule, type Handler } from './base/handlers.ts';

/** A handler for each request. */
export type HostHandlers<Parts> = {
  readonly [N in RequestName]: Handler<Requests[N]['args'], Requests[N]['result'], Parts>;
};

/** A rule for each event. */
export type HostEventRules = { readonly [N in EventName]: EventRule<Events[N]> };

/** Receives every event, for listeners that only pass events on. */
export type EventListener = <N extends EventName>(name: N, payload: Events[N]) => void;

export interface GatewayOptions<Parts> {
  readonly handlers: HostHandlers<Parts>;
  readonly eventRules: HostEventRules;
  /** What the handlers work with. */
  readonly parts: Parts;
  /** Whether people are only counted at present. */
  readonly isAnonymous: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const requestNames: ReadonlySet<unknown> = new Set(REQUEST_NAMES);

export class Gateway<Parts> {
  readonly #options: GatewayOptions<Parts>;
  readonly #listeners = new Set<EventListener>();

  constructor(options: GatewayOptions<Parts>) {
    this.#options = options;
  }

  /** Subscribes to every event. Returns a function that unsubscribes and may be called twice. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Subscribes to the given events. Returns a function as `subscribe` does. */
  on(listeners: EventListeners): () => void {
    return this.subscribe((name, payload) => {
      listeners[name]?.(payload);
    });
  }

  /** Sends an event, as far as privacy allows. */
  publish<N extends EventName>(name: N, payload: Events[N]): void {
    const shown = this.shown(name, payload);
    if (shown === null) return;
    for (const listener of this.#listeners) listener(name, shown);
  }

  /** What may be sent of an event; null if nothing. */
  shown<N extends EventName>(name: N, payload: Events[N]): Events[N] | null {
    const { eventRules, isAnonymous } = this.#options;
    return isAnonymous() ? eventWithoutNames(eventRules[name], payload) : payload;
  }

  /** Answers a request from outside, whose name and arguments are not checked yet. Never rejects. */
  async answer(name: unknown, args: unknown): Promise<Reply<unknown>> {
    if (!isRequestName(name)) return this.#refuse('unknown-request', `There is no request ${JSON.stringify(name)}.`);
    return this.#check(name, args);
  }

  /** Answers a request from our own process, which the types have checked. Never rejects. */
  async ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Reply<Requests[N]['result']>> {
    const { handlers, parts, clock, log, isAnonymous } = this.#options;
    const handler: Handler<Requests[N]['args'], Requests[N]['result'], Parts> = handlers[name];
    const { privacy } = handler;
    const needsNames = privacy === 'refused';
    const askedAt = clock.now();
    try {
      this.#allow(needsNames);
      const value = await handler.run(args, parts);
      // Privacy may have been switched on meanwhile.
      this.#allow(needsNames);
      log.debug(`${name} answered after ${String(clock.now() - askedAt)} ms`);
      return { ok: true, value: isAnonymous() ? answerWithoutNames(privacy, value) : value };
    } catch (error) {
      if (error instanceof NotHereError) return this.#refuse('not-here', error.message);
      log.error(`${name} failed`, error);
      return this.#refuse('failed', fileFailure(error).text);
    }
  }

  async #check<N extends RequestName>(name: N, args: unknown): Promise<Reply<Requests[N]['result']>> {
    const handler: Handler<Requests[N]['args'], Requests[N]['result'], Parts> = this.#options.handlers[name];
    const parsed = v.safeParse(handler.args, args);
    if (!parsed.success) return this.#refuse('bad-arguments', `${name}: ${parsed.issues[0].message}`);
    return this.ask(name, parsed.output);
  }

  #allow(needsNames: boolean): void {
    if (needsNames && this.#options.isAnonymous())
      throw new NotHereError('People are not named here: “privacy” is set to “counts”.');
  }

  #refuse(code: RequestErrorCode, message: Text): { readonly ok: false; readonly error: RequestError } {
    this.#options.log.warn(`request refused: ${code}, ${translateToEnglish(message)}`);
    return { ok: false, error: { code, message } };
  }
}

/** Strips names from an answer. Only for requests that are not refused. */
export function answerWithoutNames<R>(rule: AnswerRule<R>, answer: R): R {
  return typeof rule === 'function' ? rule(answer) : answer;
}

/** Strips names from an event; null if nothing is left to send. */
export function eventWithoutNames<P>(rule: EventRule<P>, payload: P): P | null {
  return typeof rule === 'function' ? rule(payload) : payload;
}

function isRequestName(name: unknown): name is RequestName {
  return requestNames.has(name);
}
