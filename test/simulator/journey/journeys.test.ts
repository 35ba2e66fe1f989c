/** The call journeys that the simulator knows; no sockets. */
import { describe, expect, test } from 'vitest';
import { MAX_CALL_ID_LENGTH } from '../../../src/shared/journey/journey.ts';
import { answerJourney, JOURNEYS, sampleCalls, SLOW_ANSWER_MS } from '../../../src/simulator/journey/journeys.ts';

describe('a call journey', () => {
  test.each(JOURNEYS)(
    '$callId, “$title”, has steps with the five documented texts and no more',
    ({ callId, steps }) => {
      expect(answerJourney(callId)).toEqual({ ok: true, steps, delayMs: 0 });
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        expect(Object.keys(step)).toEqual(['CallId', 'Device', 'DeviceType', 'Description', 'Duration']);
        for (const value of Object.values(step)) expect(typeof value).toBe('string');
        expect(step.CallId).not.toBe('');
      }
      expect(steps.some((step) => step.CallId === callId)).toBe(true);
    },
  );

  test('has an id of its own, of one of the three shapes', () => {
    const ids = JOURNEYS.map((journey) => journey.callId);
    expect(new Set(ids).size).toBe(ids.length);
    const shapes = [/^\d{1,10}$/, /^\d+-\d+-\d+$/, /^[0-9A-F]{32}$/];
    for (const id of ids) {
      expect(shapes.filter((shape) => shape.test(id))).toHaveLength(1);
      expect(id.length).toBeLessThanOrEqual(MAX_CALL_ID_LENGTH);
      if (/^\d+$/.test(id)) expect(Number(id)).toBeLessThanOrEqual(4_294_967_295);
    }
    for (const shape of shapes) expect(ids.some((id) => shape.test(id))).toBe(true);
  });

  test('can have two hundred steps, three calls, or a duration that can’t be read', () => {
    expect(JOURNEYS.some(({ steps }) => steps.length === 200)).toBe(true);
    expect(JOURNEYS.some(({ steps }) => new Set(steps.map((step) => step.CallId)).size === 3)).toBe(true);
    expect(JOURNEYS.some(({ steps }) => steps.some((step) => step.Duration === 'n/a'))).toBe(true);
    expect(JOURNEYS.some(({ steps }) => steps.some((step) => step.Device === '' && step.Description === ''))).toBe(
      true,
    );
  });
});

describe('a special call id', () => {
  test('EMPTY has no steps', () => {
    expect(answerJourney('EMPTY')).toEqual({ ok: true, steps: [], delayMs: 0 });
  });

  test('SLOW is answered after 30 seconds, with steps that bear the id', () => {
    const answer = answerJourney('SLOW');
    expect(answer.delayMs).toBe(SLOW_ANSWER_MS);
    expect(answer.ok && new Set(answer.steps.map((step) => step.CallId))).toEqual(new Set(['SLOW']));
  });

  test('ONGOING goes on each time it is asked for, and is over at last', () => {
    const asked = [1, 2, 3, 4, 5, 9].map((times) => {
      const answer = answerJourney('ONGOING', times);
      return answer.ok ? answer.steps.map(({ Duration }) => Duration) : [];
    });
    expect(asked.map(({ length }) => length)).toEqual([3, 4, 5, 6, 6, 6]);
    expect(asked.map((durations) => durations.at(-1) === '')).toEqual([true, true, true, false, false, false]);
  });

  test('FAIL is refused with a stack trace', () => {
    const answer = answerJourney('FAIL');
    expect(!answer.ok && answer.failure).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(!answer.ok && answer.failure.context).toMatch(/Exception: .*\n\tat .*\.java:\d+\)\n[^]*Caused by: /);
  });

  test.each(['UNKNOWN', 'nothing', '__proto__', 'slow', '16817230 '])('%o is not known', (callId) => {
    const answer = answerJourney(callId);
    expect(!answer.ok && answer.failure.code).toBe('CALL_NOT_FOUND');
    expect(!answer.ok && answer.failure.context).toContain('\tat ');
  });
});

test('the sample calls are every journey and the special ids, each with a title', () => {
  expect(sampleCalls.map((call) => call.callId)).toEqual([
    ...JOURNEYS.map((journey) => journey.callId),
    'EMPTY',
    'UNKNOWN',
    'FAIL',
    'SLOW',
    'ONGOING',
  ]);
  for (const call of sampleCalls) expect(call.title).not.toBe('');
});
