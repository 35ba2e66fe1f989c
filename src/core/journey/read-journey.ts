/**
 * Reads a journey from a report's answer. Every step of the answer becomes a step of the journey, even if it is
 * malformed. It knows nothing about how the answer arrived.
 */
import { isBlank, trimId } from '../../shared/base/folding.ts';
import type { Journey, JourneyStep } from '../../shared/journey/journey.ts';
import { jsonText } from '../base/json-text.ts';
import type { Violation } from '../link/message.ts';
import { rawAt, rawItems } from '../base/raw-json.ts';
import { idOf, isRecord, textOf, typeName } from '../base/unknown.ts';
import { readDuration, readSeconds } from './duration.ts';
import { findingsIn } from './findings.ts';

const MAX_MALFORMED_LENGTH = 200;

const FIELDS = ['CallId', 'Device', 'DeviceType', 'Description', 'Duration'] as const;
type Field = (typeof FIELDS)[number];

/**
 * The journey in the `data` of a success, or null if there is none, and everything that violates the contract. `frame`
 * is the raw text, if known, so that a malformed step can be shown as received.
 */
export function readJourney(
  callId: string,
  data: unknown,
  answeredAt: number,
  frame = '',
): { readonly journey: Journey | null; readonly violations: readonly Violation[] } {
  const given = isRecord(data) ? data.CallJourney : undefined;
  const violations: Violation[] = [];
  if (!Array.isArray(given)) {
    violations.push(
      given === undefined
        ? { kind: 'missing-field', detail: 'data.CallJourney' }
        : { kind: 'mistyped-field', detail: `data.CallJourney: ${typeName(given)} instead of a list` },
    );
  }
  // Some writers leave out the brackets of a list with one item.
  const list: readonly unknown[] | null = Array.isArray(given) ? given : isStep(given) ? [given] : null;
  if (list === null) return { journey: null, violations };
  const raw = new RawSteps(frame);
  const steps: JourneyStep[] = [];
  let previousId = trimId(callId);
  let sum = 0;
  for (const [index, item] of list.entries()) {
    const step = readStep(item, index, previousId, violations, raw);
    steps.push(step);
    if (!isBlank(step.callId)) previousId = trimId(step.callId);
    sum += step.seconds ?? 0;
  }
  const findings = findingsIn(steps);
  const unreadableDurations = findings.find(({ kind }) => kind === 'unreadable-duration')?.steps.length ?? 0;
  return {
    journey: { callId, answeredAt, steps, sumOfStepsSeconds: sum, unreadableDurations, findings },
    violations,
  };
}

function isStep(value: unknown): boolean {
  return isRecord(value) && FIELDS.some((field) => value[field] !== undefined);
}

/** The raw texts of the steps, found only when one of them is malformed. */
class RawSteps {
  readonly #frame: string;
  #items: readonly string[] | null | undefined;

  constructor(frame: string) {
    this.#frame = frame;
  }

  at(index: number): string | null {
    if (this.#items === undefined) {
      const list = rawAt(this.#frame, ['data', 'CallJourney']);
      this.#items = list === null ? null : (rawItems(list) ?? [list]);
    }
    return this.#items?.[index] ?? null;
  }
}

function readStep(
  item: unknown,
  index: number,
  previousId: string,
  violations: Violation[],
  raw: RawSteps,
): JourneyStep {
  const at = `data.CallJourney[${String(index)}]`;
  const source = isRecord(item) ? item : {};
  const notedBefore = violations.length;
  if (!isRecord(item))
    violations.push({ kind: 'mistyped-field', detail: `${at}: ${typeName(item)} instead of an object` });
  const read = (field: Field, take: (value: unknown) => string | null): string => {
    const value = source[field];
    if (typeof value === 'string') return value;
    if (isRecord(item)) {
      violations.push(
        value === undefined
          ? { kind: 'missing-field', detail: `${at}.${field}` }
          : { kind: 'mistyped-field', detail: `${at}.${field}: ${typeName(value)} instead of text` },
      );
    }
    return take(value) ?? '';
  };
  const callId = read('CallId', idOf);
  const { Duration: given } = source;
  // A value that is not a duration is shown anyway, a number with its original digits: the step does have one.
  const asItCame = (value: unknown): string | null => {
    if (typeof value === 'boolean') return String(value);
    return textOf(value) ?? (typeof value === 'number' ? (rawAt(raw.at(index) ?? '', ['Duration']) ?? '?') : null);
  };
  const duration = read('Duration', asItCame);
  const step = {
    number: index + 1,
    callId,
    isOtherCallId: !isBlank(callId) && trimId(callId) !== previousId,
    device: read('Device', idOf),
    deviceType: read('DeviceType', textOf),
    description: read('Description', textOf),
    duration,
    seconds: typeof given === 'number' ? readSeconds(given) : readDuration(duration),
  };
  const malformed =
    violations.length === notedBefore ? null : (raw.at(index) ?? jsonText(item)).slice(0, MAX_MALFORMED_LENGTH);
  return { ...step, malformed };
}
