/** Remembers how the board is arranged. It must not know what is on the board. */
import * as v from 'valibot';
import { isSame } from '../../shared/base/same.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { FILTERS, FIRST_LAYOUT, foldedTeams, SORT_KEYS, type Layout } from '../../shared/board/layout.ts';
import { ProfileFile } from '../base/profile-file.ts';

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

/** What the page may ask to remember. */
export const LayoutSchema = v.strictObject(parts);

const Lenient = v.object({
  sort: v.fallback(parts.sort, FIRST_LAYOUT.sort),
  isDescending: v.fallback(parts.isDescending, FIRST_LAYOUT.isDescending),
  isRedFirst: v.fallback(parts.isRedFirst, FIRST_LAYOUT.isRedFirst),
  isTiled: v.fallback(parts.isTiled, FIRST_LAYOUT.isTiled),
  filters: v.fallback(parts.filters, FIRST_LAYOUT.filters),
  folded: v.fallback(parts.folded, FIRST_LAYOUT.folded),
});

/** Takes whatever is usable from the file's text, and the defaults of a first start for the rest. */
function parseLayout(text: string): Layout {
  try {
    return v.parse(Lenient, JSON.parse(text));
  } catch {
    return FIRST_LAYOUT;
  }
}

export class LayoutFile {
  readonly #file: ProfileFile<Layout>;
  /** The last layout seen here. The next one is compared with it to find what changed. */
  #last: Layout = FIRST_LAYOUT;

  constructor(profileDir: string, log: Log, clock: Pick<Clock, 'after'>) {
    this.#file = new ProfileFile(profileDir, 'layout.json', parseLayout, log, clock);
  }

  async read(): Promise<Layout> {
    this.#last = await this.#file.read();
    return this.#last;
  }

  remember(layout: Layout): void {
    const last = this.#last;
    this.#last = layout;
    this.#file.change((before) => merged(before, last, layout));
  }

  flush(): void {
    this.#file.flush();
  }
}

/** Applies the changes from `last` to `now` to another layout. */
function merged(before: Layout, last: Layout, now: Layout): Layout {
  const pick = <K extends keyof Layout>(key: K): Layout[K] => (isSame(last[key], now[key]) ? before[key] : now[key]);
  const [was, is] = [foldedTeams(last), foldedTeams(now)];
  const kept = before.folded.filter((teamId) => is.has(teamId) || !was.has(teamId));
  const added = now.folded.filter((teamId) => !was.has(teamId));
  return {
    sort: pick('sort'),
    isDescending: pick('isDescending'),
    isRedFirst: pick('isRedFirst'),
    isTiled: pick('isTiled'),
    filters: pick('filters'),
    folded: [...new Set([...kept, ...added])],
  };
}
