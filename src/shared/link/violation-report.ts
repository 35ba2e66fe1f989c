/**
 * A report of contract violations for the processor's vendor. Its examples were redacted when recorded, and it adds
 * nothing about anyone. Always in English.
 */
import { VIOLATION_KINDS, type ViolationRecord, type ViolationKind } from './violations.ts';
import { headFields, headLines, isoTime, type ExportHead } from '../base/export-head.ts';
import { translateToEnglish } from '../texts/text.ts';

export function violationReportText(violations: readonly ViolationRecord[], head: ExportHead): string {
  const blocks = violations.map(({ kind, count, firstAt, lastAt, detail, example }) =>
    [
      `${meaningOf(kind)} (${kind})`,
      `  Count:   ${String(count)}`,
      `  First:   ${isoTime(firstAt, head)}`,
      `  Last:    ${isoTime(lastAt, head)}`,
      `  Detail:  ${detail}`,
      ...(example === '' ? [] : [`  Example: ${example}`]),
      '',
    ].join('\n'),
  );
  return [
    ...headLines('Departures of the processor from the contract of its reports', head),
    'Names, ids and texts in the examples are masked.',
    '',
    ...(blocks.length === 0 ? ['None.', ''] : blocks),
  ].join('\n');
}

/** The same as indented JSON. */
export function violationReportJson(violations: readonly ViolationRecord[], head: ExportHead): string {
  return JSON.stringify(
    {
      ...headFields(head),
      violations: violations.map(({ firstAt, lastAt, kind, ...rest }) => ({
        kind,
        meaning: meaningOf(kind),
        firstAt: isoTime(firstAt, head),
        lastAt: isoTime(lastAt, head),
        ...rest,
      })),
    },
    null,
    2,
  );
}

function meaningOf(kind: ViolationKind): string {
  return translateToEnglish({ key: VIOLATION_KINDS[kind] });
}
