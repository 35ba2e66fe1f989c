/**
 * Decides where the window goes when it changes its shape: to where that shape was last, on a display that exists. It
 * must know no Electron.
 */
import type { Shape } from '../../shared/desktop/shape.ts';
import type { RememberedWindow } from './window-file.ts';
import { firstPlace, fitToDisplays, type Rectangle } from './window-place.ts';

export interface Display {
  /** The window system's id, which stays the same across starts. */
  readonly id: string;
  /** The work area. */
  readonly area: Rectangle;
}

/** The initial size of each shape. A strip's height is fixed. */
export const SIZES = { panel: { width: 380, height: 640 }, strip: { width: 560, height: 40 } } as const;

/** The minimum size of each shape. */
export const MIN_SIZES = { panel: { width: 300, height: 200 }, strip: { width: 240, height: 40 } } as const;

/**
 * The place of a shape, and its display. A shape returns to where it was if that display still exists. Otherwise it
 * goes to `current`, except a wall, which prefers any other display. The first display is the primary one, and there is
 * always one.
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

/** Remembers where a shape was left. */
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
