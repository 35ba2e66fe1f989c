/** What the widget has recorded: past boards, a member's history, and what changed during an absence. */
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

  /** What changed during an absence, in numbers; null if there is nothing to report. */
  get digest(): DigestSummary | null {
    return this.#digest;
  }

  readDigest(): Promise<Digest | null> {
    return this.#host.ask('digest.get', null);
  }

  dismissDigest(): void {
    this.#host.send('digest.dismiss', null);
  }

  /** Null if nothing about the member is recorded. */
  ofMember(memberId: string): Promise<MemberHistory | null> {
    return this.#host.ask('member.history', { memberId });
  }

  /** The board at a past moment, arranged like the live one. */
  openPast(): PastBoard {
    return new PastBoard({
      ask: (at) => this.#host.ask('board.at', { at }),
      arrangement: this.#live.arrangement,
      reasons: () => this.#live.reasons,
      isNamed: () => this.#live.isNamed,
    });
  }

  apply(state: { readonly digest: DigestSummary | null }): void {
    this.#digest = state.digest;
  }
}
