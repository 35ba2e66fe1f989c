/** What is remembered of how the board is arranged. It knows nothing of what is on the board. */
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
function parseLayout(text: string): Layout {
  try {
    return v.parse(Lenient, JSON.parse(text));
  } catch {
    return FIRST_LAYOUT;
  }
}

export class LayoutFile {
  readonly #file: ProfileFile<Layout>;
  /** As it was last here: what is another in the next one is what was changed. */
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

/** What has become of one layout by what was changed from another. */
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
