/**
 * The board as the page shows it: applies the core's snapshot and updates row by row, so that an event redraws only its
 * own row. The core decides what a status means, what counts, and what is old.
 */
import {
  applies,
  type BoardChange,
  type BoardHead,
  type BoardSnapshot,
  type BoardUpdate,
  type MemberRow,
  type TeamHead,
} from '../../shared/board/board.ts';
import { NO_COUNTS } from '../../shared/board/statuses.ts';
import { nameWithId, type Naming } from '../../shared/texts/names.ts';
import { collators } from '../texts/collators.ts';
import { Arrangement } from './arrangement.svelte.ts';
import { SharedNames } from './shared-names.ts';

/** One collator for everything sorted until all is sorted again, since a binary search relies on the order. */
let collator = collators();

/** Something with a permanent id and a name that may change. */
interface Named {
  readonly id: string;
  readonly name: string;
}

function inOrder(a: Named, b: Named): number {
  return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Items by id, listed by name. A binary search places items that join or leave; the whole list is sorted only when it
 * is replaced.
 */
class ByName<T extends Named> {
  readonly #byId = new Map<string, T>();
  /** Mutated in place and wrapped in a new box each time: the new box is the only signal of a change. */
  #order: { readonly items: T[] } = $state.raw({ items: [] });
  readonly #list: readonly T[] = $derived([...this.#order.items]);

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  get list(): readonly T[] {
    return this.#list;
  }

  add(item: T): void {
    this.#byId.set(item.id, item);
    const { items } = this.#order;
    items.splice(this.placeOf(item), 0, item);
    this.#order = { items };
  }

  remove(item: T): void {
    this.#byId.delete(item.id);
    const { items } = this.#order;
    items.splice(this.placeOf(item), 1);
    this.#order = { items };
  }

  sort(): void {
    this.#order = { items: this.#order.items.sort(inOrder) };
  }

  replaceAll(items: T[]): void {
    this.#byId.clear();
    for (const item of items) this.#byId.set(item.id, item);
    this.#order = { items: items.sort(inOrder) };
  }

  /** Changes an item. If its name changed, it moves to its new place, and no other item moves. */
  change(item: T, name: string, change: () => void): void {
    if (item.name === name) {
      change();
      return;
    }
    this.remove(item);
    change();
    this.add(item);
  }

  /** The index of an item, or where it belongs. */
  placeOf(item: T): number {
    const { items } = this.#order;
    let from = 0;
    let to = items.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = items[middle];
      if (other !== undefined && inOrder(other, item) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Returns the previous list if the new one is the same, so that nothing derived from it is computed again. */
function lastIfSame<T>(make: () => readonly T[]): () => readonly T[] {
  let last: readonly T[] = [];
  return () => {
    const list = make();
    if (list.length !== last.length || list.some((item, index) => item !== last[index])) last = list;
    return last;
  };
}

export class MemberState {
  readonly id: string;
  #row: MemberRow = $state.raw() as MemberRow;

  constructor(row: MemberRow) {
    this.id = row.memberId;
    this.#row = row;
  }

  update(row: MemberRow): void {
    this.#row = row;
  }

  get name(): string {
    return this.#row.memberName;
  }

  get row(): MemberRow {
    return this.#row;
  }
}

export class TeamState {
  readonly id: string;
  readonly #arrangement: Arrangement;
  /** The shown members in the wanted order. */
  readonly #shown: readonly MemberState[] = $derived.by(lastIfSame(() => this.#arranged()));
  readonly #members = new ByName<MemberState>();
  readonly #people: SharedNames;
  #head: TeamHead = $state.raw() as TeamHead;

  /** `people` holds everybody's names; the team adds those of its members. */
  constructor(head: TeamHead, arrangement: Arrangement, people = new SharedNames()) {
    this.id = head.teamId;
    this.#people = people;
    this.#head = head;
    this.#arrangement = arrangement;
  }

  update(head: TeamHead): void {
    this.#head = head;
  }

  get name(): string {
    return this.#head.teamName;
  }

  get head(): TeamHead {
    return this.#head;
  }

  /** By name. */
  get members(): readonly MemberState[] {
    return this.#members.list;
  }

  /** The shown members in the wanted order. */
  get shown(): readonly MemberState[] {
    return this.#shown;
  }

  /** Whether its members are folded away. */
  get isFolded(): boolean {
    return this.#arrangement.isFolded(this.id);
  }

  set isFolded(isFolded: boolean) {
    this.#arrangement.fold([this.id], isFolded);
  }

  /** Whether it comes before other teams, since somebody in it is over a limit. */
  get isFirst(): boolean {
    return this.#arrangement.isRedFirst && (this.#head.levels?.red ?? 0) > 0;
  }

  /** Replaces all members. Those that were there before keep their state. */
  load(rows: readonly MemberRow[]): void {
    this.#members.replaceAll(
      rows.map((row) => {
        const member = this.#members.get(row.memberId) ?? new MemberState(row);
        member.update(row);
        return member;
      }),
    );
  }

  sort(): void {
    this.#members.sort();
  }

  put(row: MemberRow): void {
    const member = this.#members.get(row.memberId);
    if (member === undefined) {
      this.#people.add(row.memberId, row.memberName);
      this.#members.add(new MemberState(row));
    } else {
      this.#people.rename(row.memberId, member.name, row.memberName);
      this.#members.change(member, row.memberName, () => {
        member.update(row);
      });
    }
  }

  remove(memberId: string): void {
    const member = this.#members.get(memberId);
    if (member === undefined) return;
    this.#people.remove(member.id, member.name);
    this.#members.remove(member);
  }

  #arranged(): readonly MemberState[] {
    const { list } = this.#members;
    const { isNarrowed, isReversed, compare } = this.#arrangement;
    const some = isNarrowed ? list.filter(({ row }) => this.#arrangement.shows(row, this.name)) : list;
    const ordered = isReversed ? some.toReversed() : some;
    // In order of name with overruns first, nothing moves while nobody is over a limit, so no row needs checking.
    if (compare === null || (this.#arrangement.isPlain && !this.isFirst)) return ordered;
    return ordered.toSorted((a, b) => compare(a.row, b.row));
  }
}

/** Whether a snapshot is under way. `again`: it may predate what another one is needed for. */
type Asking = 'no' | 'once' | 'again';

export class BoardStore {
  /** Over the whole board, since two people with the same name may be in different teams. */
  readonly #people = new SharedNames();
  readonly #teamNames = new SharedNames();
  readonly #teams = new ByName<TeamState>();
  #head: BoardHead = $state.raw({ feed: 0, ends: [], counts: NO_COUNTS, unconfirmed: 0 });
  /** Null until the first snapshot has arrived. */
  #version: number | null = null;
  #early: BoardUpdate[] = [];
  #asking: Asking = 'no';
  readonly #askSnapshot: () => Promise<BoardSnapshot>;
  readonly #arrangement: Arrangement;
  readonly #shown: readonly TeamState[] = $derived.by(lastIfSame(() => this.#arranged()));

  constructor(askSnapshot: () => Promise<BoardSnapshot>, arrangement = new Arrangement()) {
    this.#askSnapshot = askSnapshot;
    this.#arrangement = arrangement;
  }

  /** By name. */
  get teams(): readonly TeamState[] {
    return this.#teams.list;
  }

  /** Whether every team has been announced in full. */
  get isComplete(): boolean {
    return this.#teams.list.every(({ head }) => head.isAnnounced);
  }

  /** Whether another person has the same name, so that the id must be shown too. */
  isPersonShared(memberId: string, name: string): boolean {
    return this.#arrangement.isNamed && this.#people.isShared(memberId, name);
  }

  /** The same for a team, even where people are only counted: its id names nobody. */
  isTeamShared(teamId: string, name: string): boolean {
    return this.#teamNames.isShared(teamId, name);
  }

  /** How people and teams are named in a sentence. */
  readonly naming: Naming = {
    person: (id, name) => (this.isPersonShared(id, name) ? nameWithId(name, id) : name),
    team: (id, name) => (this.isTeamShared(id, name) ? nameWithId(name, id) : name),
  };

  /** The shown teams. With a filter, only those with matching members. */
  get shown(): readonly TeamState[] {
    return this.#shown;
  }

  get head(): BoardHead {
    return this.#head;
  }

  /** Sorts everything by the rules of the current language. */
  sort(): void {
    collator = collators();
    for (const team of this.#teams.list) team.sort();
    this.#teams.sort();
  }

  /** Loads the whole board, then applies the updates that arrived meanwhile. */
  async refresh(): Promise<void> {
    if (this.#asking !== 'no') {
      this.#asking = 'again';
      return;
    }
    let asking: Asking;
    try {
      do asking = await this.#loadOnce();
      while (asking === 'again');
    } finally {
      this.#asking = 'no';
    }
    for (const update of this.#early.splice(0)) this.follow(update);
  }

  async #loadOnce(): Promise<Asking> {
    this.#asking = 'once';
    this.#load(await this.#askSnapshot());
    return this.#asking;
  }

  /** Applies an update. If it does not follow on from this version, requests a new snapshot. */
  follow(update: BoardUpdate): void {
    if (this.#version === null || this.#asking !== 'no') {
      this.#early.push(update);
      return;
    }
    switch (applies(this.#version, update)) {
      case 'drop':
        return;
      case 'gap':
        this.#early.push(update);
        this.refresh().catch((error: unknown) => {
          console.warn('The host gave no new board:', error);
        });
        return;
      case 'apply':
        for (const change of update.changes) this.#apply(change);
        this.#head = update.head;
        this.#version = update.version;
    }
  }

  #arranged(): readonly TeamState[] {
    const { list } = this.#teams;
    const { isNarrowed, isReversed, isRedFirst } = this.#arrangement;
    const some = isNarrowed ? list.filter(({ shown }) => shown.length > 0) : list;
    const ordered = isReversed ? some.toReversed() : some;
    if (!isRedFirst || !ordered.some(({ isFirst }) => isFirst)) return ordered;
    return ordered.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst));
  }

  #load({ version, head, teams }: BoardSnapshot): void {
    // Replaces everything, since teams and rows may have gone without an update.
    this.#teams.replaceAll(
      teams.map(({ team: teamHead, members }) => {
        const team = this.#teams.get(teamHead.teamId) ?? this.#newTeam(teamHead);
        team.update(teamHead);
        team.load(members);
        return team;
      }),
    );
    this.#teamNames.replaceAll(this.#teams.list);
    this.#people.replaceAll(this.#teams.list.flatMap(({ members }) => members));
    this.#head = head;
    this.#version = version;
  }

  #newTeam(head: TeamHead): TeamState {
    return new TeamState(head, this.#arrangement, this.#people);
  }

  #apply(change: BoardChange): void {
    switch (change.type) {
      case 'team': {
        const { team: head } = change;
        const team = this.#teams.get(head.teamId);
        if (team === undefined) {
          this.#teamNames.add(head.teamId, head.teamName);
          this.#teams.add(this.#newTeam(head));
        } else {
          this.#teamNames.rename(head.teamId, team.name, head.teamName);
          this.#teams.change(team, head.teamName, () => {
            team.update(head);
          });
        }
        break;
      }
      case 'team-gone': {
        const team = this.#teams.get(change.teamId);
        if (team === undefined) break;
        for (const { id, name } of team.members) this.#people.remove(id, name);
        this.#teamNames.remove(team.id, team.name);
        this.#teams.remove(team);
        break;
      }
      case 'member':
        this.#teams.get(change.teamId)?.put(change.member);
        break;
      case 'member-gone':
        this.#teams.get(change.teamId)?.remove(change.memberId);
        break;
    }
  }
}
