/** Converts limits and floors to their form's text and back. It checks nothing. */
import { isBlank } from '../../shared/base/folding.ts';
import type { LimitRule } from '../../shared/board/attention.ts';
import type { Rules } from '../../shared/board/rule-settings.ts';
import { DOCUMENTED_STATUSES, statusKind, type DocumentedStatus } from '../../shared/board/statuses.ts';

/** What a limit applies to: a documented status, another status by its word, or a reason by its code. */
export type LimitOn = DocumentedStatus | 'status' | 'reason';
export const LIMITS_ON: readonly LimitOn[] = [...DOCUMENTED_STATUSES, 'status', 'reason'];

export interface LimitDraft {
  on: LimitOn;
  /** The word of another status, or the code of a reason. */
  text: string;
  /** Empty for all teams. */
  team: string;
  minutes: number | null;
}

export interface FloorDraft {
  team: string;
  ready: number | null;
}

export interface RulesDraft {
  limits: LimitDraft[];
  floors: FloorDraft[];
}

export function rulesDraft({ limits, floors }: Rules): RulesDraft {
  return { limits: limits.map(limitDraft), floors: floors.map(({ team = '', ready }) => ({ team, ready })) };
}

/** Empty fields become 0, which means no limit and no floor. */
export function rulesOf({ limits, floors }: RulesDraft): Rules {
  return {
    limits: limits.map(limitRule),
    floors: floors.map(({ team, ready }) => ({ ...named(team), ready: ready ?? 0 })),
  };
}

function limitDraft({ status, reason, team = '', seconds }: LimitRule): LimitDraft {
  // To the second; nobody types more digits.
  const minutes = Math.round((seconds / 60) * 100) / 100;
  if (reason !== undefined) return { on: 'reason', text: reason, team, minutes };
  const kind = statusKind(status ?? '');
  return kind === 'other' ? { on: 'status', text: status ?? '', team, minutes } : { on: kind, text: '', team, minutes };
}

function limitRule({ on, text, team, minutes }: LimitDraft): LimitRule {
  const seconds = Math.round((minutes ?? 0) * 60);
  if (on === 'reason') return { reason: text, ...named(team), seconds };
  return { status: on === 'status' ? text : on, ...named(team), seconds };
}

function named(team: string): { readonly team?: string } {
  return isBlank(team) ? {} : { team };
}
