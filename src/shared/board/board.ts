/**
 * What the board tells its readers: teams, members, statuses and since when, as plain data that can cross a process
 * boundary. A reader takes one snapshot and then applies updates in the order of their versions; `applies` says how.
 */

import type { Attention, LevelCounts } from './attention.ts';
import type { StatusCounts } from './statuses.ts';

/**
 * How well the time since then is known.
 * - `exact`: the change was seen to happen at that moment, or at most a heartbeat before.
 * - `at-least`: first met at that moment; it began at some unknown earlier time.
 * - `across-gap`: the same before and after gaps in the feed, so the time is taken to have gone on. What happened in the
 *   gaps is not known: it is “about” so long.
 */
export type Certainty = 'exact' | 'at-least' | 'across-gap';

/** The beginning of a status or a reason. Times are milliseconds since the Unix epoch, by this machine's clock. */
export interface Since {
  /** Where the clock begins; gaps that it goes on across leave it as it is. */
  readonly at: number;
  readonly known: Certainty;
  /** Only with `across-gap`: how much of the time since then was not watched, over all gaps. */
  readonly unwatchedMs?: number;
}

/** One member as a row of one team. A member of two teams has a row in each, with the same status and times. */
export interface MemberRow {
  readonly memberId: string;
  /** The processor's name for the member; its id where no name ever came. */
  readonly memberName: string;
  /** `Agent`, `Supervisor`, `TeamLead`, or whatever came; empty if unknown. */
  readonly memberType: string;
  /** As it came; empty if an event did not say. */
  readonly status: string;
  /** A reason code as text; empty for none; null if an event did not say. */
  readonly reason: string | null;
  readonly since: Since;
  readonly reasonSince: Since;
  /** The feed in which this row was last confirmed; older than the board's `feed` means: old. */
  readonly confirmedIn: number;
  /** The limit that holds for this row in this team; absent where none does. */
  readonly attention?: Attention;
}

export interface TeamHead {
  readonly teamId: string;
  readonly teamName: string;
  /** The watched agents whose team this is. */
  readonly agentIds: readonly string[];
  /** False while the team is known only from events that named it without a `teamadded`: members may be missing. */
  readonly isAnnounced: boolean;
  readonly counts: StatusCounts;
  readonly confirmedIn: number;
  /** How many of those counted were confirmed in that feed; the others are old. */
  readonly confirmed: number;
  /** How many of its rows are near or over their limits; absent where no limits are set. */
  readonly levels?: LevelCounts;
  /** How many should at least be ready; absent where no floor is set. */
  readonly floor?: number;
}

export interface FeedEnd {
  readonly feed: number;
  readonly at: number;
}

/** What holds for the board as a whole. */
export interface BoardHead {
  /** Counts the feeds: each break in the connection ends one. What was confirmed in an earlier feed is old. */
  readonly feed: number;
  /** When earlier feeds ended, the latest last: what was confirmed in a feed was known to be true until then. */
  readonly ends: readonly FeedEnd[];
  /** Over all teams; a member of two teams counts once. */
  readonly counts: StatusCounts;
  /** How many of those counted have not been confirmed in this feed. */
  readonly unconfirmed: number;
  /** How many people are near or over a limit, each once and at their worst; absent where no limits are set. */
  readonly levels?: LevelCounts;
}

export type BoardChange =
  | { readonly type: 'team'; readonly team: TeamHead }
  | { readonly type: 'team-gone'; readonly teamId: string }
  | { readonly type: 'member'; readonly teamId: string; readonly member: MemberRow }
  | { readonly type: 'member-gone'; readonly teamId: string; readonly memberId: string };

/** The changes that lead from version − 1 to `version`, at most one for each team head and each row. */
export interface BoardUpdate {
  readonly version: number;
  readonly head: BoardHead;
  readonly changes: readonly BoardChange[];
}

export interface TeamSnapshot {
  readonly team: TeamHead;
  readonly members: readonly MemberRow[];
}

export interface BoardSnapshot {
  readonly version: number;
  readonly head: BoardHead;
  readonly teams: readonly TeamSnapshot[];
}

/**
 * What a reader at `version` does with an update: `apply` it, `drop` it (already in what the reader has), or ask for
 * a new snapshot because of a `gap`.
 */
export function applies(version: number, update: BoardUpdate): 'apply' | 'drop' | 'gap' {
  if (update.version <= version) return 'drop';
  return update.version === version + 1 ? 'apply' : 'gap';
}

/** When the feed ended that confirmed something; null while it goes on, and where that is not remembered. */
export function feedEnd({ ends }: BoardHead, confirmedIn: number): number | null {
  return ends.find(({ feed }) => feed === confirmedIn)?.at ?? null;
}
