import { expect, test } from 'vitest';
import { JourneyStore } from '../../src/renderer/state/journey.svelte.ts';
import type { JourneyAnswer } from '../../src/shared/journey.ts';

const answerFor = (callId: string): JourneyAnswer => ({
  ok: true,
  journey: { callId, answeredAt: 0, steps: [], sumOfStepsSeconds: 0, unreadableDurations: 0 },
});

test('an answer to an earlier question never shows under a later one', async () => {
  const answers = new Map<string, (answer: JourneyAnswer) => void>();
  const store = new JourneyStore(
    (callId) => new Promise((resolve) => answers.set(callId, resolve)),
    () => 7,
  );
  const first = store.ask('1');
  const second = store.ask('2');
  answers.get('1')?.(answerFor('1'));
  await first;
  expect(store.answer).toBeNull();
  expect(store.askedSince).toBe(7);
  answers.get('2')?.(answerFor('2'));
  await second;
  expect(store.answer).toEqual(answerFor('2'));
  expect(store.askedSince).toBeNull();
});
