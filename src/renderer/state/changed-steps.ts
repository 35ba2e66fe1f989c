/** What a journey has that an earlier answer to the same question had not. */
import type { Journey, JourneyStep } from '../../shared/journey.ts';

export type StepChange = 'new' | 'changed';

export const NO_CHANGES: ReadonlyMap<number, StepChange> = new Map();

/** By the number of the step. A journey grows at its end; where a step in it is another one, that has changed. */
export function changedSteps(before: Journey, after: Journey): ReadonlyMap<number, StepChange> {
  const changes = new Map<number, StepChange>();
  for (const [index, step] of after.steps.entries()) {
    const earlier = before.steps[index];
    if (earlier === undefined) changes.set(step.number, 'new');
    else if (FIELDS.some((field) => earlier[field] !== step[field])) changes.set(step.number, 'changed');
  }
  return changes;
}

const FIELDS = [
  'callId',
  'device',
  'deviceType',
  'description',
  'duration',
] as const satisfies readonly (keyof JourneyStep)[];
