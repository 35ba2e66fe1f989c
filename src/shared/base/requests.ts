/**
 * How to declare a request of the page or an event of its host: a name with its types, both in one place. Types do not
 * exist at run time, so the page receives only the names. It must know no subject.
 */
import type { Text } from '../texts/text.ts';

/** A request that the page can make. */
export interface RequestType<A, R> {
  /** Never present: it only carries the types. */
  readonly types?: { readonly args: A; readonly result: R };
}

/** An event that the host sends. */
export interface EventType<P> {
  /** Never present: it only carries the type. */
  readonly types?: { readonly payload: P };
}

export function request<A, R>(): RequestType<A, R> {
  return {};
}

export function event<P>(): EventType<P> {
  return {};
}

/** The types of a table of requests, by name. */
export type RequestTypes<T> = {
  readonly [N in keyof T]: T[N] extends RequestType<infer A, infer R>
    ? { readonly args: A; readonly result: R }
    : never;
};

/** The types of a table of events, by name. */
export type EventPayloads<T> = { readonly [N in keyof T]: T[N] extends EventType<infer P> ? P : never };

/** Why a request was not answered. `host-lost`: the host went away before answering. */
export const REQUEST_ERROR_CODES = [
  'untrusted-sender',
  'unknown-request',
  'bad-arguments',
  'not-here',
  'failed',
  'host-lost',
] as const;
export type RequestErrorCode = (typeof REQUEST_ERROR_CODES)[number];

export interface RequestError {
  readonly code: RequestErrorCode;
  readonly message: Text;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RequestError };
