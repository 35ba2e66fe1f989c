/**
 * Where the window goes when it takes a shape: to where that shape was last, on a display that exists. It must know no
 * Electron.
 */
import type { Shape } from '../../shared/desktop/shape.ts';
import type { RememberedWindow } from './window-file.ts';
import { firstPlace, fitToDisplays, type Rectangle } from './window-place.ts';

export interface Display {
  /** As the window system names it, the same from one start to the next. */
  readonly id: string;
  /** What it leaves for windows. */
  readonly area: Rectangle;
}

/** How large a shape is at first. A strip is of one height. */
export const SIZES = { panel: { width: 380, height: 640 }, strip: { width: 560, height: 40 } } as const;

/** How small it can be made. */
export const MIN_SIZES = { panel: { width: 300, height: 200 }, strip: { width: 240, height: 40 } } as const;

/**
 * The place of a shape and the display that it is on. A shape that was somewhere before goes back to there, if that
 * display is still there; else it goes to `current`, and a wall to another one than that, where there is one. The first
 * of the displays is the primary one, and there is always one.
 */
export function placeOf(
  shape: Shape,
  { places, displays: last }: Pick<RememberedWindow, 'places' | 'displays'>,
  displays: readonly Display[],
  current: string | null,
): { readonly place: Rectangle; readonly displayId: string } {
  const [primary] = displays;
  if (primary === undefined) throw new Error('There is no display.');
  const here = displays.find(({ id }) => id === current) ?? primary;
  const there = displays.find(({ id }) => id === last[shape]);
  const other = shape === 'wall' ? displays.find(({ id }) => id !== here.id) : undefined;
  const display = there ?? other ?? here;
  if (shape === 'wall') return { place: display.area, displayId: display.id };
  const remembered = places[shape][display.id];
  const size = SIZES[shape];
  if (remembered === undefined) return { place: firstPlace(shape, size, display.area), displayId: display.id };
  const place = shape === 'strip' ? { ...remembered, height: size.height } : remembered;
  const areas = [display, ...displays.filter((one) => one !== display)].map(({ area }) => area);
  return { place: fitToDisplays(place, areas), displayId: display.id };
}

/** The same with where a shape has been left. */
export function withPlace(
  remembered: RememberedWindow,
  shape: Shape,
  displayId: string,
  place: Rectangle,
): RememberedWindow {
  const { places, displays } = remembered;
  return {
    ...remembered,
    places: shape === 'wall' ? places : { ...places, [shape]: { ...places[shape], [displayId]: place } },
    displays: { ...displays, [shape]: displayId },
  };
}
