/**
 * The board at a past moment, requested from the host one moment at a time. It is a source of rows like the live board,
 * but its time stands still.
 */
import type { BlindGap } from '../../shared/link/blind-time.ts';
import { feedEnd, type MemberRow } from '../../shared/board/board.ts';
import { total } from '../../shared/board/statuses.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { PastBoardView, RecordSpan } from '../../shared/history/record.ts';
import type { Arrangement } from '../board/arrangement.svelte.ts';
import { BoardStore } from '../board/board.svelte.ts';
import type { BoardSource } from '../board/board-source.ts';

export interface PastOptions {
  readonly ask: (at: number) => Promise<PastBoardView>;
  readonly arrangement: Arrangement;
  readonly reasons: () => ReasonBook;
  readonly isNamed: () => boolean;
}

export class PastBoard implements BoardSource {
  readonly board: BoardStore;
  readonly #options: PastOptions;
  #then: PastBoardView | null = $state.raw(null);
  #wanted: number | null = null;
  #isAsking = false;

  constructor(options: PastOptions) {
    this.#options = options;
    this.board = new BoardStore(async () => {
      if (this.#then === null) throw new Error('Nothing has been asked yet.');
      return this.#then.board;
    }, options.arrangement);
  }

  get moment(): number {
    return this.#then?.at ?? 0;
  }

  get reasons(): ReasonBook {
    return this.#options.reasons();
  }

  get isNamed(): boolean {
    return this.#options.isNamed();
  }

  /** The recorded time span; null until the first answer. */
  get span(): RecordSpan | null {
    return this.#then?.span ?? null;
  }

  /** The gap that contains the moment, if any. The board then shows what was last known. */
  get gap(): BlindGap | null {
    return this.#then?.gap ?? null;
  }

  get unconfirmed(): number {
    return this.gap === null ? 0 : total(this.board.head.counts);
  }

  isOld(confirmedIn: MemberRow['confirmedIn']): boolean {
    return this.gap !== null || confirmedIn < this.board.head.feed;
  }

  knownUntil(confirmedIn: MemberRow['confirmedIn']): number {
    return feedEnd(this.board.head, confirmedIn) ?? this.gap?.from ?? this.moment;
  }

  get #isLast(): boolean {
    return this.#wanted === null;
  }

  /** Shows another moment. While a request is under way, only the last moment wanted meanwhile is requested next. */
  async show(at: number): Promise<void> {
    this.#wanted = at;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#wanted !== null) {
        const wanted = this.#wanted;
        this.#wanted = null;
        try {
          this.#then = await this.#options.ask(wanted);
          await this.board.refresh();
        } catch (error) {
          // A moment wanted meanwhile is still requested; only the last one reports a failure.
          if (this.#isLast) throw error;
        }
      }
    } finally {
      this.#isAsking = false;
    }
  }
}
