/** What the board shows in words, the same in page, tray and exports. It must not know how it is drawn. */
import { isBlank } from '../base/folding.ts';
import { memberTypeOf } from '../link/report.ts';
import { clockText, gapText } from '../texts/spans.ts';
import { listText, t } from '../texts/texts.ts';
import type { Attention } from './attention.ts';
import type { Since } from './board.ts';
import { countsByKind, statusKind, type StatusCounts, type StatusKind } from './statuses.ts';

/** “Ready”, “Not ready”, “After-call work”, or the received word; “Unknown” if there was none. */
export function statusWord(status: string): string {
  const kind = statusKind(status);
  if (kind !== 'other') return t(`status.${kind}`);
  return isBlank(status) ? t('status.unknown') : status;
}

/** A member's type in words; an undocumented type stays as received. */
export function memberTypeWord(memberType: string): string {
  switch (memberTypeOf(memberType)) {
    case 'Agent':
      return t('memberType.agent');
    case 'Supervisor':
      return t('memberType.supervisor');
    case 'TeamLead':
      return t('memberType.teamLead');
    case undefined:
      return memberType;
  }
}

/** “12 ready”. */
export function countWord(kind: StatusKind, count: number): string {
  return t(`counts.${kind}`, { count });
}

/** “12 ready, 5 not ready, 3 after-call work”; statuses with no members are left out. */
export function countsWords(counts: StatusCounts): string {
  const parts = countsByKind(counts)
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => countWord(kind, count));
  return parts.length === 0 ? t('counts.nobody') : listText(parts);
}

/**
 * The time since then as on a clock, with “at least” or “about” as its certainty requires. `until`: the time of
 * reading.
 */
export function knownClockText({ at, known }: Since, until: number): string {
  const clock = clockText(until - at);
  switch (known) {
    case 'exact':
      return clock;
    case 'at-least':
      return t('clock.atLeast', { clock });
    case 'across-gap':
      return t('clock.about', { clock });
  }
}

/** How much of that time was not watched; empty for none. */
export function unwatchedText({ unwatchedMs }: Since): string {
  return unwatchedMs === undefined ? '' : t('clock.unwatched', { clock: gapText(unwatchedMs) });
}

/** A limit and its level in words; empty if the level is none. */
export function limitWords({ limitMs, level }: Attention): string {
  if (level === 'none') return '';
  return t(level === 'red' ? 'attention.over' : 'attention.near', { clock: clockText(limitMs) });
}
