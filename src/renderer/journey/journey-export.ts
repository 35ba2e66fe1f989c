/** Exports a journey as text for a ticket, as CSV and as JSON. It must not know how it looks. */
import Papa from 'papaparse';
import { headFields, headLines, isoTime, type ExportHead } from '../../shared/base/export-head.ts';
import { isBlank } from '../../shared/base/folding.ts';
import type { Journey } from '../../shared/journey/journey.ts';
import { t } from '../../shared/texts/texts.ts';
import { clockText } from '../../shared/texts/spans.ts';
import { deviceWord, findingWords } from '../../shared/journey/journey-words.ts';
import { headLabels } from '../../shared/base/export-head.ts';

export interface JourneyExport {
  readonly head: ExportHead;
  readonly journey: Journey;
}

/** Findings and steps in the reader's language, one step per line. */
export function journeyText({ head, journey }: JourneyExport): string {
  const { callId, steps, findings, sumOfStepsSeconds, unreadableDurations, answeredAt } = journey;
  const rows = steps.map((step) =>
    [
      `${String(step.number)}.`,
      step.device,
      deviceWord(step.deviceType).word,
      step.description,
      step.duration === '' ? t('journey.noDuration') : step.duration,
      step.isOtherCallId ? `${t('journey.otherCallId')}: ${step.callId}` : '',
      isBlank(step.callId) ? `${t('journey.callId')}: ${t('journey.notKnown')}` : '',
      step.malformed === null ? '' : t('journey.odd', { oddity: step.malformed }),
    ]
      .filter((cell) => cell !== '')
      .join('  '),
  );
  const sum = [
    t('journey.steps', { count: steps.length }),
    t('journey.sumOfSteps', { sum: clockText(sumOfStepsSeconds * 1000) }),
    ...(unreadableDurations === 0 ? [] : [t('journey.notInSum', { count: unreadableDurations })]),
  ].join(' · ');
  return [
    ...headLines(t('journey.call', { callId }), head, headLabels()),
    t('journey.asOf', { time: isoTime(answeredAt, head).replace(/\.\d+Z$/, 'Z') }),
    sum,
    t('journey.timeline.hint'),
    '',
    ...findings.map((finding) => `- ${findingWords(finding)} ${stepsText(finding.steps)}`),
    ...(findings.length === 0 ? [] : ['']),
    ...(steps.length === 0 ? [t('journey.noSteps')] : rows),
    '',
  ].join('\n');
}

const COLUMNS = [
  'step',
  'call id',
  'other call id',
  'device',
  'device type',
  'device kind',
  'description',
  'duration',
  'seconds',
] as const;

/** RFC 4180. Everything as sent, except that what a spreadsheet would take for a formula becomes text. */
export function journeyCsv({ journey }: JourneyExport): string {
  const data = journey.steps.map((step) => [
    step.number,
    isBlank(step.callId) ? '?' : step.callId,
    step.isOtherCallId ? 'yes' : 'no',
    step.device,
    step.deviceType,
    deviceWord(step.deviceType).word,
    step.description,
    step.duration,
    step.seconds ?? '',
  ]);
  return `${Papa.unparse([[...COLUMNS], ...data], { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}

export function journeyJson({ head, journey }: JourneyExport): string {
  const { callId, answeredAt, steps, findings, sumOfStepsSeconds, unreadableDurations } = journey;
  return JSON.stringify(
    {
      ...headFields(head),
      callId,
      asOf: isoTime(answeredAt, head),
      sumOfStepsSeconds,
      unreadableDurations,
      findings: findings.map((finding) => ({ ...finding, words: findingWords(finding) })),
      steps,
    },
    null,
    2,
  );
}

/** At most this many steps are named; a thousand would help nobody. */
const MAX_STEPS = 20;

function stepsText(steps: readonly number[]): string {
  const named = steps.slice(0, MAX_STEPS).map(String).join(', ');
  return t('journey.findings.named', { numbers: `${named}${steps.length > MAX_STEPS ? ', …' : ''}` });
}
