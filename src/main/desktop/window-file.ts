/** Remembers the window across starts. It must know no Electron, and not which places exist. */
import * as v from 'valibot';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { ProfileFile } from '../../host/base/profile-file.ts';
import { SHAPES, type Shape } from '../../shared/desktop/shape.ts';
import type { Rectangle } from './window-place.ts';

export interface RememberedWindow {
  readonly shape: Shape;
  readonly isPinned: boolean;
  /** Where each shape was left, by display id. A wall needs no place, only its display. */
  readonly places: { readonly [S in Shape]: Readonly<Record<string, Rectangle>> };
  /** The display where each shape was last. Absent at first start. */
  readonly displays: { readonly [S in Shape]?: string };
}

export const FIRST_WINDOW: RememberedWindow = {
  shape: 'panel',
  isPinned: true,
  places: { panel: {}, strip: {}, wall: {} },
  displays: {},
};

// Far beyond any screen, but within the coordinates of any window system.
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

/** Takes whatever is usable from the file's text, and the defaults of a first start for the rest. */
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
