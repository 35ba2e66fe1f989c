/**
 * What is remembered of the window from one start to the next: read leniently, written so that a power cut leaves the
 * old or the new, never half of one. It must know no Electron and nothing of which places exist.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { Log } from '../core/log.ts';
import type { Rectangle } from './window-place.ts';

export interface RememberedWindow {
  /** Null at a first start. */
  readonly place: Rectangle | null;
  readonly isPinned: boolean;
}

const FIRST: RememberedWindow = { place: null, isPinned: true };
const WRITE_AFTER_MS = 500;

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

export class WindowMemory {
  readonly #file: string;
  readonly #log: Log;
  #pending: RememberedWindow | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(profileDir: string, log: Log) {
    this.#file = path.join(profileDir, 'window.json');
    this.#log = log;
  }

  async read(): Promise<RememberedWindow> {
    try {
      return parseRemembered(await readFile(this.#file, 'utf8'));
    } catch {
      // Not there at a first start; and if it can't be read, the window still opens.
      return FIRST;
    }
  }

  /** Remembers a little later, so that moving the window does not write a hundred times. */
  remember(window: RememberedWindow): void {
    this.#pending = window;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.flush();
    }, WRITE_AFTER_MS);
  }

  /** Writes what is not written yet. Synchronous, since the app may be about to end. */
  flush(): void {
    clearTimeout(this.#timer);
    if (this.#pending === null) return;
    const text = `${JSON.stringify(this.#pending, null, 2)}\n`;
    this.#pending = null;
    try {
      writeFileAtomic.sync(this.#file, text);
    } catch (error) {
      this.#log.warn(`${this.#file} can’t be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
