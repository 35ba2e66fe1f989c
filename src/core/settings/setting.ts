/**
 * How a setting is declared: once, by its subject, with its check and all that forms, policies, documents and the support
 * bundle want to know of it. It must not know which settings there are.
 */
import * as v from 'valibot';
import type { PlainKey } from '../../shared/texts/languages.ts';

/**
 * What a value tells of: nothing in particular, where something is on the network or on this computer, people (their
 * ids, or the names of their teams), or a secret.
 */
export type Holding = 'plain' | 'address' | 'path' | 'person' | 'secret';

/** Of a list of entries with fields, each field has its own. */
export type HoldingOf<T> =
  Holding | (T extends readonly (infer E extends object)[] ? { readonly [F in keyof E]-?: Holding } : never);

/**
 * What a setting is in the registry. `text`: REG_SZ. `list`: REG_MULTI_SZ, a line each. `number`: REG_DWORD. `switch`:
 * REG_DWORD, 1 or 0. `json`: REG_SZ or REG_MULTI_SZ, as in the policy's file.
 */
export type RegistryKind = 'text' | 'list' | 'number' | 'switch' | 'json';

export interface Setting<S extends v.GenericSchema> {
  /** What it is, for whoever sets it: in the JSON schema, in Windows' policy editor and in the documentation. */
  readonly description: string;
  /** What it lets through is the value that is used. */
  readonly check: S;
  readonly builtIn: v.InferOutput<S>;
  /** Whatever repeats a value (a fault, the support bundle) leaves out by this what nobody should read there. */
  readonly holds: HoldingOf<v.InferOutput<S>>;
  readonly inRegistry: RegistryKind;
  /** Some values that both the check and the JSON schema refuse, for the test of both. */
  readonly wrong: readonly unknown[];
  /** What the texts of its faults name, such as the most that it may be. */
  readonly bounds?: Readonly<Record<string, number>>;
}

export function setting<S extends v.GenericSchema>(declared: Setting<S>): Setting<S> {
  return declared;
}

type ProblemKey = Extract<PlainKey, `settings.problems.${string}`>;
type NameOf<K extends ProblemKey> = K extends `settings.problems.${infer Name}` ? Name : never;

const PROBLEM_PREFIX = 'settings.problems.';

/** What a check says of a bad value: a text of the catalogue. */
export function problem<N extends NameOf<ProblemKey>>(name: N): `settings.problems.${N}` {
  return `settings.problems.${name}`;
}

/** Whether a check's message is a text of ours; if not, it is the library's own. */
export function isProblemKey(message: string): message is ProblemKey {
  return message.startsWith(PROBLEM_PREFIX);
}

/** Text without blanks at its ends; empty for none. */
export const TrimmedText = v.pipe(v.string(problem('notText')), v.trim());

export const Switch = v.boolean(problem('notSwitch'));

/** No password stands in an address: it would be in files and command lines, where a header is sealed. */
export function hasNoPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username + password === '';
}
