/**
 * What is remembered of the window from one start to the next. It must know no Electron and nothing of which places
 * exist.
 */
import * as v from 'valibot';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { ProfileFile } from '../../host/base/profile-file.ts';
import { SHAPES, type Shape } from '../../shared/desktop/shape.ts';
import type { Rectangle } from './window-place.ts';

export interface RememberedWindow {
  readonly shape: Shape;
  readonly isPinned: boolean;
  /** By shape and by the display's id where it was left on that display; a wall needs no place but its display. */
  readonly places: { readonly [S in Shape]: Readonly<Record<string, Rectangle>> };
  /** By shape, the display on which it was last. Absent at a first start. */
  readonly displays: { readonly [S in Shape]?: string };
}

export const FIRST_WINDOW: RememberedWindow = {
  shape: 'panel',
  isPinned: true,
  places: { panel: {}, strip: {}, wall: {} },
  displays: {},
};

// Far beyond any screen, and within what a window system's coordinates can hold.
const Coordinate = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const Place = v.object({ x: Coordinate, y: Coordinate, width: Length, height: Length });
const Places = v.fallback(v.record(v.string(), Place), {});
const Remembered = v.object({
  shape: v.fallback(v.picklist(SHAPES), FIRST_WINDOW.shape),
  isPinned: v.fallback(v.boolean(), FIRST_WINDOW.isPinned),
  places: v.fallback(v.object({ panel: Places, strip: Places, wall: Places }), FIRST_WINDOW.places),
  displays: v.fallback(v.record(v.picklist(SHAPES), v.string()), {}),
});

/** What can be used of the file's text; a first start's values for all that can't. */
export function parseRemembered(text: string): RememberedWindow {
  try {
    return v.parse(Remembered, JSON.parse(text));
  } catch {
    return FIRST_WINDOW;
  }
}

export class WindowFile extends ProfileFile<RememberedWindow> {
  constructor(profileDir: string, log: Log, clock: Pick<Clock, 'after'>) {
    super(profileDir, 'window.json', parseRemembered, log, clock);
  }
}
