/**
 * Plans a wall's tiles: the number of columns that fills the wall with the largest letters that fit, and how many lines
 * each tile has below its counts. It must not know teams.
 */

/**
 * A tile's width and height in its own letters: wide enough for a name, a reason and a time, and high enough for three
 * of those.
 */
const WIDTH = 26;
const HEIGHT = 11.2;
/** The width of four counts. */
const NARROWEST = 18;
/** Its name, counts and padding, and one line below them. */
const HEAD = 5.7;
const LINE = 1.7;
/** One for a floor that is not kept, one for members near or over a limit. */
const MIN_LINES = 2;
const GAP = 0.6;

/** Relative to the page's letters. */
const SMALLEST = 0.75;
const LARGEST = 3;

export interface TilePlan {
  readonly columns: number;
  /** The height of a tile's letters relative to the page's. */
  readonly scale: number;
  /** The height of a tile in its own letters. */
  readonly height: number;
  /** How many lines fit below the counts; at least two. */
  readonly lines: number;
}

/** `width`, `height` and `letter` (the height of the page's letters) are in the same unit. */
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
    // Letters for a whole room get no smaller: names are left out first, and only then does the wall scroll.
    scale = SMALLEST;
    columns = Math.max(1, Math.min(count, Math.floor((wide + GAP) / (NARROWEST * scale + GAP))));
  }
  scale = Math.min(scale, LARGEST);
  const room = share(high, Math.ceil(count / columns)) / scale;
  const lines = Math.max(MIN_LINES, Math.floor((room - HEAD) / LINE));
  return { columns, scale, height: Math.max(room, HEAD + MIN_LINES * LINE), lines };
}

/** The share of each of so many, with gaps between them. */
function share(length: number, among: number): number {
  const many = Math.max(1, among);
  return (length - GAP * (many - 1)) / many;
}
