/**
 * How a wall's tiles are laid out: in so many columns that they fill the wall with letters as large as it has room for,
 * and how many lines each tile has below its counts. It knows nothing of teams.
 */

/** A tile, in letters of its own: as wide as a name, a reason and a time, as high as it takes for three of those. */
const WIDTH = 26;
const HEIGHT = 11.2;
/** As narrow as four counts. */
const NARROWEST = 18;
/** Its name, its counts and its padding; and one line below them. */
const HEAD = 5.7;
const LINE = 1.7;
/** For a floor that is not kept, and for those near or over a limit. */
const MIN_LINES = 2;
const GAP = 0.6;

/** In letters of the page. */
const SMALLEST = 0.75;
const LARGEST = 3;

export interface TilePlan {
  readonly columns: number;
  /** The height of a tile's letters in those of the page. */
  readonly scale: number;
  /** The height of a tile, in its own letters. */
  readonly height: number;
  /** So many lines a tile has room for below its counts; at least two. */
  readonly lines: number;
}

/** `width`, `height` and the height of the page's letters, `letter`, in the same unit. */
export function planTiles(count: number, width: number, height: number, letter: number): TilePlan {
  const wide = width / letter;
  const high = height / letter;
  let columns = 1;
  let scale = 0;
  for (let tried = 1; tried <= Math.max(1, count); tried += 1) {
    const fits = Math.min(share(wide, tried) / WIDTH, share(high, Math.ceil(count / tried)) / HEIGHT);
    if (fits > scale) {
      columns = tried;
      scale = fits;
    }
  }
  if (scale < SMALLEST) {
    // Letters for a whole room are not made smaller: names are left out, and only then has the wall to be scrolled.
    scale = SMALLEST;
    columns = Math.max(1, Math.min(count, Math.floor((wide + GAP) / (NARROWEST * scale + GAP))));
  }
  scale = Math.min(scale, LARGEST);
  const room = share(high, Math.ceil(count / columns)) / scale;
  const lines = Math.max(MIN_LINES, Math.floor((room - HEAD) / LINE));
  return { columns, scale, height: Math.max(room, HEAD + MIN_LINES * LINE), lines };
}

/** What each of so many has, with gaps between them. */
function share(whole: number, among: number): number {
  const many = Math.max(1, among);
  return (whole - GAP * (many - 1)) / many;
}
