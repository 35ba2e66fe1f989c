/** What the widget has on record: the board as it was, what it saw of a member, and what changed while one was away. */
import type { Digest, DigestSummary, MemberHistory } from '../../shared/history/record.ts';
import type { HostClient } from '../base/host-client.svelte.ts';
import type { LiveBoard } from '../board/live-board.svelte.ts';
import { PastBoard } from './past.svelte.ts';

export class HistoryStore {
  readonly #host: HostClient;
  readonly #live: LiveBoard;
  #digest: DigestSummary | null = $state.raw(null);

  constructor(host: HostClient, live: LiveBoard) {
    this.#host = host;
    this.#live = live;
  }

  /** What changed while one was away, in numbers; null where there is nothing to tell. */
  get digest(): DigestSummary | null {
    return this.#digest;
  }

  readDigest(): Promise<Digest | null> {
    return this.#host.ask('digest.get', null);
  }

  dismissDigest(): void {
    this.#host.tell('digest.dismiss', null);
  }

  /** Null where nothing of the member is on record. */
  ofMember(memberId: string): Promise<MemberHistory | null> {
    return this.#host.ask('member.history', { memberId });
  }

  /** The board of a moment in the past, with the arrangement of the live one. */
  openPast(): PastBoard {
    return new PastBoard({
      ask: (at) => this.#host.ask('board.at', { at }),
      arrangement: this.#live.arrangement,
      reasons: () => this.#live.reasons,
      isNamed: () => this.#live.isNamed,
    });
  }

  take(told: { readonly digest: DigestSummary | null }): void {
    this.#digest = told.digest;
  }
}
