/**
 * What needs attention, and in which order: limits on the time in a status or with a reason, floors for how many are
 * ready, and how near a row is to its limit. Plain data and pure rules; src/core/board/attention.ts watches when a
 * limit is crossed.
 */
import type { MemberRow } from './board.ts';
import { foldName, isBlank, trimInvisible } from '../base/folding.ts';
import { statusKind, STATUSES } from './statuses.ts';

/**
 * A limit on how long a status or a reason may last. A rule for a team comes before one for all teams, and a reason
 * before a status.
 */
export interface LimitRule {
  /** A status as in the reports, such as `not_ready`, in any letter case. Either this or `reason`. */
  readonly status?: string;
  /** A reason code. */
  readonly reason?: string;
  /** Id or name of the team; without it, the rule applies to all teams. */
  readonly team?: string;
  /** 0 removes a more general limit. */
  readonly seconds: number;
}

/** How many members of a team should be ready. */
export interface FloorRule {
  /** Id or name of the team; without it, the rule applies to each team. */
  readonly team?: string;
  /** 0 removes the general floor for this team. */
  readonly ready: number;
}

/**
 * Whether a rule applies to this team: by its exact id, or by its name as people write it. A rule without a team
 * applies to all.
 */
export function isForTeam(named: string, team: { readonly id: string; readonly name: string }): boolean {
  return isBlank(named) || trimInvisible(named) === trimInvisible(team.id) || foldName(named) === foldName(team.name);
}

/** How near a row is to its limit: amber from three quarters of it, red once it is reached. */
export type Level = 'none' | 'amber' | 'red';

export const AMBER_SHARE = 0.75;

/** The limit of a row and how near it is. Absent if the row has no limit. */
export interface Attention {
  /** Which of the row's two clocks the limit applies to. */
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
  readonly level: Level;
}

/** How many rows of a team, or people on the whole board, have each level. */
export interface LevelCounts {
  readonly amber: number;
  readonly red: number;
}

export const NO_LEVELS: LevelCounts = { amber: 0, red: 0 };

/** The level of a time against a limit. Milliseconds. For an “at least” time, the level is a minimum too. */
export function levelAfter(elapsedMs: number, limitMs: number): Level {
  if (elapsedMs >= limitMs) return 'red';
  return elapsedMs >= limitMs * AMBER_SHARE ? 'amber' : 'none';
}

/**
 * When a row reaches, or reached, its limit; null for a row without one. On the clock of the row's times.
 */
export function limitAt({ since, reasonSince, attention }: MemberRow): number | null {
  if (attention === undefined) return null;
  return (attention.of === 'reason' ? reasonSince : since).at + attention.limitMs;
}

const LEVEL_ORDER: Readonly<Record<Level, number>> = { red: 0, amber: 1, none: 2 };

/**
 * Orders rows by attention: those over their limit first, longest over first; then those near it, nearest first; then
 * by status, longest first. Negative if `a` comes before `b`; 0 leaves it to the name.
 */
export function byAttention(a: MemberRow, b: MemberRow): number {
  const level = LEVEL_ORDER[levelOf(a)] - LEVEL_ORDER[levelOf(b)];
  if (level !== 0) return level;
  if (levelOf(a) !== 'none') return (limitAt(a) ?? 0) - (limitAt(b) ?? 0);
  return STATUSES[statusKind(a.status)].attention - STATUSES[statusKind(b.status)].attention || a.since.at - b.since.at;
}

export function levelOf({ attention }: MemberRow): Level {
  return attention?.level ?? 'none';
}
