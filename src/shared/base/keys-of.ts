/** The keys of an object with their types, and an object from its keys. It must not know what the object is about. */

/** The keys of an object that has no others than those of its type. */
export function keysOf<F extends object>(form: F): readonly (keyof F)[] {
  return Object.keys(form) as (keyof F)[];
}

/** The part of an object with just these keys. */
export function pick<F extends object, K extends keyof F>(from: F, keys: readonly K[]): Pick<F, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<F, K>;
}

/** An object with these keys and a value for each. */
export function tableOf<K extends string, T>(keys: readonly K[], valueOf: (key: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, T>;
}

/** Fails to compile where an object has a part that was not taken out of it: one that was added and forgotten. */
export function nothingElse(_rest: Readonly<Record<PropertyKey, never>>): void {}
