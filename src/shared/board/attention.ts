/**
 * What wants attention, and in which order: limits on the time in a status or a reason, floors under how many are ready,
 * and how far a row has come. Plain data and pure rules; when a limit is crossed is watched by src/core/attention.
 */
import type { MemberRow } from './board.ts';
import { foldName, isBlank, trimUnseen } from '../base/folding.ts';
import { statusKind, STATUSES } from './statuses.ts';

/** A limit on how long a status or a reason may last. What names a team goes before what names none, a reason before a status. */
export interface LimitRule {
  /** A status as the reports have it, such as `not_ready`; letter case is no difference. Either this or `reason`. */
  readonly status?: string;
  /** A reason code. */
  readonly reason?: string;
  /** Id or name of the team that it is for; without one it is for all. */
  readonly team?: string;
  /** 0 lifts a more general limit. */
  readonly seconds: number;
}

/** So many must at least be ready. */
export interface FloorRule {
  /** Id or name of the team that it is for; without one it is for each team. */
  readonly team?: string;
  /** 0 lifts the floor of all teams from this one. */
  readonly ready: number;
}

/** Whether a rule's team is this one: by its id as it is, or by its name as people write it. What names none is for all. */
export function isForTeam(named: string, team: { readonly id: string; readonly name: string }): boolean {
  return isBlank(named) || trimUnseen(named) === trimUnseen(team.id) || foldName(named) === foldName(team.name);
}

/** How near a row is to its limit: amber from three quarters of it, red from the whole. */
export type Level = 'none' | 'amber' | 'red';

export const AMBER_SHARE = 0.75;

/** The limit that holds for a row, and how far it has come. Absent where no limit holds. */
export interface Attention {
  /** Which of the row's two clocks the limit is on. */
  readonly of: 'status' | 'reason';
  readonly limitMs: number;
  readonly level: Level;
}

/** How many rows of a team, or people over all, have come how far. */
export interface LevelCounts {
  readonly amber: number;
  readonly red: number;
}

export const NO_LEVELS: LevelCounts = { amber: 0, red: 0 };

/** How far a time has come towards a limit. Milliseconds. A time that is “at least” is at least so far. */
export function levelAfter(elapsedMs: number, limitMs: number): Level {
  if (elapsedMs >= limitMs) return 'red';
  return elapsedMs >= limitMs * AMBER_SHARE ? 'amber' : 'none';
}

/** When the limit of a row is, or was, reached; none for a row without a limit. By the clock of the row's times. */
export function limitAt({ since, reasonSince, attention }: MemberRow): number | null {
  if (attention === undefined) return null;
  return (attention.of === 'reason' ? reasonSince : since).at + attention.limitMs;
}

const LEVEL_ORDER: Readonly<Record<Level, number>> = { red: 0, amber: 1, none: 2 };

/**
 * The order by attention: what is over its limit, longest over first; then what is near it, nearest first; then by
 * status, longest first. Negative where `a` goes before `b`; 0 leaves it to the name.
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
