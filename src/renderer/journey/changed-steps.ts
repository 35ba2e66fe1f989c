/** Compares a journey with an earlier answer to the same question. */
import type { Journey, JourneyStep } from '../../shared/journey/journey.ts';

export type StepChange = 'new' | 'changed';

export interface StepChanges {
  /** By the number of the step. */
  readonly byNumber: ReadonlyMap<number, StepChange>;
  /** How many steps at the end of the earlier answer have no counterpart. */
  readonly gone: number;
}

/** A journey grows at its end. A different step in the middle has changed. */
export function changedSteps(before: Journey, after: Journey): StepChanges {
  const byNumber = new Map<number, StepChange>();
  for (const [index, step] of after.steps.entries()) {
    const earlier = before.steps[index];
    if (earlier === undefined) byNumber.set(step.number, 'new');
    else if (FIELDS.some((field) => earlier[field] !== step[field])) byNumber.set(step.number, 'changed');
  }
  return { byNumber, gone: Math.max(0, before.steps.length - after.steps.length) };
}

const FIELDS = [
  'callId',
  'device',
  'deviceType',
  'description',
  'duration',
] as const satisfies readonly (keyof JourneyStep)[];
