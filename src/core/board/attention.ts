/**
 * Marks what the board tells with what wants attention: the limit of each row and how far it has come, the counts of
 * those, the floor of each team. It watches when a limit is crossed and has the row told again then. What is not known
 * to be true any more gets no further. It knows nothing of alerts.
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

/** A timer that comes so much later than it should was held up by a sleep. */
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
  /** Those of them that are near or over it. */
  readonly levels: Map<string, Level>;
}

export interface AttentionMarksOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Has a row told again. It may have gone. */
  readonly touch: (teamId: string, memberId: string) => void;
  /** Has all rows of a team told again; of all teams where none is named. */
  readonly touchTeam: (teamId: string | null) => void;
  /** The timer was held up, as by a sleep: whoever knows better says now that what is known is old. */
  readonly onLate: () => void;
}

export class AttentionMarks {
  readonly #options: AttentionMarksOptions;
  readonly #teams = new Map<string, Team>();
  readonly #crossings = new Crossings<Place>();
  /** By person: at which level each of the teams has them, so that who is in two teams counts once. */
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
   * Since when nothing is known of the processor; null while it is live. Nothing is crossed while it is blind; what was
   * crossed since then, before anybody knew, is told anew.
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
    /** Where in the changes each team's head stands: it comes before its rows, which decide its counts. */
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
          this.#loseTeam(change.teamId);
          changes.push(change);
          break;
        case 'member':
          changes.push({ ...change, member: this.#follow(change.teamId, team, change.member, update.head) });
          break;
        case 'member-gone':
          this.#lose(change.teamId, team, change.memberId);
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

  /** The same for the whole board, of which the last update has been marked already. */
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

  /** The same for a board of the past, of which `moment` is the last at which what was not old was known to be true. */
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

  /** Until when what the row says was known to be true: now, or the moment of which the board is, while it is. */
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
      // Rules name teams by their names, too.
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

  #lose(teamId: string, team: Team, memberId: string): void {
    this.#setLevel(teamId, team, memberId, 'none');
    this.#forgetPlace(team, memberId);
  }

  #forgetPlace(team: Team, memberId: string): void {
    const place = team.places.get(memberId);
    if (place !== undefined) this.#crossings.set(place, null);
    team.places.delete(memberId);
  }

  #loseTeam(teamId: string): void {
    const team = this.#teams.get(teamId);
    if (team === undefined) return;
    for (const memberId of [...team.places.keys()]) this.#lose(teamId, team, memberId);
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

  /** Waits for the next crossing, unless it is blind. */
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
      // What is told again gets its next crossing with that.
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
