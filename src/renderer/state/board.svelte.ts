/**
 * The board as the page shows it: follows the core's snapshot and updates, row by row, so that an event redraws its
 * own row and no other. What a status means, what counts and what is old is decided by the core.
 */
import { SvelteMap } from 'svelte/reactivity';
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

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export class MemberState {
  readonly memberId: string;
  #row: MemberRow = $state.raw() as MemberRow;
  // Apart from the row, so that a new status does not sort the team again.
  #name = $state('');

  constructor(row: MemberRow) {
    this.memberId = row.memberId;
    this.update(row);
  }

  update(row: MemberRow): void {
    this.#row = row;
    this.#name = row.memberName;
  }

  get name(): string {
    return this.#name;
  }

  get row(): MemberRow {
    return this.#row;
  }
}

export class TeamState {
  readonly teamId: string;
  readonly #members = new SvelteMap<string, MemberState>();
  #head: TeamHead = $state.raw() as TeamHead;
  #name = $state('');
  readonly #sorted = $derived(
    [...this.#members.values()].sort((a, b) => byName.compare(a.name, b.name) || (a.memberId < b.memberId ? -1 : 1)),
  );

  constructor(head: TeamHead) {
    this.teamId = head.teamId;
    this.update(head);
  }

  update(head: TeamHead): void {
    this.#head = head;
    this.#name = head.teamName;
  }

  get name(): string {
    return this.#name;
  }

  get head(): TeamHead {
    return this.#head;
  }

  /** By name. */
  get members(): readonly MemberState[] {
    return this.#sorted;
  }

  put(row: MemberRow): void {
    const member = this.#members.get(row.memberId);
    if (member === undefined) this.#members.set(row.memberId, new MemberState(row));
    else member.update(row);
  }

  remove(memberId: string): void {
    this.#members.delete(memberId);
  }
}

export class BoardStore {
  readonly #teams = new SvelteMap<string, TeamState>();
  #head: BoardHead = $state.raw({ feed: 0, ends: [], counts: NO_COUNTS, unconfirmed: 0 });
  /** Null until the first snapshot has come. */
  #version: number | null = null;
  #early: BoardUpdate[] = [];
  #isAsking = false;
  readonly #askSnapshot: () => Promise<BoardSnapshot>;
  readonly #sorted = $derived(
    [...this.#teams.values()].sort((a, b) => byName.compare(a.name, b.name) || (a.teamId < b.teamId ? -1 : 1)),
  );

  constructor(askSnapshot: () => Promise<BoardSnapshot>) {
    this.#askSnapshot = askSnapshot;
  }

  /** By name. */
  get teams(): readonly TeamState[] {
    return this.#sorted;
  }

  get head(): BoardHead {
    return this.#head;
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
    // Anew, since teams and rows may have gone that no update will tell of.
    this.#teams.clear();
    for (const { team, members } of teams) {
      const state = new TeamState(team);
      for (const member of members) state.put(member);
      this.#teams.set(team.teamId, state);
    }
    this.#head = head;
    this.#version = version;
  }

  #apply(change: BoardChange): void {
    switch (change.type) {
      case 'team': {
        const team = this.#teams.get(change.team.teamId);
        if (team === undefined) this.#teams.set(change.team.teamId, new TeamState(change.team));
        else team.update(change.team);
        break;
      }
      case 'team-gone':
        this.#teams.delete(change.teamId);
        break;
      case 'member':
        this.#teams.get(change.teamId)?.put(change.member);
        break;
      case 'member-gone':
        this.#teams.get(change.teamId)?.remove(change.memberId);
        break;
    }
  }
}
