/**
 * Tracks names that more than one bears, so that the id is shown as well. It counts as names come, go and change, and
 * never scans them all. It must not know rows or teams.
 */
import { SvelteMap } from 'svelte/reactivity';
import { foldWord } from '../../shared/base/folding.ts';

export class SharedNames {
  /** The bearers of each name as the reader sees it, and in how many places each appears. */
  #bearers = new Map<string, Map<string, number>>();
  /** How many bear each name. Reading one depends on that name alone. */
  readonly #counts = new SvelteMap<string, number>();

  /** Whether anybody else bears the name. Names that look alike count as the same. */
  isShared(id: string, name: string): boolean {
    const key = foldWord(name);
    const count = this.#counts.get(key) ?? 0;
    return count > 1 || (count === 1 && this.#bearers.get(key)?.has(id) !== true);
  }

  add(id: string, name: string): void {
    const key = foldWord(name);
    note(this.#bearers, key, id);
    this.#count(key);
  }

  remove(id: string, name: string): void {
    const key = foldWord(name);
    const ids = this.#bearers.get(key);
    const places = ids?.get(id);
    if (ids === undefined || places === undefined) return;
    if (places > 1) ids.set(id, places - 1);
    else ids.delete(id);
    this.#count(key);
  }

  rename(id: string, from: string, to: string): void {
    if (from === to) return;
    this.remove(id, from);
    this.add(id, to);
  }

  /** Replaces all bearers. */
  replaceAll(all: Iterable<{ readonly id: string; readonly name: string }>): void {
    const before = this.#bearers;
    this.#bearers = new Map();
    for (const { id, name } of all) note(this.#bearers, foldWord(name), id);
    for (const key of new Set([...before.keys(), ...this.#bearers.keys()])) this.#count(key);
  }

  #count(key: string): void {
    const count = this.#bearers.get(key)?.size ?? 0;
    if (count > 0) this.#counts.set(key, count);
    else {
      this.#counts.delete(key);
      this.#bearers.delete(key);
    }
  }
}

function note(bearers: Map<string, Map<string, number>>, key: string, id: string): void {
  const ids = bearers.get(key) ?? new Map<string, number>();
  ids.set(id, (ids.get(id) ?? 0) + 1);
  bearers.set(key, ids);
}
