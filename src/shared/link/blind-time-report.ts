/**
 * The ledger of blind time as text and as JSON, for anyone who has to account for what a board did not show. Always in
 * English.
 */
import { totalBlindMs, type BlindTime } from './blind-time.ts';
import { headFields, headLines, isoTime, type ExportHead } from '../base/export-head.ts';
import { translateToEnglish } from '../texts/text.ts';
import { ENGLISH } from '../texts/texts.ts';
import { clockText, gapText } from '../texts/spans.ts';

export function blindTimeText(blindTime: BlindTime, head: ExportHead): string {
  const { watchedSince, gaps, earlier, now } = blindTime;
  const lines = gaps.map(({ from, to, reason, isLost }) =>
    [
      isoTime(from, head),
      to === null ? 'still blind             ' : isoTime(to, head),
      gapText((to ?? now) - from, ENGLISH).padStart(10),
      isLost ? 'lost' : to === null ? 'late so far' : 'late',
      translateToEnglish(reason.message),
    ].join('  '),
  );
  return [
    ...headLines('Gaps in the feed of team status', head),
    watchedSince === null ? 'Not live yet.' : `Watched since ${isoTime(watchedSince, head)}`,
    `Blind for ${clockText(totalBlindMs(blindTime), ENGLISH)} in all`,
    '“lost”: what happened in the gap was not told. “late”: it was told, but only after the gap.',
    '',
    ...(earlier === null
      ? []
      : [
          `${isoTime(earlier.from, head)}  ${isoTime(earlier.to, head)}  ${String(earlier.count)} gaps of ${clockText(earlier.totalMs, ENGLISH)} in all`,
        ]),
    ...(gaps.length === 0 ? ['None.'] : lines),
    '',
  ].join('\n');
}

/** The same as indented JSON. Durations are whole milliseconds. */
export function blindTimeJson(blindTime: BlindTime, head: ExportHead): string {
  const { watchedSince, gaps, earlier, now } = blindTime;
  return JSON.stringify(
    {
      ...headFields(head),
      watchedSince: watchedSince === null ? null : isoTime(watchedSince, head),
      totalBlindMs: totalBlindMs(blindTime),
      earlier:
        earlier === null ? null : { ...earlier, from: isoTime(earlier.from, head), to: isoTime(earlier.to, head) },
      gaps: gaps.map(({ from, to, reason, isLost }) => ({
        from: isoTime(from, head),
        to: to === null ? null : isoTime(to, head),
        durationMs: Math.round((to ?? now) - from),
        isLost,
        code: reason.code,
        reason: translateToEnglish(reason.message),
      })),
    },
    null,
    2,
  );
}
