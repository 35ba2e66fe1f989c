/**
 * What a subject says of each of its requests and events: how arguments are checked, what becomes of it while people are
 * only counted, and who answers. A table of them is total by type: a missing line does not compile. It must know no subject.
 */
import * as v from 'valibot';
import type { EventType, RequestType } from '../../shared/base/requests.ts';

/** While people are only counted, an answer is given as it is, is given without what names people, or is refused. */
export type AnswerRule<R> = 'as-is' | 'refused' | ((answer: R) => R);

/** An event is sent as it is, or without what names people; if nothing is left of it, the rule gives null. */
export type EventRule<P> = 'as-is' | ((payload: P) => P | null);

export interface Handler<A, R, Parts> {
  readonly args: v.GenericSchema<unknown, A>;
  readonly privacy: AnswerRule<R>;
  /** `parts`: what the subject needs of the host. */
  run(args: A, parts: Parts): R | Promise<R>;
}

/** A subject's requests, all of them. */
export type Handlers<T, Parts> = {
  readonly [N in keyof T]: T[N] extends RequestType<infer A, infer R> ? Handler<A, R, Parts> : never;
};

/** A subject's events, all of them. */
export type EventRules<T> = { readonly [N in keyof T]: T[N] extends EventType<infer P> ? EventRule<P> : never };

/** The host has no such thing, or may not show it. */
export class NotHereError extends Error {
  override readonly name = 'NotHereError';
}

/** The longest text that the page may send. */
export const MAX_TEXT = 4096;

/** A text of the page. */
export const TextArgument = v.pipe(v.string(), v.maxLength(MAX_TEXT));
/** A request without arguments. */
export const NoArguments = v.null();
