/**
 * Which names are borne by more than one, so that whoever reads one is told the id as well. It counts with each that
 * comes, goes or is renamed, and never looks through them all. It knows nothing of rows or teams.
 */
import { SvelteMap } from 'svelte/reactivity';
import { foldWord } from '../../shared/base/folding.ts';

export class SharedNames {
  /** Who bears a name, by the name as a reader sees it: in how many places each. */
  #bearers = new Map<string, Map<string, number>>();
  /** How many there are of each: what is drawn follows its own name alone. */
  readonly #counts = new SvelteMap<string, number>();

  /** Whether anybody but this one bears the name. Names that look alike are one. */
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

  /** These, and no others. */
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
