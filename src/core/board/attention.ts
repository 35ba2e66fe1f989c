/**
 * Adds to the board what needs attention: the limit and level of each row, the counts of each level, and the floor of
 * each team. When a limit is crossed, it has the row published again. A row whose status is no longer certain keeps its
 * level. It knows nothing about alerts.
 */
import {
  AMBER_SHARE,
  levelAfter,
  levelOf,
  NO_LEVELS,
  type Attention,
  type Level,
  type LevelCounts,
} from '../../shared/board/attention.ts';
import {
  feedEnd,
  type BoardChange,
  type BoardHead,
  type BoardSnapshot,
  type BoardUpdate,
  type MemberRow,
  type TeamHead,
} from '../../shared/board/board.ts';
import type { Clock } from '../base/clock.ts';
import { Crossings } from './crossings.ts';
import { AttentionRules } from './rules.ts';

/** A timer that fires this late was held up by sleep. */
const LATE_MS = 5000;

/** The row of a member of a team. */
interface Place {
  readonly teamId: string;
  readonly memberId: string;
}

interface Team {
  name: string;
  /** Rows with a limit, by member. */
  readonly places: Map<string, Place>;
  /** Those near or over their limit. */
  readonly levels: Map<string, Level>;
}

export interface AttentionMarksOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Publishes a row again. The row may be gone by then. */
  readonly touch: (teamId: string, memberId: string) => void;
  /** Publishes all rows of a team again, or of all teams if it is null. */
  readonly touchTeam: (teamId: string | null) => void;
  /** The timer was late, for example after sleep. Whoever knows better can now mark what is known as old. */
  readonly onLate: () => void;
}

export class AttentionMarks {
  readonly #options: AttentionMarksOptions;
  readonly #teams = new Map<string, Team>();
  readonly #crossings = new Crossings<Place>();
  /** By person, their level in each team, so that a person in two teams counts once. */
  readonly #people = new Map<string, Map<string, Level>>();
  #counts = { amber: 0, red: 0 };
  #rules = AttentionRules.none;
  #blindSince: number | null = null;
  #wakeAt = Infinity;
  #cancel: (() => void) | null = null;

  constructor(options: AttentionMarksOptions) {
    this.#options = options;
  }

  set rules(rules: AttentionRules) {
    if (rules.isEmpty && this.#rules.isEmpty) return;
    this.#rules = rules;
    this.#options.touchTeam(null);
  }

  /**
   * Since when nothing is known about the processor; null while the link is live. No limit is crossed during blind
   * time. Crossings since then that were published before anyone noticed are published again.
   */
  set blindSince(at: number | null) {
    this.#blindSince = at;
    if (at !== null) {
      for (const [teamId, { levels }] of this.#teams) {
        for (const memberId of levels.keys()) this.#options.touch(teamId, memberId);
      }
    }
    this.#wake();
  }

  mark(update: BoardUpdate): BoardUpdate {
    if (this.#rules.isEmpty && this.#people.size === 0 && this.#crossings.next === null) return update;
    const changes: BoardChange[] = [];
    /** Positions of the team heads among the changes: a head precedes its rows, but its counts depend on them. */
    const heads: number[] = [];
    let team: Team = { name: '', places: new Map(), levels: new Map() };
    for (const change of update.changes) {
      switch (change.type) {
        case 'team':
          team = this.#team(change.team);
          heads.push(changes.length);
          changes.push(change);
          break;
        case 'team-gone':
          this.#removeTeam(change.teamId);
          changes.push(change);
          break;
        case 'member':
          changes.push({ ...change, member: this.#follow(change.teamId, team, change.member, update.head) });
          break;
        case 'member-gone':
          this.#remove(change.teamId, team, change.memberId);
          changes.push(change);
          break;
      }
    }
    for (const at of heads) {
      const change = changes[at];
      if (change?.type === 'team') changes[at] = { ...change, team: this.#markTeam(change.team) };
    }
    this.#wake();
    return { ...update, head: this.#markHead(update.head), changes };
  }

  /** The same for the whole board. Its last update has been marked already. */
  markSnapshot(snapshot: BoardSnapshot): BoardSnapshot {
    if (this.#rules.isEmpty) return snapshot;
    const { head } = snapshot;
    return {
      ...snapshot,
      head: this.#markHead(head),
      teams: snapshot.teams.map(({ team, members }) => ({
        team: this.#markTeam(team),
        members: members.map((row) => this.#markRow(team.teamId, team.teamName, row, this.#knownUntil(row, head))),
      })),
    };
  }

  /** The same for a past board. `moment` is the last time at which everything not old was known to be true. */
  markPast(snapshot: BoardSnapshot, moment: number): BoardSnapshot {
    if (this.#rules.isEmpty) return snapshot;
    const worst = new Map<string, Level>();
    const teams = snapshot.teams.map(({ team, members }) => {
      const levels = new Map<string, Level>();
      const marked = members.map((row) => {
        const one = this.#markRow(team.teamId, team.teamName, row, this.#knownUntil(row, snapshot.head, moment));
        const level = levelOf(one);
        if (level === 'none') return one;
        levels.set(row.memberId, level);
        if (level === 'red' || !worst.has(row.memberId)) worst.set(row.memberId, level);
        return one;
      });
      return { team: this.#markTeam(team, levels), members: marked };
    });
    return { ...snapshot, head: this.#markHead(snapshot.head, countLevels(worst)), teams };
  }

  #markHead(head: BoardHead, counts: LevelCounts = { ...this.#counts }): BoardHead {
    return this.#rules.hasLimits ? { ...head, levels: counts } : head;
  }

  #markTeam(team: TeamHead, marked = this.#teams.get(team.teamId)?.levels): TeamHead {
    const floor = this.#rules.floorOf(team.teamId, team.teamName);
    const levels = this.#rules.hasLimits ? countLevels(marked) : null;
    return { ...team, ...(levels === null ? {} : { levels }), ...(floor === null ? {} : { floor }) };
  }

  #markRow(teamId: string, teamName: string, row: MemberRow, knownUntil: number): MemberRow {
    const limit = this.#rules.limitOf(teamId, teamName, row.status, row.reason);
    if (limit === null) return row;
    const { at } = limit.of === 'reason' ? row.reasonSince : row.since;
    const attention: Attention = { ...limit, level: levelAfter(knownUntil - at, limit.limitMs) };
    return { ...row, attention };
  }

  /** Until when the row was known to be true: now, or the board's moment for a past board. */
  #knownUntil({ confirmedIn }: MemberRow, head: BoardHead, moment?: number): number {
    if (confirmedIn === head.feed) return moment ?? this.#blindSince ?? this.#options.clock.now();
    return feedEnd(head, confirmedIn) ?? Number.NEGATIVE_INFINITY;
  }

  #team({ teamId, teamName }: TeamHead): Team {
    let team = this.#teams.get(teamId);
    if (team === undefined) {
      team = { name: teamName, places: new Map(), levels: new Map() };
      this.#teams.set(teamId, team);
    } else if (team.name !== teamName) {
      team.name = teamName;
      // Rules can name a team by its name as well as its id.
      this.#options.touchTeam(teamId);
    }
    return team;
  }

  #follow(teamId: string, team: Team, row: MemberRow, head: BoardHead): MemberRow {
    const { memberId } = row;
    const marked = this.#markRow(teamId, team.name, row, this.#knownUntil(row, head));
    this.#setLevel(teamId, team, memberId, levelOf(marked));
    if (marked.attention === undefined) {
      this.#forgetPlace(team, memberId);
      return marked;
    }
    let place = team.places.get(memberId);
    if (place === undefined) {
      place = { teamId, memberId };
      team.places.set(memberId, place);
    }
    const isFresh = row.confirmedIn === head.feed;
    this.#crossings.set(place, isFresh ? nextCrossing(row, marked.attention) : null);
    return marked;
  }

  #remove(teamId: string, team: Team, memberId: string): void {
    this.#setLevel(teamId, team, memberId, 'none');
    this.#forgetPlace(team, memberId);
  }

  #forgetPlace(team: Team, memberId: string): void {
    const place = team.places.get(memberId);
    if (place !== undefined) this.#crossings.set(place, null);
    team.places.delete(memberId);
  }

  #removeTeam(teamId: string): void {
    const team = this.#teams.get(teamId);
    if (team === undefined) return;
    for (const memberId of [...team.places.keys()]) this.#remove(teamId, team, memberId);
    this.#teams.delete(teamId);
  }

  #setLevel(teamId: string, team: Team, memberId: string, level: Level): void {
    if ((team.levels.get(memberId) ?? 'none') === level) return;
    const person = this.#people.get(memberId) ?? new Map<string, Level>();
    this.#count(person, -1);
    if (level === 'none') {
      team.levels.delete(memberId);
      person.delete(teamId);
    } else {
      team.levels.set(memberId, level);
      person.set(teamId, level);
    }
    this.#count(person, 1);
    if (person.size === 0) this.#people.delete(memberId);
    else this.#people.set(memberId, person);
  }

  #count(person: ReadonlyMap<string, Level>, by: 1 | -1): void {
    const levels = [...person.values()];
    if (levels.includes('red')) this.#counts.red += by;
    else if (levels.includes('amber')) this.#counts.amber += by;
  }

  /** Sets the timer for the next crossing, except during blind time. */
  #wake(): void {
    const next = this.#blindSince === null ? (this.#crossings.next ?? Infinity) : Infinity;
    if (next === this.#wakeAt) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#wakeAt = next;
    if (next === Infinity) return;
    const { clock, touch, onLate } = this.#options;
    this.#cancel = clock.after(Math.max(0, next - clock.now()), () => {
      this.#cancel = null;
      this.#wakeAt = Infinity;
      if (clock.now() - next > LATE_MS) onLate();
      if (this.#blindSince !== null) return;
      // Publishing the row again also sets its next crossing.
      for (const { teamId, memberId } of this.#crossings.takeDue(clock.now())) touch(teamId, memberId);
      this.#wake();
    });
  }
}

function nextCrossing(row: MemberRow, { of, limitMs, level }: Attention): number | null {
  if (level === 'red') return null;
  const { at } = of === 'reason' ? row.reasonSince : row.since;
  return at + (level === 'amber' ? limitMs : limitMs * AMBER_SHARE);
}

function countLevels(levels: ReadonlyMap<string, Level> | undefined): LevelCounts {
  if (levels === undefined || levels.size === 0) return NO_LEVELS;
  let red = 0;
  for (const level of levels.values()) if (level === 'red') red += 1;
  return { amber: levels.size - red, red };
}
