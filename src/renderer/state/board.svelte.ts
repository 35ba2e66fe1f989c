/**
 * The board as the page shows it: follows the core's snapshot and updates, row by row, so that an event redraws its
 * own row and no other. What a status means, what counts and what is old is decided by the core.
 */
import {
  applies,
  NO_COUNTS,
  type BoardChange,
  type BoardHead,
  type BoardSnapshot,
  type BoardUpdate,
  type MemberRow,
  type TeamHead,
} from '../../shared/board.ts';
import { perLocale } from '../../shared/texts/texts.ts';

const collators = perLocale((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));
/** The same for all that is in order until all is put in order anew: places are found by it. */
let collator = collators();

/** What has an id of its own for good, and a name that may change. */
interface Named {
  readonly id: string;
  readonly name: string;
}

function inOrder(a: Named, b: Named): number {
  return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * What is found by id and read in the order of names. What joins or leaves is found its place by halving; all is sorted
 * only when all comes at once.
 */
class ByName<T extends Named> {
  readonly #byId = new Map<string, T>();
  /** Changed in place, in a new box each time: the box is the one signal of a change. */
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

  /** Changes an item. One that gets another name moves to its new place, and no other moves. */
  change(item: T, name: string, change: () => void): void {
    if (item.name === name) {
      change();
      return;
    }
    this.remove(item);
    change();
    this.add(item);
  }

  /** The index at which an item is, or would be. */
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
  /** Whether its members are folded away. Kept here, since a team that is out of sight is not drawn at all. */
  isFolded = $state(false);
  readonly #members = new ByName<MemberState>();
  #head: TeamHead = $state.raw() as TeamHead;

  constructor(head: TeamHead) {
    this.id = head.teamId;
    this.#head = head;
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

  /** The index at which a member is by its name, or would be if it has left. */
  placeOf(member: MemberState): number {
    return this.#members.placeOf(member);
  }

  /** Takes these for all its members. Those that were there before keep their state. */
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
    if (member === undefined) this.#members.add(new MemberState(row));
    else {
      this.#members.change(member, row.memberName, () => {
        member.update(row);
      });
    }
  }

  remove(memberId: string): void {
    const member = this.#members.get(memberId);
    if (member !== undefined) this.#members.remove(member);
  }
}

export class BoardStore {
  readonly #teams = new ByName<TeamState>();
  #head: BoardHead = $state.raw({ feed: 0, ends: [], counts: NO_COUNTS, unconfirmed: 0 });
  /** Null until the first snapshot has come. */
  #version: number | null = null;
  #early: BoardUpdate[] = [];
  #isAsking = false;
  readonly #askSnapshot: () => Promise<BoardSnapshot>;

  constructor(askSnapshot: () => Promise<BoardSnapshot>) {
    this.#askSnapshot = askSnapshot;
  }

  /** By name. */
  get teams(): readonly TeamState[] {
    return this.#teams.list;
  }

  get head(): BoardHead {
    return this.#head;
  }

  /** Puts all in the order that the present language has. */
  sort(): void {
    collator = collators();
    for (const team of this.#teams.list) team.sort();
    this.#teams.sort();
  }

  /** Takes the whole board, then the updates that came meanwhile. */
  async refresh(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#load(await this.#askSnapshot());
    } finally {
      this.#isAsking = false;
    }
    for (const update of this.#early.splice(0)) this.follow(update);
  }

  /** Takes an update; one that does not follow on what is here makes the board ask for a new snapshot. */
  follow(update: BoardUpdate): void {
    if (this.#version === null || this.#isAsking) {
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

  #load({ version, head, teams }: BoardSnapshot): void {
    // All anew, since teams and rows may have gone that no update will tell of.
    this.#teams.replaceAll(
      teams.map(({ team: teamHead, members }) => {
        const team = this.#teams.get(teamHead.teamId) ?? new TeamState(teamHead);
        team.update(teamHead);
        team.load(members);
        return team;
      }),
    );
    this.#head = head;
    this.#version = version;
  }

  #apply(change: BoardChange): void {
    switch (change.type) {
      case 'team': {
        const { team: head } = change;
        const team = this.#teams.get(head.teamId);
        if (team === undefined) this.#teams.add(new TeamState(head));
        else {
          this.#teams.change(team, head.teamName, () => {
            team.update(head);
          });
        }
        break;
      }
      case 'team-gone': {
        const team = this.#teams.get(change.teamId);
        if (team !== undefined) this.#teams.remove(team);
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
