/** Calls in tabs: which answer shows where, and what is marked in it. */
import { describe, expect, test } from 'vitest';
import { changedSteps } from '../../../src/renderer/journey/changed-steps.ts';
import { valueOf } from '../../../src/renderer/base/bridge.ts';
import { JourneyStore } from '../../../src/renderer/journey/journey.svelte.ts';
import {
  cleanCallId,
  MAX_CALL_ID_LENGTH,
  type Journey,
  type JourneyAnswer,
  type JourneyStep,
} from '../../../src/shared/journey/journey.ts';

const step = (number: number, given: Partial<JourneyStep> = {}): JourneyStep => ({
  number,
  callId: '1',
  isOtherCallId: false,
  device: 'd',
  deviceType: '76',
  description: '',
  duration: '5',
  seconds: 5,
  malformed: null,
  ...given,
});

const journey = (callId: string, ...steps: readonly JourneyStep[]): Journey => ({
  callId,
  answeredAt: 0,
  steps,
  sumOfStepsSeconds: 0,
  unreadableDurations: 0,
  findings: [],
});

const refused = (callId: string, kind: 'refused' | 'timeout' | 'bad-call-id'): JourneyAnswer => ({
  ok: false,
  failure: {
    ...(kind === 'refused' ? { kind, code: 'C' } : { kind, code: kind }),
    callId,
    message: 'm',
    remedy: '',
    details: '',
  },
});

/** A store whose requests the test answers by id, the earliest first. */
function asked() {
  const waiting: { readonly callId: string; readonly resolve: (answer: JourneyAnswer) => void }[] = [];
  const store = new JourneyStore(
    (callId) =>
      new Promise((resolve) => {
        waiting.push({ callId, resolve });
      }),
    () => 7,
  );
  const answer = async (callId: string, given: JourneyAnswer | Journey) => {
    const at = waiting.findIndex((one) => one.callId === callId);
    const [one] = waiting.splice(at, 1);
    one?.resolve('ok' in given ? given : { ok: true, journey: given });
    await new Promise(setImmediate);
  };
  return { store, answer, waiting };
}

test('each call has its own tab, which shows only its own answer', async () => {
  const { store, answer } = asked();
  void store.ask('1');
  void store.ask('2');
  expect(store.current?.callId).toBe('2');
  await answer('1', journey('1'));
  expect(store.current?.journey).toBeNull();
  expect(store.current?.askedSince).toBe(7);
  expect(store.tabs[0]?.journey?.callId).toBe('1');
  await answer('2', journey('2'));
  expect(store.current).toMatchObject({ journey: { callId: '2' }, askedSince: null });
});

test('a call with a tab is asked for again in it, and a later request replaces an earlier one', async () => {
  const { store, answer } = asked();
  void store.ask('1');
  void store.ask(' "1" ');
  expect(store.tabs).toHaveLength(1);
  await answer('1', journey('1', step(1, { description: 'early' })));
  expect(store.current?.journey).toBeNull();
  await answer('1', journey('1', step(1, { description: 'late' })));
  expect(store.current?.journey?.steps[0]?.description).toBe('late');
});

test('the last answer stays during further requests, and when they fail', async () => {
  const { store, answer } = asked();
  void store.ask('1');
  await answer('1', journey('1', step(1)));
  void store.current?.ask();
  expect(store.current).toMatchObject({ askedSince: 7, journey: { callId: '1' } });
  await answer('1', refused('1', 'timeout'));
  expect(store.current).toMatchObject({ askedSince: null, failure: { kind: 'timeout' }, journey: { callId: '1' } });
  void store.current?.ask();
  await answer('1', journey('1', step(1, { duration: '9' }), step(2)));
  expect(store.current?.failure).toBeNull();
  expect(store.current?.changes).toEqual({
    byNumber: new Map([
      [1, 'changed'],
      [2, 'new'],
    ]),
    gone: 0,
  });
});

test('an invalid id opens no tab, and the core’s explanation is kept', async () => {
  const { store, answer } = asked();
  void store.ask(' “” ');
  await answer(' “” ', refused('', 'bad-call-id'));
  expect(store.tabs).toEqual([]);
  expect(store.refusal?.kind).toBe('bad-call-id');
  void store.ask('1');
  expect(store.refusal).toBeNull();
});

test('an unreachable host is a failure with a message', async () => {
  const store = new JourneyStore(
    () => Promise.reject(new Error('gone')),
    () => 7,
  );
  await store.ask('1');
  expect(store.current?.failure).toMatchObject({ kind: 'stopped', message: 'gone' });
});

describe('tabs', () => {
  test('give way to their neighbours when closed', () => {
    const { store } = asked();
    for (const id of ['1', '2', '3']) void store.ask(id);
    const [first, second, third] = store.tabs;
    if (first === undefined || second === undefined || third === undefined) throw new Error('Not all are open');
    store.current = second;
    store.close(second);
    expect(store.current).toBe(third);
    store.close(third);
    expect(store.current).toBe(first);
    store.close(first);
    expect(store.current).toBeNull();
  });

  test('replace the oldest beyond the maximum', () => {
    const { store } = asked();
    for (let id = 0; id <= 10; id += 1) void store.ask(String(id));
    expect(store.tabs.map(({ callId }) => callId)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(store.madeRoom).toBe('0');
    void store.ask('10');
    expect(store.madeRoom, 'it is reported once').toBeNull();
  });

  test('without a journey make room first, those shown beside do not', async () => {
    const { store, answer } = asked();
    for (let id = 0; id < 10; id += 1) void store.ask(String(id));
    await answer('0', journey('0'));
    await answer('4', refused('4', 'refused'));
    store.beside = store.tabs[0] ?? null;
    void store.ask('10');
    expect(store.madeRoom).toBe('4');
    void store.ask('11');
    expect(store.madeRoom).toBe('1');
    expect(store.beside?.callId).toBe('0');
  });

  test('shown beside take the place of a closed one', () => {
    const { store } = asked();
    for (const id of ['1', '2', '3']) void store.ask(id);
    const [, second, third] = store.tabs;
    if (second === undefined || third === undefined) throw new Error('Not all are open');
    store.current = second;
    store.beside = third;
    store.close(second);
    expect(store.current).toBe(third);
    expect(store.beside).toBeNull();
  });

  test('are shown two side by side, never one beside itself', () => {
    const { store } = asked();
    void store.ask('1');
    void store.ask('2');
    const [first, second] = store.tabs;
    if (first === undefined || second === undefined) throw new Error('Not both are open');
    store.beside = second;
    expect(store.beside).toBeNull();
    store.beside = first;
    expect(store.beside).toBe(first);
    store.current = first;
    expect(store.beside, 'they change places').toBe(second);
    store.close(second);
    expect(store.beside).toBeNull();
  });
});

test('a step is marked as new or changed, or not at all', () => {
  const before = journey('1', step(1), step(2), step(3));
  const after = journey(
    '1',
    step(1),
    step(2, { callId: '9' }),
    step(3, { seconds: null, isOtherCallId: true }),
    step(4),
  );
  expect(changedSteps(before, after)).toEqual({
    byNumber: new Map([
      [2, 'changed'],
      [4, 'new'],
    ]),
    gone: 0,
  });
  expect(changedSteps(after, before)).toEqual({ byNumber: new Map([[2, 'changed']]), gone: 1 });
  expect(changedSteps(before, before)).toEqual({ byNumber: new Map(), gone: 0 });
});

test.each(['x'.repeat(5000), `7${' '.repeat(5000)}7`, '"'.repeat(300) + 'x '.repeat(3000), '\ud83d\ude00'.repeat(200)])(
  'of a text that is far too long for an id, only enough to be too long is sent (%#)',
  async (typed) => {
    const { store, waiting, answer } = asked();
    void store.ask(typed);
    const [one] = waiting;
    expect(one?.callId.length).toBeLessThan(4096);
    expect(cleanCallId(one?.callId ?? '').length).toBeGreaterThan(MAX_CALL_ID_LENGTH);
    await answer(one?.callId ?? '', refused('', 'bad-call-id'));
    expect(store.refusal).toMatchObject({ kind: 'bad-call-id' });
  },
);

test('the host’s words about invalid arguments are not shown', async () => {
  const refusal = { code: 'bad-arguments', message: 'connection.save: Invalid length: Expected <=1000' } as const;
  const reply = valueOf(Promise.resolve({ ok: false, error: refusal } as const));
  await expect(reply).rejects.toThrow(/^The widget can’t do anything with this entry/);
});
