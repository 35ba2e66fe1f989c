/**
 * The limits and floors that are set, made ready to be looked up: which of them holds for a row, or for a team. It knows
 * no time and nothing of who is where.
 */
import type { FloorRule, LimitRule } from '../../shared/attention.ts';
import { foldWord, trimUnseen } from '../../shared/folding.ts';
import { normalReason, ReasonBook } from '../../shared/reasons.ts';

interface Limits {
  readonly byStatus: Map<string, number>;
  readonly byReason: Map<string, number>;
}

/** The limit of one row: on which of its clocks, and how long. Milliseconds. */
export interface Limit {
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
}

export class AttentionRules {
  static readonly none = new AttentionRules([], []);

  /** By the team's id or its name as `folded` has it; the empty text is for all teams. */
  readonly #limits = new Map<string, Limits>();
  readonly #floors = new Map<string, number>();
  readonly #book: ReasonBook;

  /** Of several rules for the same thing the last one holds. */
  constructor(limits: readonly LimitRule[], floors: readonly FloorRule[], book = new ReasonBook([])) {
    this.#book = book;
    for (const { team, status, reason, seconds } of limits) {
      const key = folded(team ?? '');
      let rules = this.#limits.get(key);
      if (rules === undefined) {
        rules = { byStatus: new Map(), byReason: new Map() };
        this.#limits.set(key, rules);
      }
      if (reason !== undefined) rules.byReason.set(normalReason(reason) ?? '', seconds * 1000);
      else if (status !== undefined) rules.byStatus.set(foldWord(status), seconds * 1000);
    }
    for (const { team, ready } of floors) this.#floors.set(folded(team ?? ''), ready);
  }

  get hasLimits(): boolean {
    return this.#limits.size > 0;
  }

  get isEmpty(): boolean {
    return this.#limits.size === 0 && this.#floors.size === 0;
  }

  /**
   * A reason's limit goes before a status's, and within each a team's before that of all teams. A reason that does not
   * explain the status has none.
   */
  limitOf(teamId: string, teamName: string, status: string, reason: string | null): Limit | null {
    if (this.#limits.size === 0) return null;
    const those = [folded(teamId), folded(teamName), ''].map((team) => this.#limits.get(team));
    const first = (of: (limits: Limits) => number | undefined): number | undefined => {
      for (const limits of those) {
        const found = limits === undefined ? undefined : of(limits);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const why = this.#book.explaining({ status, reason });
    const ofReason = why === null || why === '' ? undefined : first(({ byReason }) => byReason.get(why));
    if (ofReason !== undefined) return ofReason > 0 ? { of: 'reason', limitMs: ofReason } : null;
    const key = foldWord(status);
    const ofStatus = key === '' ? undefined : first(({ byStatus }) => byStatus.get(key));
    return ofStatus !== undefined && ofStatus > 0 ? { of: 'status', limitMs: ofStatus } : null;
  }

  /** How many must at least be ready in a team; null where that is not said. */
  floorOf(teamId: string, teamName: string): number | null {
    const floor = this.#floors.get(folded(teamId)) ?? this.#floors.get(folded(teamName)) ?? this.#floors.get('');
    return floor === undefined || floor === 0 ? null : floor;
  }
}

/** Names are the same in any letter case, as people write them. But `Team 1-1` is not `Team 11`: they are no words. */
function folded(name: string): string {
  return trimUnseen(name.normalize('NFKC')).toLowerCase();
}
