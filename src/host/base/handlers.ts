/**
 * How a subject declares the handling of its requests and events: how arguments are checked, what happens while people
 * are only counted, and who answers. The tables are total by type: a missing entry does not compile. It must know no
 * subject.
 */
import * as v from 'valibot';
import type { EventType, RequestType } from '../../shared/base/requests.ts';

/** What happens to an answer while people are only counted: returned unchanged, refused, or stripped of names. */
export type AnswerRule<R> = 'as-is' | 'refused' | ((answer: R) => R);

/**
 * What happens to an event while people are only counted: sent unchanged, or stripped of names. The rule returns null
 * if nothing is left to send.
 */
export type EventRule<P> = 'as-is' | ((payload: P) => P | null);

export interface Handler<A, R, Parts> {
  readonly args: v.GenericSchema<unknown, A>;
  readonly privacy: AnswerRule<R>;
  /** `parts` is what the subject needs from the host. */
  run(args: A, parts: Parts): R | Promise<R>;
}

/** Handlers for all requests of a subject. */
export type Handlers<T, Parts> = {
  readonly [N in keyof T]: T[N] extends RequestType<infer A, infer R> ? Handler<A, R, Parts> : never;
};

/** Rules for all events of a subject. */
export type EventRules<T> = { readonly [N in keyof T]: T[N] extends EventType<infer P> ? EventRule<P> : never };

/** This host does not have what was asked for, or may not show it. */
export class NotHereError extends Error {
  override readonly name = 'NotHereError';
}

/** The longest text that the page may send. */
export const MAX_TEXT = 4096;

/** A text sent by the page. */
export const TextArgument = v.pipe(v.string(), v.maxLength(MAX_TEXT));
/** For a request without arguments. */
export const NoArguments = v.null();
