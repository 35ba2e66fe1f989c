/** A journey from an answer: as documented, and however malformed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJourney } from '../../../src/core/journey/read-journey.ts';

const STEP = { CallId: '7', Device: '4711', DeviceType: '77', Description: 'In queue', Duration: '00:01:05' };

function read(steps: unknown, callId = '7') {
  const { journey, violations } = readJourney(callId, { CallJourney: steps }, 5);
  return { journey, violations: violations.map(({ kind, detail }) => `${kind}: ${detail}`) };
}

function readSteps(steps: readonly unknown[]) {
  const { journey } = read(steps);
  if (journey === null) throw new Error('There is no journey');
  return journey.steps;
}

test('a journey as documented is read step by step', () => {
  const { journey, violations } = read([
    STEP,
    { ...STEP, CallId: '8', Duration: 'a while' },
    { ...STEP, Duration: '5' },
  ]);
  expect(violations).toEqual([]);
  expect(journey).toMatchObject({ callId: '7', answeredAt: 5, sumOfStepsSeconds: 70, unreadableDurations: 1 });
  expect(journey?.steps[0]).toEqual({
    number: 1,
    callId: '7',
    isOtherCallId: false,
    device: '4711',
    deviceType: '77',
    description: 'In queue',
    duration: '00:01:05',
    seconds: 65,
    malformed: null,
  });
  expect(journey?.steps.map((step) => step.isOtherCallId)).toEqual([false, true, true]);
  expect(journey?.steps[1]).toMatchObject({ number: 2, duration: 'a while', seconds: null, malformed: null });
});

test('[JOURNEY-1] a first step with another id than the one asked for is marked', () => {
  expect(read([STEP], '1').journey?.steps[0]?.isOtherCallId).toBe(true);
});

test('a step without an id does not make the next one new', () => {
  expect(readSteps([STEP, { ...STEP, CallId: '' }, STEP]).map((step) => step.isOtherCallId)).toEqual([
    false,
    false,
    false,
  ]);
});

test('a journey of no steps is a journey', () => {
  expect(read([])).toEqual({
    journey: { callId: '7', answeredAt: 5, steps: [], sumOfStepsSeconds: 0, unreadableDurations: 0, findings: [] },
    violations: [],
  });
});

test('one step that stands where the list should is a journey of one, and counted', () => {
  const { journey, violations } = read(STEP);
  expect(journey?.steps).toHaveLength(1);
  expect(journey?.steps[0]).toMatchObject({ number: 1, device: '4711', seconds: 65 });
  expect(violations).toEqual(['mistyped-field: data.CallJourney: object instead of a list']);
});

describe('[JOURNEY-1] [VALUE-3] an id with what exports put around it is the same id', () => {
  test.each(['"7"', ' 7 ', '“7”', "'7'", '7\u200b', '\u00a07'])('%j', (CallId) => {
    expect(readSteps([{ ...STEP, CallId }, STEP]).map(({ isOtherCallId }) => isOtherCallId)).toEqual([false, false]);
    expect(read([STEP], CallId).journey?.steps[0]?.isOtherCallId).toBe(false);
  });

  test('but one in another case, or with zeros before it, is another', () => {
    const steps = readSteps(['7', '007', '7a', '7A'].map((CallId) => ({ ...STEP, CallId })));
    expect(steps.map(({ isOtherCallId }) => isOtherCallId)).toEqual([false, true, true, true]);
  });

  test('one in which nothing can be seen is none', () => {
    const steps = readSteps(['7', ' ', '\u200b', '7'].map((CallId) => ({ ...STEP, CallId })));
    expect(steps.map(({ isOtherCallId }) => isOtherCallId)).toEqual([false, false, false, false]);
  });
});

describe('what JSON has blurred', () => {
  /** A frame with these steps verbatim. */
  function readFrame(...steps: string[]) {
    const frame = `{ "command" : "report.calljourney","result":"success","data":{"CallJourney" : [ ${steps.join(' , ')} ] } }`;
    const { data } = JSON.parse(frame) as { data: unknown };
    const { journey, violations } = readJourney('1909807854436409606', data, 5, frame);
    if (journey === null) throw new Error('There is no journey');
    return { steps: journey.steps, violations, journey };
  }
  const step = (callId: string, more = ''): string =>
    `{"CallId":${callId},"Device":"2006","DeviceType":"76","Description":"Talking","Duration":"4:05"${more}}`;

  test('[JOURNEY-2] is no id, is compared with none, and is shown as it came', () => {
    const odd = step('1909807854436409606');
    const { steps, violations } = readFrame(odd, step('"1909807854436409607"'), step('1909807854436409607'));
    expect(steps.map(({ callId, isOtherCallId }) => [callId, isOtherCallId])).toEqual([
      ['', false],
      ['1909807854436409607', true],
      ['', false],
    ]);
    expect(steps[0]?.malformed).toBe(odd);
    expect(steps[1]?.malformed).toBeNull();
    expect(violations.map(({ detail }) => detail)).toEqual([
      'data.CallJourney[0].CallId: number instead of text',
      'data.CallJourney[2].CallId: number instead of text',
    ]);
  });

  test('is no device, no type and no description either, but a duration is shown with its digits', () => {
    const big = '12345678901234567890';
    const { steps, journey } = readFrame(
      `{"CallId":"7","Device":${big},"DeviceType":${big},"Description":${big},"Duration":${big}}`,
    );
    expect(steps[0]).toMatchObject({ device: '', deviceType: '', description: '', duration: big, seconds: null });
    expect(journey.unreadableDurations).toBe(1);
  });

  test('whatever number comes as an id, what is shown of it is that number or nothing', () => {
    const number = fc.oneof(
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      fc.integer().map(String),
      fc.bigInt({ min: 2n ** 53n - 5n, max: 2n ** 53n + 5n }).map(String),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
        const { steps } = readFrame(...numbers.map((one) => step(one)));
        for (const [index, { callId, malformed }] of steps.entries()) {
          expect(['', numbers[index]]).toContain(callId);
          expect(malformed).toBe(step(numbers[index] ?? ''));
        }
      }),
    );
  });

  test('the one that stands there twice is the last', () => {
    const odd = `{"CallId":1,"CallId":2,"Device":"x","DeviceType":"76","Description":"a \\"}] b","Duration":"1"}`;
    expect(readFrame(odd).steps[0]).toMatchObject({ callId: '2', malformed: odd });
  });
});

describe('an answer without a list of steps gives no journey and says why', () => {
  test.each<[unknown, string]>([
    [undefined, 'missing-field: data.CallJourney'],
    [null, 'missing-field: data.CallJourney'],
    ['text', 'missing-field: data.CallJourney'],
    [[STEP], 'missing-field: data.CallJourney'],
    [{ calljourney: [STEP] }, 'missing-field: data.CallJourney'],
    [{ CallJourney: null }, 'mistyped-field: data.CallJourney: null instead of a list'],
    [{ CallJourney: { 0: STEP } }, 'mistyped-field: data.CallJourney: object instead of a list'],
  ])('%j', (data, violation) => {
    const { journey, violations } = readJourney('7', data, 5);
    expect(journey).toBeNull();
    expect(violations.map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual([violation]);
  });
});

describe('an odd step is shown with what can be read of it', () => {
  const { Device: _, ...withoutDevice } = STEP;

  test.each<[string, unknown, object, string[]]>([
    ['a missing field', withoutDevice, { device: '', seconds: 65 }, ['missing-field: data.CallJourney[0].Device']],
    [
      'a number as device type',
      { ...STEP, DeviceType: 77 },
      { deviceType: '77' },
      ['mistyped-field: data.CallJourney[0].DeviceType: number instead of text'],
    ],
    [
      'a number as duration',
      { ...STEP, Duration: 90 },
      { duration: '90', seconds: 90 },
      ['mistyped-field: data.CallJourney[0].Duration: number instead of text'],
    ],
    [
      'a null duration',
      { ...STEP, Duration: null },
      { duration: '', seconds: null },
      ['mistyped-field: data.CallJourney[0].Duration: null instead of text'],
    ],
    [
      'null',
      null,
      { device: '', duration: '', seconds: null },
      ['mistyped-field: data.CallJourney[0]: null instead of an object'],
    ],
    ['text', 'queue', { description: '' }, ['mistyped-field: data.CallJourney[0]: string instead of an object']],
    ['a list', [STEP], { callId: '' }, ['mistyped-field: data.CallJourney[0]: a list instead of an object']],
    [
      'a truth value as device',
      { ...STEP, Device: true },
      { device: '' },
      ['mistyped-field: data.CallJourney[0].Device: boolean instead of text'],
    ],
    [
      'a truth value as description',
      { ...STEP, Description: false },
      { description: '' },
      ['mistyped-field: data.CallJourney[0].Description: boolean instead of text'],
    ],
    [
      'a truth value as device type',
      { ...STEP, DeviceType: true },
      { deviceType: '' },
      ['mistyped-field: data.CallJourney[0].DeviceType: boolean instead of text'],
    ],
    [
      'a truth value as duration, shown as it came like any that can’t be read',
      { ...STEP, Duration: true },
      { duration: 'true', seconds: null },
      ['mistyped-field: data.CallJourney[0].Duration: boolean instead of text'],
    ],
  ])('%s', (_name, step, shown, violations) => {
    const result = read([step, STEP]);
    expect(result.violations).toEqual(violations);
    expect(result.journey?.steps[0]).toMatchObject(shown);
    expect(result.journey?.steps[0]?.malformed).toBe(JSON.stringify(step).slice(0, 200));
    expect(result.journey?.steps[1]).toMatchObject({ number: 2, description: 'In queue', malformed: null });
  });

  test('nested 100,000 levels deep', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const steps = readSteps([{ ...STEP, Device: deep }, deep, STEP]);
    expect(steps).toHaveLength(3);
    expect(steps[0]).toMatchObject({
      description: 'In queue',
      malformed: expect.stringContaining('can’t be shown') as string,
    });
  });
});

test('no answer, however odd, loses a step or throws', () => {
  const field = fc.oneof(fc.string(), fc.anything(), fc.constant(undefined));
  const step = fc.oneof(
    fc.anything({ withBigInt: true }),
    fc.record(
      { CallId: field, Device: field, DeviceType: field, Description: field, Duration: field },
      { requiredKeys: [] },
    ),
    fc.constant(STEP),
  );
  fc.assert(
    fc.property(fc.array(step), (items) => {
      const { journey, violations } = readJourney('7', { CallJourney: items }, 5);
      if (journey === null) throw new Error('There is no journey');
      expect(journey.steps.map(({ number }) => number)).toEqual(items.map((_item, index) => index + 1));
      const readable = journey.steps.filter(({ seconds }) => seconds !== null);
      // A step that may still be going on has no duration yet, which differs from one that can't be read.
      const lasting = journey.findings.filter(({ kind }) => kind === 'may-be-up').length;
      expect(journey.unreadableDurations).toBe(items.length - readable.length - lasting);
      expect(journey.sumOfStepsSeconds).toBeCloseTo(
        readable.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
        3,
      );
      for (const [index, item] of items.entries()) {
        const shown = journey.steps[index];
        const sent = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {};
        for (const [key, text] of [
          ['CallId', shown?.callId],
          ['Device', shown?.device],
          ['DeviceType', shown?.deviceType],
          ['Description', shown?.description],
          ['Duration', shown?.duration],
        ] as const) {
          const value: unknown = (sent as Record<string, unknown>)[key];
          if (typeof value === 'string') expect(text).toBe(value);
        }
        if (item === undefined) continue; // JSON can't express that.
        const isMarked = shown?.malformed !== null;
        expect(isMarked).toBe(violations.some(({ detail }) => detail.startsWith(`data.CallJourney[${String(index)}]`)));
      }
    }),
    { numRuns: 500 },
  );
});
