/**
 * Notices when nobody looked, or nothing could be seen, and from when on somebody can be told what changed meanwhile:
 * not before the board is whole again. It does not know what changed.
 */
import type { AwayReason } from '../../shared/record.ts';

/** Who was away for less than this has missed nothing that is worth a digest. */
const LEAST_MS = 30_000;

export interface Absence {
  readonly from: number;
  readonly reason: AwayReason;
}

export interface AbsenceWatchOptions {
  readonly now: () => number;
  /** Somebody is back and the board is whole: what changed since then can be told. */
  readonly onBack: (absence: Absence) => void;
}

export class AbsenceWatch {
  readonly #options: AbsenceWatchOptions;
  #absence: Absence | null = null;
  /** Whether somebody is there to be told. */
  #isThere = true;
  #isWhole = false;
  /** Whether the board has ever been whole: before that there is nothing to compare with. */
  #wasWhole = false;

  constructor(options: AbsenceWatchOptions) {
    this.#options = options;
  }

  /** Somebody has locked the screen, and so gone. */
  leave(): void {
    this.#isThere = false;
    this.#absence ??= { from: this.#options.now(), reason: 'locked' };
  }

  comeBack(): void {
    this.#isThere = true;
    this.#tell();
  }

  /** Nothing is known since then. One who had gone before is told of all the time. */
  goBlind(from: number, reason: 'asleep' | 'blind'): void {
    this.#isWhole = false;
    this.#absence ??= { from, reason };
  }

  /** The board is whole again after a break. */
  becomeWhole(): void {
    if (!this.#wasWhole) {
      this.#wasWhole = true;
      this.#absence = this.#isThere ? null : { from: this.#options.now(), reason: 'locked' };
    }
    this.#isWhole = true;
    this.#tell();
  }

  clear(): void {
    this.#absence = null;
    this.#isWhole = false;
    this.#wasWhole = false;
  }

  #tell(): void {
    const absence = this.#absence;
    if (absence === null || !this.#isThere || !this.#isWhole) return;
    this.#absence = null;
    if (this.#options.now() - absence.from >= LEAST_MS) this.#options.onBack(absence);
  }
}
