/**
 * Keeps what the board showed in the last hours, in bounded memory: who was in which team, in what status, and since
 * when. Everything before its horizon is forgotten together, so that it never shows half a board.
 */
import type { BoardHead, BoardSnapshot, MemberRow, Since, TeamSnapshot } from '../../shared/board/board.ts';
import { NO_COUNTS } from '../../shared/board/statuses.ts';
import type { HistorySpan } from '../../shared/history/record.ts';
import type { BoardObserver } from '../board/board.ts';
import { Counter, type Person } from '../board/people.ts';

/** What is known of a person from a moment on. Flat, because there are many. */
interface Seen {
  readonly at: number;
  readonly since: Since;
  readonly reasonSince: Since;
  readonly status: string;
  readonly reason: string | null;
  /** The feed that reported it. */
  readonly reportedIn: number;
}

/** From then on the person was in no team. */
interface Absent {
  readonly at: number;
  readonly since: null;
}

type Entry = Seen | Absent;

interface PersonRecord {
  name: string;
  /** Earliest first; never empty. */
  readonly entries: Entry[];
}

interface Stay {
  readonly from: number;
  /** Null while it lasts. */
  to: number | null;
  readonly memberType: string;
}

interface TeamRecord {
  name: string;
  readonly stays: Map<string, Stay[]>;
  /** When it became known to be announced in full, or not to be; earliest first. */
  readonly announced: { readonly at: number; readonly isAnnounced: boolean }[];
}

/**
 * Something past, forgotten once the horizon reaches it: the oldest entry of a member, which the next one ended; a stay
 * in a team; or, without a member, an announced state of a team.
 */
type Past = string | { readonly at: number; readonly memberId: string | null; readonly teamId: string };

/** The times of older breaks are not kept. */
const MAX_BREAKS = 1000;

/** The end of a feed, and until when it was known to be true. */
interface Break {
  readonly feed: number;
  readonly from: number;
  readonly at: number;
}

export interface BoardRecordOptions {
  readonly now: () => number;
  /** How much of the past is kept, and for how long. */
  readonly maxEntries: number;
  readonly maxAgeMs: number;
}

export class BoardRecord implements BoardObserver {
  readonly #options: BoardRecordOptions;
  readonly #people = new Map<string, PersonRecord>();
  readonly #teams = new Map<string, TeamRecord>();
  /** The few distinct statuses and reasons: each frame contains new copies. */
  readonly #texts = new Map<string, string>();
  /** Earliest first. */
  #breaks: Break[] = [];
  #past: Past[] = [];
  /** How many of them are already forgotten. */
  #forgotten = 0;
  #horizon: number;
  #isComplete = false;

  constructor(options: BoardRecordOptions) {
    this.#options = options;
    this.#horizon = options.now();
  }

  /** Since when everything is on record. */
  get horizon(): number {
    return this.#horizon;
  }

  /** Records a person's state, at first and whenever it changes. */
  noteStatus({ memberId, name, status, reason, stay, reasonStay, reportedIn }: Readonly<Person>, at: number): void {
    this.#note(memberId, name, {
      at,
      since: stay.since,
      reasonSince: reasonStay.since,
      status: this.#same(status),
      reason: reason === null ? null : this.#same(reason),
      reportedIn,
    });
  }

  /** A past board shows a team's present name, so that it can be recognised. */
  noteTeamName(teamId: string, name: string): void {
    const team = this.#teams.get(teamId);
    if (team !== undefined) team.name = name;
  }

  noteJoined(teamId: string, teamName: string, memberId: string, memberType: string, at: number): void {
    let team = this.#teams.get(teamId);
    if (team === undefined) {
      team = { name: teamName, stays: new Map(), announced: [] };
      this.#teams.set(teamId, team);
    }
    if (!this.#isComplete) this.#horizon = Math.max(this.#horizon, at);
    const stay: Stay = { from: at, to: null, memberType };
    const stays = team.stays.get(memberId);
    if (stays === undefined) team.stays.set(memberId, [stay]);
    else stays.push(stay);
  }

  /** `isLast`: the person is now in no team. */
  noteLeft(teamId: string, memberId: string, isLast: boolean): void {
    const at = this.#options.now();
    const stay = this.#teams.get(teamId)?.stays.get(memberId)?.at(-1);
    if (stay !== undefined) {
      stay.to = at;
      this.#past.push({ at, memberId, teamId });
    }
    if (isLast) this.#note(memberId, null, { at, since: null });
    this.#forget(at);
  }

  /** Whether all members of a team were reported, or some may be missing. */
  noteAnnounced(teamId: string, isAnnounced: boolean, at: number): void {
    const announced = this.#teams.get(teamId)?.announced;
    const last = announced?.at(-1);
    if (announced === undefined || last?.isAnnounced === isAnnounced) return;
    announced.push({ at, isAnnounced });
    if (last === undefined) return;
    this.#past.push({ at, memberId: null, teamId });
    this.#forget(at);
  }

  noteBreak(feed: number, from: number): void {
    this.#breaks.push({ feed, from, at: this.#options.now() });
    if (this.#breaks.length > MAX_BREAKS) this.#breaks.shift();
  }

  /**
   * The board has all its teams. Until then each new team moved the beginning, because a part must not look like the
   * whole.
   */
  markComplete(): void {
    // If nobody came, it is known from now on that nobody is there.
    if (!this.#isComplete && this.#people.size === 0) this.#horizon = this.#options.now();
    this.#isComplete = true;
  }

  /** Everything on record is from another processor. */
  clear(): void {
    this.#people.clear();
    this.#teams.clear();
    this.#texts.clear();
    this.#isComplete = false;
    this.#breaks = [];
    this.#past = [];
    this.#forgotten = 0;
    this.#horizon = this.#options.now();
  }

  /** The board as known at a moment on record. */
  at(moment: number): BoardSnapshot {
    const teams: TeamSnapshot[] = [];
    const counter = new Counter();
    const counted = new Set<string>();
    const breaks = this.#breaks.filter(({ at }) => at <= moment);
    const feed = (breaks.at(-1)?.feed ?? 0) + 1;
    for (const [teamId, { name, stays, announced }] of this.#teams) {
      const members: MemberRow[] = [];
      const own = new Counter();
      let wasThere = false;
      for (const [memberId, those] of stays) {
        const stay = those.find(({ from, to }) => from <= moment && (to === null || to > moment));
        const row = stay === undefined ? null : this.#rowAt(memberId, moment, stay.memberType, feed);
        if (row === null) continue;
        wasThere = true;
        members.push(row);
        own.add(row.status, 1);
        own.confirm(0, row.confirmedIn);
        if (counted.has(memberId)) continue;
        counted.add(memberId);
        counter.add(row.status, 1);
        counter.confirm(0, row.confirmedIn);
      }
      if (!wasThere) continue;
      const { value: counts } = own;
      const isAnnounced = announced.findLast(({ at }) => at <= moment)?.isAnnounced ?? false;
      const confirmedIn = Math.max(...members.map((row) => row.confirmedIn));
      const team = { teamId, teamName: name, agentIds: [], isAnnounced, counts, confirmedIn };
      teams.push({ team: { ...team, confirmed: own.confirmed(confirmedIn) }, members });
    }
    const counts = teams.length === 0 ? NO_COUNTS : counter.value;
    const ends = breaks.map(({ feed: ended, from }) => ({ feed: ended, at: from }));
    const head: BoardHead = { feed, ends, counts, unconfirmed: counted.size - counter.confirmed(feed) };
    return { version: 0, head, teams };
  }

  /** What is on record of a person; null if nothing. */
  of(memberId: string): { readonly name: string; readonly spans: readonly HistorySpan[] } | null {
    const person = this.#people.get(memberId);
    if (person === undefined) return null;
    const { name, entries } = person;
    const spans = entries.map((entry, index) => ({
      at: entry.at,
      to: entries[index + 1]?.at ?? null,
      state: entry.since === null ? null : stateOf(entry),
    }));
    return { name, spans };
  }

  /** The names of a person's current teams. */
  teamNamesOf(memberId: string): readonly string[] {
    return [...this.#teams.values()]
      .filter(({ stays }) => stays.get(memberId)?.at(-1)?.to === null)
      .map(({ name }) => name);
  }

  #note(memberId: string, name: string | null, entry: Entry): void {
    const person = this.#people.get(memberId);
    if (person === undefined) {
      this.#people.set(memberId, { name: name ?? memberId, entries: [entry] });
      return;
    }
    if (name !== null) person.name = name;
    const last = person.entries.at(-1);
    if (last?.since === null && last.at === entry.at) {
      // Moved from one team to another at one moment: there was no time without a team.
      person.entries[person.entries.length - 1] = entry;
      return;
    }
    person.entries.push(entry);
    this.#past.push(memberId);
    this.#forget(entry.at);
  }

  /** `feed`: that moment's feed. Whoever no earlier feed reported was reported by this one. */
  #rowAt(memberId: string, moment: number, memberType: string, feed: number): MemberRow | null {
    const person = this.#people.get(memberId);
    if (person === undefined) return null;
    const { entries, name } = person;
    let from = 0;
    let to = entries.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((entries[middle]?.at ?? Infinity) <= moment) from = middle + 1;
      else to = middle;
    }
    const entry = entries[from - 1];
    if (entry === undefined || entry.since === null) return null;
    const confirmedIn = Math.min(entry.reportedIn, feed);
    return { memberId, memberName: name, memberType, ...stateOf(entry), confirmedIn };
  }

  #same(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    // Statuses and reasons are few; a processor that sends ever new ones must not fill the memory.
    if (this.#texts.size < 1000) this.#texts.set(text, text);
    return text;
  }

  /** Forgets what ended before the horizon, which moves with time and with the number of entries. */
  #forget(now: number): void {
    const { maxEntries, maxAgeMs } = this.#options;
    const oldest = now - maxAgeMs;
    for (;;) {
      const past = this.#past[this.#forgotten];
      if (past === undefined) break;
      const overAt = typeof past === 'string' ? (this.#people.get(past)?.entries[1]?.at ?? now) : past.at;
      if (this.#past.length - this.#forgotten <= maxEntries && overAt >= oldest) break;
      this.#forgotten += 1;
      this.#horizon = Math.max(this.#horizon, overAt);
      if (typeof past === 'string') this.#forgetEntry(past);
      else if (past.memberId === null) this.#forgetAnnounced(past.teamId, past.at);
      else this.#forgetStay(past.teamId, past.memberId);
    }
    if (this.#forgotten < 1024 || this.#forgotten * 2 < this.#past.length) return;
    this.#past = this.#past.slice(this.#forgotten);
    this.#forgotten = 0;
  }

  #forgetEntry(memberId: string): void {
    const person = this.#people.get(memberId);
    person?.entries.shift();
    // A person in no team is forgotten along with their last entry.
    if (person?.entries.length === 1 && person.entries[0]?.since === null) this.#people.delete(memberId);
  }

  #forgetAnnounced(teamId: string, until: number): void {
    const announced = this.#teams.get(teamId)?.announced ?? [];
    while ((announced[1]?.at ?? Infinity) <= until) announced.shift();
  }

  #forgetStay(teamId: string, memberId: string): void {
    const team = this.#teams.get(teamId);
    const stays = team?.stays.get(memberId);
    stays?.shift();
    if (stays?.length === 0) team?.stays.delete(memberId);
    if (team?.stays.size === 0) this.#teams.delete(teamId);
  }
}

function stateOf({ status, reason, since, reasonSince }: Seen): NonNullable<HistorySpan['state']> {
  return { status, reason, since, reasonSince };
}
