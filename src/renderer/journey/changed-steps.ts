/** What a journey has that an earlier answer to the same question had not. */
import type { Journey, JourneyStep } from '../../shared/journey/journey.ts';

export type StepChange = 'new' | 'changed';

export interface StepChanges {
  /** By the number of the step. */
  readonly byNumber: ReadonlyMap<number, StepChange>;
  /** How many steps at the end of the earlier answer have nothing in their place. */
  readonly gone: number;
}

/** A journey grows at its end; where a step in it is another one, that has changed. */
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
