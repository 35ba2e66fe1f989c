/**
 * How a setting is declared: once, by its subject, with its check and everything that forms, policies, documents and
 * the support bundle need. It must not know which settings exist.
 */
import * as v from 'valibot';
import type { PlainKey } from '../../shared/texts/languages.ts';

/**
 * What a value reveals: nothing sensitive, a network address, a path on this computer, people (their ids or team
 * names), or a secret.
 */
export type Holding = 'plain' | 'address' | 'path' | 'person' | 'secret';

/** For a list of objects, each field has its own. */
export type HoldingOf<T> =
  Holding | (T extends readonly (infer E extends object)[] ? { readonly [F in keyof E]-?: Holding } : never);

/**
 * The kind of value in the registry. `text`: REG_SZ. `list`: REG_MULTI_SZ, one item per line. `number`: REG_DWORD.
 * `switch`: REG_DWORD, 1 or 0. `json`: REG_SZ or REG_MULTI_SZ, as in the policy file.
 */
export type RegistryKind = 'text' | 'list' | 'number' | 'switch' | 'json';

export interface Setting<S extends v.GenericSchema> {
  /** Explains the setting in the JSON schema, the Windows policy editor and the documentation. */
  readonly description: string;
  /** Its output is the value used. */
  readonly check: S;
  readonly builtIn: v.InferOutput<S>;
  /** Tells whatever repeats a value (problems, the support bundle) what to leave out. */
  readonly holds: HoldingOf<v.InferOutput<S>>;
  readonly inRegistry: RegistryKind;
  /** Values that both the check and the JSON schema reject, for the test of both. */
  readonly invalidSamples: readonly unknown[];
  /** Numbers that the texts of its problems mention, such as the maximum. */
  readonly bounds?: Readonly<Record<string, number>>;
}

export function setting<S extends v.GenericSchema>(declared: Setting<S>): Setting<S> {
  return declared;
}

type ProblemKey = Extract<PlainKey, `settings.problems.${string}`>;
type NameOf<K extends ProblemKey> = K extends `settings.problems.${infer Name}` ? Name : never;

const PROBLEM_PREFIX = 'settings.problems.';

/** The text key of what a check reports. */
export function problem<N extends NameOf<ProblemKey>>(name: N): `settings.problems.${N}` {
  return `settings.problems.${name}`;
}

/** Whether a check's message is one of our texts; otherwise it is the library's own. */
export function isProblemKey(message: string): message is ProblemKey {
  return message.startsWith(PROBLEM_PREFIX);
}

/** Text without blanks at its ends; empty for none. */
export const TrimmedText = v.pipe(v.string(problem('notText')), v.trim());

export const Switch = v.boolean(problem('notSwitch'));

/** Addresses must not contain a password: it would end up in files and command lines, whereas headers are encrypted. */
export function hasNoPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username + password === '';
}
