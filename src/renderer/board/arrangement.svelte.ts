/**
 * How the user has arranged the board: search, status filters, sort order, folded teams. It must not know where members
 * come from, or how a row looks.
 */
import { byAttention, levelOf } from '../../shared/board/attention.ts';
import type { MemberRow } from '../../shared/board/board.ts';
import { foldSearch, searchWords } from '../../shared/base/folding.ts';
import {
  FIRST_LAYOUT,
  foldedTeams,
  withFolded,
  type Filter,
  type Layout,
  type SortKey,
} from '../../shared/board/layout.ts';
import { statusKind } from '../../shared/board/statuses.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import { translator } from '../../shared/texts/texts.ts';
import { memberTypeWord, statusWord } from '../../shared/board/board-words.ts';
import { whyWord } from '../../shared/reasons/reason-words.ts';
import { collators } from '../texts/collators.ts';

type Compare = (a: MemberRow, b: MemberRow) => number;

const bySince =
  (of: 'since' | 'reasonSince'): Compare =>
  (a, b) =>
    a[of].at - b[of].at;

/** The people that an alert is about. */
export interface OnlyThese {
  readonly memberIds: ReadonlySet<string>;
  /** What they have in common, in the current language. */
  readonly words: () => string;
}

export interface ArrangementOptions {
  readonly reasons: () => ReasonBook;
  /** Whether people are named. If not, a team has only its head. */
  readonly isNamed: () => boolean;
  /** Called whenever the user changes the arrangement. */
  readonly onArrange: (layout: Layout) => void;
}

export class Arrangement {
  search = $state('');
  /** The only people shown, and why; null unless it is about particular people. */
  only: OnlyThese | null = $state.raw(null);
  #layout: Layout = $state.raw(FIRST_LAYOUT);
  readonly #words: readonly string[] = $derived(searchWords(this.search));
  readonly #folded: ReadonlySet<string> = $derived(foldedTeams(this.#layout));
  readonly #filters: readonly string[] = $derived(this.#layout.filters);
  readonly #hasLevels = $derived(this.#filters.includes('amber') || this.#filters.includes('red'));
  readonly #hasKinds = $derived(this.#filters.length > 0 && this.#layout.filters.some((filter) => !isLevel(filter)));
  readonly #options: ArrangementOptions;
  /** The searchable words of each row in the current language, besides its team's name. Rows never change. */
  readonly #found = $derived.by(() => {
    const book = this.#options.reasons();
    translator();
    return { book, texts: new WeakMap<MemberRow, string>() };
  });

  constructor(options: Partial<ArrangementOptions> = {}) {
    this.#options = { reasons: () => ReasonBook.none, isNamed: () => true, onArrange: () => undefined, ...options };
  }

  get layout(): Layout {
    return this.#layout;
  }

  /** Restores a remembered layout. */
  load(layout: Layout): void {
    this.#layout = layout;
  }

  arrange(change: Partial<Layout>): void {
    this.#layout = { ...this.#layout, ...change };
    this.#options.onArrange(this.#layout);
  }

  /** Whether people are named rather than only counted. */
  get isNamed(): boolean {
    return this.#options.isNamed();
  }

  /** Whether some rows may be hidden. */
  get isNarrowed(): boolean {
    return this.#options.isNamed() && (this.only !== null || this.#words.length > 0 || this.#filters.length > 0);
  }

  /** Shows all rows again. */
  widen(): void {
    this.search = '';
    this.only = null;
    if (this.#filters.length > 0) this.arrange({ filters: [] });
  }

  isFiltered(filter: Filter): boolean {
    return this.#filters.includes(filter);
  }

  toggleFilter(filter: Filter): void {
    const { filters } = this.#layout;
    const others = filters.filter((one) => one !== filter);
    this.arrange({ filters: others.length < filters.length ? others : [...filters, filter] });
  }

  /** Sorts by this key; if it is already the key, reverses the order. */
  sortBy(sort: SortKey): void {
    const { isDescending, sort: before } = this.#layout;
    this.arrange({ sort, isDescending: sort === before && !isDescending });
  }

  /** Nothing is folded during a search: the person might be in there. */
  isFolded(teamId: string): boolean {
    const isSearched = this.#words.length > 0 || this.only !== null;
    return !this.#options.isNamed() || (!isSearched && this.#folded.has(teamId));
  }

  fold(teamIds: readonly string[], isFolded: boolean): void {
    this.arrange(withFolded(this.#layout, teamIds, isFolded));
  }

  /** Whether members are shown in their natural order: all of them, by name. */
  get isPlain(): boolean {
    const { sort, isDescending } = this.#layout;
    return !this.isNarrowed && sort === 'name' && !isDescending;
  }

  get isRedFirst(): boolean {
    return this.#layout.isRedFirst;
  }

  /**
   * Whether a member of this team is shown: the status and level match the filters, and each word is found somewhere.
   */
  shows(row: MemberRow, teamName: string): boolean {
    if (this.only?.memberIds.has(row.memberId) === false) return false;
    if (this.#hasKinds && !this.#filters.includes(statusKind(row.status))) return false;
    if (this.#hasLevels && !this.#filters.includes(levelOf(row))) return false;
    if (this.#words.length === 0) return true;
    const text = `${this.#searchText(row)}\n${foldSearch(teamName)}`;
    return this.#words.every((word) => text.includes(word));
  }

  /** The wanted order for rows that are already sorted by name; null if that is the wanted order. */
  get compare(): Compare | null {
    const { sort, isDescending, isRedFirst } = this.#layout;
    const plain = this.#compareBy(sort);
    if (plain === null && !isDescending && !isRedFirst) return null;
    const ordered: Compare = plain === null ? () => 0 : isDescending ? (a, b) => -plain(a, b) : plain;
    if (!isRedFirst) return ordered;
    return (a, b) => {
      const red = Number(levelOf(b) === 'red') - Number(levelOf(a) === 'red');
      if (red !== 0) return red;
      // Among those over their limits, the longest over comes first.
      return (levelOf(a) === 'red' && sort === 'name' ? byAttention(a, b) : 0) || ordered(a, b);
    };
  }

  /** Names are sorted already; Z to A just reverses the list. */
  get isReversed(): boolean {
    const { sort, isDescending } = this.#layout;
    return sort === 'name' && isDescending;
  }

  #searchText(row: MemberRow): string {
    const { book, texts } = this.#found;
    let text = texts.get(row);
    if (text === undefined) {
      const { memberId, memberName, memberType, status } = row;
      const words = [memberTypeWord(memberType), statusWord(status), whyWord(row, book)];
      text = [memberName, memberId, ...words, status, book.shown(row) ?? ''].map(foldSearch).join('\n');
      texts.set(row, text);
    }
    return text;
  }

  #compareBy(sort: SortKey): Compare | null {
    const book = this.#options.reasons();
    const collator = collators();
    const inOrder = (a: string, b: string): number => collator.compare(a, b);
    switch (sort) {
      case 'name':
        return null;
      case 'attention':
        return byAttention;
      case 'type':
        return (a, b) => inOrder(memberTypeWord(a.memberType), memberTypeWord(b.memberType));
      case 'status':
        return (a, b) => inOrder(statusWord(a.status), statusWord(b.status));
      case 'time':
        return bySince('since');
      case 'reason':
        return (a, b) => inOrder(whyWord(a, book), whyWord(b, book));
      case 'reasonTime':
        return bySince('reasonSince');
    }
  }
}

function isLevel(filter: Filter): boolean {
  return filter === 'amber' || filter === 'red';
}
