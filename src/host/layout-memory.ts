/** What is remembered of how the board is arranged. It knows nothing of what is on the board. */
import * as v from 'valibot';
import type { Log } from '../core/log.ts';
import { FILTERS, FIRST_LAYOUT, SORT_KEYS, type Layout } from '../shared/layout.ts';
import { Memory } from './memory.ts';

/** More teams than there can be. */
const MAX_FOLDED = 10_000;
const MAX_ID = 1024;

const parts = {
  sort: v.picklist(SORT_KEYS),
  isDescending: v.boolean(),
  isRedFirst: v.boolean(),
  isTiled: v.boolean(),
  filters: v.pipe(v.array(v.picklist(FILTERS)), v.maxLength(FILTERS.length), v.readonly()),
  folded: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_ID))), v.maxLength(MAX_FOLDED), v.readonly()),
};

/** What the page may give to be remembered. */
export const LayoutSchema = v.strictObject(parts);

const Lenient = v.object({
  sort: v.fallback(parts.sort, FIRST_LAYOUT.sort),
  isDescending: v.fallback(parts.isDescending, FIRST_LAYOUT.isDescending),
  isRedFirst: v.fallback(parts.isRedFirst, FIRST_LAYOUT.isRedFirst),
  isTiled: v.fallback(parts.isTiled, FIRST_LAYOUT.isTiled),
  filters: v.fallback(parts.filters, FIRST_LAYOUT.filters),
  folded: v.fallback(parts.folded, FIRST_LAYOUT.folded),
});

/** What can be used of the file's text; a first start's values for all that can't. */
export function parseLayout(text: string): Layout {
  try {
    return v.parse(Lenient, JSON.parse(text));
  } catch {
    return FIRST_LAYOUT;
  }
}

export function layoutMemory(profileDir: string, log: Log): Memory<Layout> {
  return new Memory(profileDir, 'layout.json', parseLayout, log);
}
