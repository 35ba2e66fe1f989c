/**
 * The configured limits and floors, indexed for lookup: which one applies to a row or a team. It knows nothing about
 * time or who is where.
 */
import type { FloorRule, LimitRule } from '../../shared/board/attention.ts';
import { foldName, foldWord, trimInvisible } from '../../shared/base/folding.ts';
import { normalReason, ReasonBook } from '../../shared/reasons/reasons.ts';

interface Limits {
  readonly byStatus: Map<string, number>;
  readonly byReason: Map<string, number>;
}

/** The limit of a row: which of its clocks it applies to, and how long. Milliseconds. */
export interface Limit {
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
}

/** Values set for a team by its id or its name, whichever the user meant; the empty text stands for all teams. */
class ByTeam<T> {
  /** Ids are compared exactly: `T9` is not `t9`. */
  readonly #byId = new Map<string, T>();
  /** Names are folded by `foldName`. */
  readonly #byName = new Map<string, T>();

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  set(team: string, what: T): void {
    this.#byId.set(trimInvisible(team), what);
    this.#byName.set(foldName(team), what);
  }

  /** The entries for that id and for that name, created if missing. */
  setUp(team: string, make: () => T): readonly T[] {
    const ofId = this.#byId.get(trimInvisible(team)) ?? make();
    const ofName = this.#byName.get(foldName(team)) ?? make();
    this.#byId.set(trimInvisible(team), ofId);
    this.#byName.set(foldName(team), ofName);
    return [ofId, ofName];
  }

  /** The entries that apply to a team, most specific first. */
  of(teamId: string, teamName: string): readonly T[] {
    const found = [this.#byId.get(trimInvisible(teamId)), this.#byName.get(foldName(teamName)), this.#byName.get('')];
    return found.filter((one) => one !== undefined);
  }
}

export class AttentionRules {
  static readonly none = new AttentionRules([], []);

  readonly #limits = new ByTeam<Limits>();
  readonly #floors = new ByTeam<number>();
  readonly #book: ReasonBook;

  /** If several rules cover the same thing, the last one wins. */
  constructor(limits: readonly LimitRule[], floors: readonly FloorRule[], book = ReasonBook.none) {
    this.#book = book;
    for (const { team, status, reason, seconds } of limits) {
      for (const rules of this.#limits.setUp(team ?? '', () => ({ byStatus: new Map(), byReason: new Map() }))) {
        if (reason !== undefined) rules.byReason.set(normalReason(reason) ?? '', seconds * 1000);
        else if (status !== undefined) rules.byStatus.set(foldWord(status), seconds * 1000);
      }
    }
    for (const { team, ready } of floors) this.#floors.set(team ?? '', ready);
  }

  get hasLimits(): boolean {
    return !this.#limits.isEmpty;
  }

  get isEmpty(): boolean {
    return this.#limits.isEmpty && this.#floors.isEmpty;
  }

  /**
   * A reason's limit comes before a status's, and within each a team's limit before that of all teams. A reason that
   * does not explain the status has no limit.
   */
  limitOf(teamId: string, teamName: string, status: string, reason: string | null): Limit | null {
    if (this.#limits.isEmpty) return null;
    const those = this.#limits.of(teamId, teamName);
    const first = (of: (limits: Limits) => number | undefined): number | undefined => {
      for (const limits of those) {
        const found = of(limits);
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

  /** How many members of a team should be ready; null if not set. */
  floorOf(teamId: string, teamName: string): number | null {
    const [floor] = this.#floors.of(teamId, teamName);
    return floor === undefined || floor === 0 ? null : floor;
  }
}
