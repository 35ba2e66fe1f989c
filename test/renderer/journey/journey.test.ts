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

test('each call has a tab of its own, in which only its own answer shows', async () => {
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

test('a call that has a tab is asked for again in it, and a later question outdates an earlier one', async () => {
  const { store, answer } = asked();
  void store.ask('1');
  void store.ask(' "1" ');
  expect(store.tabs).toHaveLength(1);
  await answer('1', journey('1', step(1, { description: 'early' })));
  expect(store.current?.journey).toBeNull();
  await answer('1', journey('1', step(1, { description: 'late' })));
  expect(store.current?.journey?.steps[0]?.description).toBe('late');
});

test('what was answered stays while it is asked for again, and where that fails', async () => {
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

test('what is no id opens no tab, and the core’s words for it are kept', async () => {
  const { store, answer } = asked();
  void store.ask(' “” ');
  await answer(' “” ', refused('', 'bad-call-id'));
  expect(store.tabs).toEqual([]);
  expect(store.refusal?.kind).toBe('bad-call-id');
  void store.ask('1');
  expect(store.refusal).toBeNull();
});

test('a host that can’t be reached is a failure in words', async () => {
  const store = new JourneyStore(
    () => Promise.reject(new Error('gone')),
    () => 7,
  );
  await store.ask('1');
  expect(store.current?.failure).toMatchObject({ kind: 'stopped', message: 'gone' });
});

describe('tabs', () => {
  test('a closed one gives way to its neighbour', () => {
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

  test('one more than there can be takes the place of the first', () => {
    const { store } = asked();
    for (let id = 0; id <= 10; id += 1) void store.ask(String(id));
    expect(store.tabs.map(({ callId }) => callId)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(store.madeRoom).toBe('0');
    void store.ask('10');
    expect(store.madeRoom, 'it is said once').toBeNull();
  });

  test('one without a journey makes room before others, one that is shown beside does not', async () => {
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

  test('the one beside takes the place of the one that is closed, and is beside nothing', () => {
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

  test('two are shown side by side, never one beside itself', () => {
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

test('a step is new or has changed; one that is as it was is neither', () => {
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
  'a text that is far too long for an id is asked with no more than it takes to be too long (%#)',
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

test('what the host says of arguments that it does not take is not shown', async () => {
  const refusal = { code: 'bad-arguments', message: 'connection.save: Invalid length: Expected <=1000' } as const;
  const reply = valueOf(Promise.resolve({ ok: false, error: refusal } as const));
  await expect(reply).rejects.toThrow(/^The widget can’t do anything with this entry/);
});
