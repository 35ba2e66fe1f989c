/**
 * Exports the shown part of the board as text, CSV or JSON, to copy or save: with the certainty of each time, what is
 * old, and the gaps in the feed. It must not know how a row looks.
 */
import Papa from 'papaparse';
import { limitAt } from '../../shared/board/attention.ts';
import type { BlindGap } from '../../shared/link/blind-time.ts';
import type { MemberRow, Since } from '../../shared/board/board.ts';
import { headFields, headLines, isoTime, type ExportHead } from '../../shared/base/export-head.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import { translateToEnglish } from '../../shared/texts/text.ts';
import { t } from '../../shared/texts/texts.ts';
import { gapText } from '../../shared/texts/spans.ts';
import { headLabels } from '../../shared/base/export-head.ts';
import { knownClockText, memberTypeWord, statusWord, unwatchedText } from '../../shared/board/board-words.ts';
import { nameWithId } from '../../shared/texts/names.ts';
import { whyWord } from '../../shared/reasons/reason-words.ts';

export interface ExportedRow {
  readonly teamId: string;
  readonly teamName: string;
  readonly row: MemberRow;
  /** Until when an old row was known to be true; null if it is not old. */
  readonly knownUntil: number | null;
}

export interface BoardExport {
  readonly head: ExportHead;
  /** The moment of the rows, by the core's clock. */
  readonly at: number;
  /** Whether that moment is in the past. */
  readonly isPast: boolean;
  readonly rows: readonly ExportedRow[];
  readonly gaps: readonly BlindGap[];
  readonly reasons: ReasonBook;
}

/** One line per row in the reader's language, followed by the gaps. */
export function boardText({ head, at, isPast, rows, gaps, reasons }: BoardExport): string {
  const lines = rows.map(({ teamId, teamName, row, knownUntil }) => {
    const until = knownUntil ?? at;
    const time = [knownClockText(row.since, until), unwatchedText(row.since)].filter((part) => part !== '').join(', ');
    return [
      // Later readers can't ask which team or person is meant.
      nameWithId(teamName, teamId),
      nameWithId(row.memberName, row.memberId),
      memberTypeWord(row.memberType),
      statusWord(row.status),
      knownUntil === null ? time : t('board.oldTime', { time }),
      whyWord(row, reasons),
    ]
      .filter((cell) => cell !== '')
      .join('  ');
  });
  const spans = gaps.map(({ from, to }) =>
    t('export.gap', {
      from: isoTime(from, head),
      to: to === null ? t('blindTime.now') : isoTime(to, head),
      clock: gapText((to ?? at) - from),
    }),
  );
  return [
    ...headLines(t('board.title'), head, headLabels()),
    ...(isPast ? [t('export.asItWas', { time: isoTime(at, head) }), ''] : []),
    ...lines,
    ...(spans.length === 0 ? [] : ['', t('blindTime.title'), ...spans]),
    '',
  ].join('\n');
}

const COLUMNS = [
  'team',
  'name',
  'id',
  'type',
  'status',
  'reason code',
  'reason',
  'caused by',
  'status since',
  'status known',
  'status seconds',
  'status unwatched seconds',
  'reason since',
  'reason known',
  'reason seconds',
  'reason unwatched seconds',
  'limit seconds',
  'over limit',
  'old since',
  'team id',
] as const;

/**
 * RFC 4180, with names that a spreadsheet can filter by. Anything a spreadsheet would take for a formula becomes text.
 */
export function boardCsv({ head, at, rows, reasons }: BoardExport): string {
  const data = rows.map(({ teamId, teamName, row, knownUntil }) => {
    const until = knownUntil ?? at;
    // A reason left over from another status is exported as sent, but explains nothing.
    const hasReason = (reasons.shown(row) ?? '') !== '';
    const limit = limitAt(row);
    return [
      teamName,
      row.memberName,
      row.memberId,
      row.memberType,
      row.status,
      row.reason ?? '?',
      hasReason ? whyWord(row, reasons) : '',
      reasons.causeOf(reasons.explaining(row)) ?? '',
      isoTime(row.since.at, head),
      knownWord(row.since),
      seconds(until - row.since.at),
      unwatched(row.since),
      hasReason ? isoTime(row.reasonSince.at, head) : '',
      hasReason ? knownWord(row.reasonSince) : '',
      hasReason ? seconds(until - row.reasonSince.at) : '',
      hasReason ? unwatched(row.reasonSince) : '',
      row.attention === undefined ? '' : row.attention.limitMs / 1000,
      limit === null ? '' : row.attention?.level === 'red' ? 'yes' : 'no',
      knownUntil === null ? '' : isoTime(knownUntil, head),
      teamId,
    ];
  });
  return `${Papa.unparse([[...COLUMNS], ...data], { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}

/** Everything, with times in ISO 8601 and durations in milliseconds, indented. */
export function boardJson({ head, at, isPast, rows, gaps, reasons }: BoardExport): string {
  const since = (of: Since, until: number) => ({
    at: isoTime(of.at, head),
    known: of.known,
    durationMs: Math.round(Math.max(0, until - of.at)),
    ...(of.unwatchedMs === undefined ? {} : { unwatchedMs: Math.round(of.unwatchedMs) }),
  });
  return JSON.stringify(
    {
      ...headFields(head),
      asOf: isoTime(at, head),
      isPast,
      rows: rows.map(({ teamId, teamName, row, knownUntil }) => {
        const until = knownUntil ?? at;
        return {
          team: teamName,
          teamId,
          memberId: row.memberId,
          memberName: row.memberName,
          memberType: row.memberType,
          status: row.status,
          since: since(row.since, until),
          reason: row.reason,
          reasonWords: whyWord(row, reasons),
          causedBy: reasons.causeOf(reasons.explaining(row)),
          reasonSince: since(row.reasonSince, until),
          limit: row.attention ?? null,
          knownUntil: knownUntil === null ? null : isoTime(knownUntil, head),
        };
      }),
      gaps: gaps.map(({ from, to, reason, isLost }) => ({
        from: isoTime(from, head),
        to: to === null ? null : isoTime(to, head),
        isLost,
        reason: translateToEnglish(reason.message),
      })),
    },
    null,
    2,
  );
}

function knownWord({ known }: Since): string {
  switch (known) {
    case 'exact':
      return 'exact';
    case 'at-least':
      return 'at least';
    case 'across-gap':
      return 'about, across a gap';
  }
}

/** Rounded up, so that a little unwatched time does not become none. */
function unwatched({ unwatchedMs = 0 }: Since): number {
  return Math.ceil(unwatchedMs / 1000);
}

function seconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1000));
}
