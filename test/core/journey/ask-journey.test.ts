/** Every outcome of asking for a journey, in words; and how an id is cleaned. */
import { describe, expect, test } from 'vitest';
import { askJourney } from '../../../src/core/journey/ask-journey.ts';
import { cleanCallId } from '../../../src/shared/journey/journey.ts';
import { RequestQueue } from '../../../src/core/link/request-queue.ts';
import { MAX_CALL_ID_LENGTH } from '../../../src/shared/journey/journey.ts';
import type { LinkState } from '../../../src/shared/link/link.ts';
import { FakeClock, START } from '../../../lab/fake-clock.ts';
import { reason } from '../../../lab/fake-transport.ts';
import { inEnglish } from '../../support/in-english.ts';

const COMMAND = 'report.calljourney';
const LIVE: LinkState = { name: 'live', since: 0, url: 'ws://a' };
const STEP = { CallId: '7', Device: 'd', DeviceType: '0', Description: 'x', Duration: '5' };

function setUp(link: LinkState = LIVE) {
  const clock = new FakeClock();
  const sent: string[] = [];
  const violations: string[] = [];
  const queue = new RequestQueue({
    clock,
    answerTimeoutMs: 10_000,
    maxWaitMs: 20_000,
    quarantineMs: 10_000,
    maxWaiting: 1,
    onViolation: () => undefined,
    onAmbiguous: () => undefined,
  });
  queue.attach((request) => sent.push(JSON.stringify(request)));
  const ask = async (typed: string, hasQueue = true) => {
    const answer = await askJourney(typed, {
      clock,
      queue: hasQueue ? queue : null,
      link,
      answerTimeoutMs: 10_000,
      onViolation: ({ kind, detail }, text) => violations.push(`${kind} ${detail} ${text}`),
    });
    return answer.ok ? answer.journey : answer.failure;
  };
  const success = (data: unknown): void => {
    queue.answer({ type: 'success', command: COMMAND, data });
  };
  return { clock, sent, violations, queue, ask, success };
}

test('a journey is asked for with the id alone, and answered with its steps', async () => {
  const { ask, sent, success, violations } = setUp();
  const answer = ask(' "7"\n');
  expect(sent).toEqual(['{"command":"report.calljourney","data":{"CallId":"7"}}']);
  success({ CallJourney: [STEP] });
  expect(await answer).toMatchObject({ callId: '7', answeredAt: START, steps: [{ number: 1, callId: '7' }] });
  expect(violations).toEqual([]);
});

describe('what is not asked', () => {
  test.each([[''], ['  '], ['""'], ['x'.repeat(MAX_CALL_ID_LENGTH + 1)]])('%j is no id', async (typed) => {
    const { ask, sent } = setUp();
    expect(await ask(typed)).toMatchObject({ kind: 'bad-call-id', code: null });
    expect(sent).toEqual([]);
  });

  test('an id of the greatest length is one', () => {
    const { ask, sent } = setUp();
    void ask('x'.repeat(MAX_CALL_ID_LENGTH));
    expect(sent).toHaveLength(1);
  });

  test('nothing is asked of no processor', async () => {
    expect(await setUp().ask('7', false)).toMatchObject({ kind: 'stopped', callId: '7' });
  });

  test('nothing is asked over a link that has stopped, and the failure says why it has', async () => {
    const { ask } = setUp({ name: 'stopped', since: 0, reason: { ...reason('certificate'), remedy: 'Name the CA.' } });
    expect(inEnglish(await ask('7'))).toMatchObject({
      kind: 'stopped',
      message: 'The link is stopped. The reason is certificate.',
      remedy: 'Name the CA.',
    });
  });
});

describe('a failure', () => {
  const original = { command: COMMAND, data: { CallId: '7' } };

  test('of the processor is told with its code, message, stack and original request', async () => {
    const { ask, queue } = setUp();
    const answer = ask('7');
    const failure = { code: 'NOT_FOUND', message: 'No such call', context: 'at X' };
    queue.answer({ type: 'failure', command: COMMAND, failure, original });
    expect(inEnglish(await answer)).toEqual({
      kind: 'refused',
      callId: '7',
      code: 'NOT_FOUND',
      message: 'No such call',
      remedy: expect.any(String) as string,
      details: `at X\n\nOriginal request:\n${JSON.stringify(original, null, 2)}`,
    });
  });

  test('of the processor that says nothing is told as one', async () => {
    const { ask, queue } = setUp();
    const answer = ask('7');
    const failure = { code: '', message: '', context: '' };
    queue.answer({ type: 'failure', command: COMMAND, failure, original: undefined });
    expect(inEnglish(await answer)).toMatchObject({
      kind: 'refused',
      code: null,
      message: expect.stringMatching(/./) as string,
    });
  });

  test('with an original nested too deeply to be shown is told all the same', async () => {
    const { ask, queue } = setUp();
    const answer = ask('7');
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const failure = { code: 'E', message: 'no', context: '' };
    queue.answer({ type: 'failure', command: COMMAND, failure, original: { data: { CallId: '7' }, deep } });
    expect(inEnglish(await answer)).toMatchObject({ kind: 'refused', code: 'E' });
  });

  test('to answer in time', async () => {
    const { ask, clock } = setUp();
    const answer = ask('7');
    clock.advance(10_000);
    expect(inEnglish(await answer)).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('10 seconds') as string,
    });
  });

  test('to get its turn', async () => {
    const { ask, clock, sent } = setUp();
    void ask('1');
    const answer = ask('7');
    clock.advance(20_000);
    expect(inEnglish(await answer)).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('was not asked') as string,
    });
    expect(sent).toHaveLength(1);
  });

  test('for want of a connection', async () => {
    const { ask, clock, queue } = setUp();
    queue.detach();
    const answer = ask('7');
    clock.advance(20_000);
    expect(inEnglish(await answer)).toMatchObject({ kind: 'link-down' });
  });

  test('for too many questions at once', async () => {
    const { ask } = setUp();
    void ask('1');
    void ask('2');
    expect(await ask('3')).toMatchObject({ kind: 'queue-full' });
  });

  test('because the link was ended meanwhile', async () => {
    const { ask, queue } = setUp();
    const answer = ask('7');
    queue.abandon();
    expect(inEnglish(await answer)).toMatchObject({ kind: 'stopped' });
  });
});

describe('an odd answer', () => {
  test('without steps is a failure that shows what came', async () => {
    const { ask, success, violations } = setUp();
    const answer = ask('7');
    success({ Steps: [] });
    expect(inEnglish(await answer)).toMatchObject({ kind: 'malformed-answer', details: '{"Steps":[]}' });
    expect(violations).toEqual(['missing-field data.CallJourney {"Steps":[]}']);
  });

  test('without data is a failure too', async () => {
    const { ask, success } = setUp();
    const answer = ask('7');
    success(undefined);
    expect(inEnglish(await answer)).toMatchObject({ kind: 'malformed-answer', details: '' });
  });

  test('nested too deeply to be shown is a failure too', async () => {
    const { ask, success } = setUp();
    const answer = ask('7');
    success(JSON.parse('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)));
    expect(inEnglish(await answer)).toMatchObject({
      kind: 'malformed-answer',
      details: expect.stringContaining('can’t') as string,
    });
  });

  test('tells each oddity, and writes the answer out only once however many there are', async () => {
    const { ask, success, violations } = setUp();
    const answer = ask('7');
    let writings = 0;
    const data = {
      CallJourney: Array.from({ length: 1000 }, () => ({ CallId: 7 })),
      toJSON: () => {
        writings += 1;
        return 'the answer';
      },
    };
    success(data);
    expect(inEnglish(await answer)).toMatchObject({ callId: '7', unreadableDurations: 1000 });
    expect(violations).toHaveLength(5000);
    expect(violations[0]).toBe('mistyped-field data.CallJourney[0].CallId: number instead of text "the answer"');
    expect(writings).toBe(1);
  });
});

test('what was odd is told with the text that came, and not with what became of it', async () => {
  const { ask, queue, violations } = setUp();
  const answer = ask('7');
  const frame =
    '{"command":"report.calljourney","result":"success","data":{"CallJourney":[{"CallId":1909807854436409606,"Device":"1","DeviceType":"76","Description":"d","Duration":"5"}]}}';
  const { data } = JSON.parse(frame) as { data: unknown };
  queue.answer({ type: 'success', command: COMMAND, data }, frame);
  expect(await answer).toMatchObject({
    steps: [{ callId: '', isOtherCallId: false, malformed: expect.stringContaining('1909807854436409606') as string }],
  });
  expect(violations).toEqual([`mistyped-field data.CallJourney[0].CallId: number instead of text ${frame}`]);
});

describe('an id as typed or pasted', () => {
  test.each([
    ['7', '7'],
    ['  7\t\r\n', '7'],
    ['"7"', '7'],
    ['“7”', '7'],
    ['„7“', '7'],
    ['«7»', '7'],
    ["'7'", '7'],
    ['`7`', '7'],
    ['\u00a07\u2003', '7'],
    ['Call ID: 16817320', '16817320'],
    ['Anruf-ID: „16817320“.', '16817320'],
    ['call id 16817320', '16817320'],
    ['Call #7', '7'],
    ['#16817422', '16817422'],
    ['\u200b16817422\u2069', '16817422'],
    ['<1-80000251377-0>,', '1-80000251377-0'],
    ['a b "c" d', 'a b "c" d'],
    ['A 7', 'A 7'],
    ['7 A', '7 A'],
    ['A-7', 'A-7'],
    ['.8', '.8'],
    ['Call ID: <abc>', 'Call ID: <abc>'],
    ['tel:+4915550123456', 'tel:+4915550123456'],
    ['16817320, 16817321', '16817320, 16817321'],
    ['007', '007'],
    ['__proto__', '__proto__'],
    ['😀', '😀'],
    [' " ', ''],
  ])('%j is %j', (typed, callId) => {
    expect(cleanCallId(typed)).toBe(callId);
  });

  test('may be a pasted file', () => {
    const middle = `a${' '.repeat(1_000_000)}b`;
    expect(cleanCallId(` ${middle} `)).toBe(middle);
  });
});
