/**
 * Makes a journey out of a report's answer. Every step of the answer becomes a step of the journey, however odd; it
 * knows nothing of how the answer came.
 */
import type { Journey, JourneyStep } from '../../shared/journey.ts';
import { jsonText } from '../json-text.ts';
import type { Oddity } from '../processor/message.ts';
import { isRecord, typeName } from '../unknown.ts';
import { readDuration } from './duration.ts';
import { findingsIn } from './findings.ts';

const MAX_ODDITY_LENGTH = 200;

type Field = 'CallId' | 'Device' | 'DeviceType' | 'Description' | 'Duration';

/** The journey in the `data` of a success, or null where there is none; with what was not as documented. */
export function readJourney(
  callId: string,
  data: unknown,
  answeredAt: number,
): { readonly journey: Journey | null; readonly oddities: readonly Oddity[] } {
  const list = isRecord(data) ? data.CallJourney : undefined;
  if (!Array.isArray(list)) {
    const oddity: Oddity =
      list === undefined
        ? { kind: 'missing-field', detail: 'data.CallJourney' }
        : { kind: 'mistyped-field', detail: `data.CallJourney: ${typeName(list)} instead of a list` };
    return { journey: null, oddities: [oddity] };
  }
  const oddities: Oddity[] = [];
  const steps: JourneyStep[] = [];
  let previousId = callId;
  let sum = 0;
  for (const [index, item] of (list as readonly unknown[]).entries()) {
    const step = readStep(item, index, previousId, oddities);
    steps.push(step);
    if (step.callId !== '') previousId = step.callId;
    sum += step.seconds ?? 0;
  }
  const findings = findingsIn(steps);
  const unreadableDurations = findings.find(({ kind }) => kind === 'unreadable-duration')?.steps.length ?? 0;
  return {
    journey: { callId, answeredAt, steps, sumOfStepsSeconds: sum, unreadableDurations, findings },
    oddities,
  };
}

function readStep(item: unknown, index: number, previousId: string, oddities: Oddity[]): JourneyStep {
  const at = `data.CallJourney[${String(index)}]`;
  const source = isRecord(item) ? item : {};
  const notedBefore = oddities.length;
  if (!isRecord(item))
    oddities.push({ kind: 'mistyped-field', detail: `${at}: ${typeName(item)} instead of an object` });
  const read = (field: Field): string => {
    const value = source[field];
    if (typeof value === 'string') return value;
    if (isRecord(item)) {
      oddities.push(
        value === undefined
          ? { kind: 'missing-field', detail: `${at}.${field}` }
          : { kind: 'mistyped-field', detail: `${at}.${field}: ${typeName(value)} instead of text` },
      );
    }
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const callId = read('CallId');
  const duration = read('Duration');
  const step = {
    number: index + 1,
    callId,
    isOtherCallId: callId !== '' && callId !== previousId,
    device: read('Device'),
    deviceType: read('DeviceType'),
    description: read('Description'),
    duration,
    seconds: readDuration(duration),
  };
  return { ...step, oddity: oddities.length > notedBefore ? jsonText(item).slice(0, MAX_ODDITY_LENGTH) : '' };
}
