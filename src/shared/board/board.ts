/**
 * The board as published to its readers: teams, members, statuses and since when, as plain data that can cross a
 * process boundary. A reader takes one snapshot and then applies updates in the order of their versions; see `applies`.
 */

import type { Attention, LevelCounts } from './attention.ts';
import type { StatusCounts } from './statuses.ts';

/**
 * How well the time since then is known.
 * - `exact`: the change was seen to happen at that moment, or at most a heartbeat earlier.
 * - `at-least`: first seen at that moment; it began at some unknown earlier time.
 * - `across-gap`: the same before and after gaps in the feed, so it is assumed to have continued. What happened in the
 *   gaps is unknown, so the time is “about”.
 */
export type Certainty = 'exact' | 'at-least' | 'across-gap';

/** When a status or a reason began. Times are milliseconds since the Unix epoch, by this machine's clock. */
export interface Since {
  /** Where the clock begins; gaps that it continues across do not change it. */
  readonly at: number;
  readonly known: Certainty;
  /** Only with `across-gap`: how much of the time since then was not watched, over all gaps. */
  readonly unwatchedMs?: number;
}

/** One member as a row of one team. A member of two teams has a row in each, with the same status and times. */
export interface MemberRow {
  readonly memberId: string;
  /** The processor's name for the member, or the id if no name was received. */
  readonly memberName: string;
  /** `Agent`, `Supervisor`, `TeamLead`, or whatever was received; empty if unknown. */
  readonly memberType: string;
  /** As received; empty if an event did not report it. */
  readonly status: string;
  /** A reason code as text; empty for none; null if an event did not report it. */
  readonly reason: string | null;
  readonly since: Since;
  readonly reasonSince: Since;
  /** The feed that last confirmed this row. If it is older than the board's `feed`, the row is old. */
  readonly confirmedIn: number;
  /** The limit of this row in this team; absent if there is none. */
  readonly attention?: Attention;
}

export interface TeamHead {
  readonly teamId: string;
  readonly teamName: string;
  /** The watched agents that have this team. */
  readonly agentIds: readonly string[];
  /** False while the team is known only from events without a `teamadded`: members may be missing. */
  readonly isAnnounced: boolean;
  readonly counts: StatusCounts;
  readonly confirmedIn: number;
  /** How many of the members counted were confirmed in the current feed; the others are old. */
  readonly confirmed: number;
  /** How many of its rows are near or over their limits; absent if no limits are set. */
  readonly levels?: LevelCounts;
  /** How many should be ready; absent if no floor is set. */
  readonly floor?: number;
}

export interface FeedEnd {
  readonly feed: number;
  readonly at: number;
}

/** Data of the board as a whole. */
export interface BoardHead {
  /** Counts the feeds: each break in the connection ends one. Anything confirmed only in an earlier feed is old. */
  readonly feed: number;
  /** When earlier feeds ended, latest last. What a feed confirmed was known to be true until its end. */
  readonly ends: readonly FeedEnd[];
  /** Over all teams; a member of two teams counts once. */
  readonly counts: StatusCounts;
  /** How many of the people counted have not been confirmed in this feed. */
  readonly unconfirmed: number;
  /** How many people are near or over a limit, each once, at their highest level; absent if no limits are set. */
  readonly levels?: LevelCounts;
}

export type BoardChange =
  | { readonly type: 'team'; readonly team: TeamHead }
  | { readonly type: 'team-gone'; readonly teamId: string }
  | { readonly type: 'member'; readonly teamId: string; readonly member: MemberRow }
  | { readonly type: 'member-gone'; readonly teamId: string; readonly memberId: string };

/** The changes from version − 1 to `version`: at most one for each team head and each row. */
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
 * What a reader at `version` does with an update: `apply` it, `drop` it (the reader already has it), or ask for a new
 * snapshot because of a `gap`.
 */
export function applies(version: number, update: BoardUpdate): 'apply' | 'drop' | 'gap' {
  if (update.version <= version) return 'drop';
  return update.version === version + 1 ? 'apply' : 'gap';
}

/** When the feed that last confirmed something ended; null if it has not ended, or its end is not remembered. */
export function feedEnd({ ends }: BoardHead, confirmedIn: number): number | null {
  return ends.find(({ feed }) => feed === confirmedIn)?.at ?? null;
}
