/**
 * What is remembered of the window from one start to the next. It must know no Electron and nothing of which places
 * exist.
 */
import * as v from 'valibot';
import type { Log } from '../core/log.ts';
import { Memory } from '../host/memory.ts';
import type { Rectangle } from './window-place.ts';

export interface RememberedWindow {
  /** Null at a first start. */
  readonly place: Rectangle | null;
  readonly isPinned: boolean;
}

const FIRST: RememberedWindow = { place: null, isPinned: true };

// Far beyond any screen, and within what a window system's coordinates can hold.
const Coordinate = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const Place = v.object({ x: Coordinate, y: Coordinate, width: Length, height: Length });
const Remembered = v.fallback(
  v.object({ place: v.fallback(v.nullable(Place), FIRST.place), isPinned: v.fallback(v.boolean(), FIRST.isPinned) }),
  FIRST,
);

/** What can be used of the file's text; a first start's values for all that can't. */
export function parseRemembered(text: string): RememberedWindow {
  try {
    return v.parse(Remembered, JSON.parse(text));
  } catch {
    return FIRST;
  }
}

export class WindowMemory extends Memory<RememberedWindow> {
  constructor(profileDir: string, log: Log) {
    super(profileDir, 'window.json', parseRemembered, log);
  }
}
