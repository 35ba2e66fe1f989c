/** The live board: its rows, how they are arranged, and how far they are known to be true. */
import { feedEnd, type BoardUpdate, type MemberRow } from '../../shared/board/board.ts';
import { total } from '../../shared/board/statuses.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { HostClient } from '../base/host-client.svelte.ts';
import type { LinkStore } from '../link/link.svelte.ts';
import type { PreferencesStore } from '../settings/preferences.svelte.ts';
import { Arrangement } from './arrangement.svelte.ts';
import type { BoardSource } from './board-source.ts';
import { BoardStore } from './board.svelte.ts';

export class LiveBoard implements BoardSource {
  readonly #host: HostClient;
  readonly #preferences: PreferencesStore;
  readonly #link: LinkStore;
  /** The site's own reasons. */
  readonly reasons: ReasonBook = $derived.by(() => new ReasonBook(this.#preferences.view.reasons));
  readonly arrangement: Arrangement;
  readonly board: BoardStore;
  readonly moment = null;

  constructor(host: HostClient, preferences: PreferencesStore, link: LinkStore) {
    this.#host = host;
    this.#preferences = preferences;
    this.#link = link;
    this.arrangement = new Arrangement({
      reasons: () => this.reasons,
      isNamed: () => this.isNamed,
      onArrange: (layout) => {
        host.send('layout.save', layout);
      },
    });
    this.board = new BoardStore(() => host.ask('board.snapshot', null), this.arrangement);
  }

  get isNamed(): boolean {
    return this.#preferences.isNamed;
  }

  get isLive(): boolean {
    return this.#link.isLive;
  }

  get unconfirmed(): number {
    const { counts, unconfirmed } = this.board.head;
    return this.isLive ? unconfirmed : total(counts);
  }

  isOld(confirmedIn: MemberRow['confirmedIn']): boolean {
    return !this.isLive || confirmedIn < this.board.head.feed;
  }

  knownUntil(confirmedIn: MemberRow['confirmedIn']): number | null {
    if (!this.isOld(confirmedIn)) return null;
    return feedEnd(this.board.head, confirmedIn) ?? this.#link.blindSince;
  }

  follow(update: BoardUpdate): void {
    this.board.follow(update);
  }

  /** Restores the last arrangement. */
  async loadLayout(): Promise<void> {
    this.arrangement.load(await this.#host.ask('layout.load', null));
  }
}
