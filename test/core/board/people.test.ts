/** Since when a status holds, and how well that is known. */
import { describe, expect, test } from 'vitest';
import { Counter, meet, tell, type Told } from '../../../src/core/board/people.ts';

function told(status: string | null, reason: string | null = '0', name: string | null = 'Ann'): Told {
  return { name, status, reason };
}

const AT_LEAST_1 = { at: 1, known: 'at-least' };

test('a person first met has been so for at least that long', () => {
  expect(meet('m', told('ready'), 1, 1)).toEqual({
    memberId: 'm',
    name: 'Ann',
    status: 'ready',
    reason: '',
    since: AT_LEAST_1,
    reasonSince: AT_LEAST_1,
    toldIn: 1,
  });
});

test.each([[null], ['']])('a person whose name is %j is called by the id, until a name comes', (name) => {
  const person = meet('m', told('ready', '0', name), 1, 1);
  expect(person.name).toBe('m');
  expect(tell(person, told('ready', '0', 'Ann'), true, 1, 2)).toBe(true);
  expect(tell(person, told('ready', '0', name), true, 1, 3)).toBe(false);
  expect(person.name).toBe('Ann');
});

const EXACT_5 = { at: 5, known: 'exact' };
const GAP_5 = { at: 5, known: 'across-gap', beforeGapAt: 1 };
const AT_LEAST_5 = { at: 5, known: 'at-least' };

describe('what is told next', () => {
  // Met at 1 as not_ready with reason 7, told again at 5.
  test.each<[string, number, Told, boolean, object, object]>([
    ['the same again: nothing begins', 1, told('not_ready', '7'), false, AT_LEAST_1, AT_LEAST_1],
    ['the same in another case: nothing begins', 1, told(' NOT_READY', '7'), true, AT_LEAST_1, AT_LEAST_1],
    ['the same in another spelling: nothing begins', 1, told('Not-Ready', '7'), true, AT_LEAST_1, AT_LEAST_1],
    [
      'the same reason with space around it: nothing begins',
      1,
      told('not_ready', ' 7 '),
      false,
      AT_LEAST_1,
      AT_LEAST_1,
    ],
    ['another status: both begin', 1, told('ready', '7'), true, EXACT_5, EXACT_5],
    ['another reason: only the reason begins', 1, told('not_ready', '8'), true, AT_LEAST_1, EXACT_5],
    ['no reason any more: only the reason begins', 1, told('not_ready', '0'), true, AT_LEAST_1, EXACT_5],
    ['a reason that is not told: when it began was not seen', 1, told('not_ready', null), true, AT_LEAST_1, AT_LEAST_5],
    ['a status that is not told: when it began was not seen', 1, told(null, '7'), true, AT_LEAST_5, AT_LEAST_5],
    ['another name: nothing begins', 1, told('not_ready', '7', 'Bob'), true, AT_LEAST_1, AT_LEAST_1],
    ['the same after a gap', 2, told('not_ready', '7'), true, GAP_5, GAP_5],
    ['another status after a gap', 2, told('ready', '7'), true, AT_LEAST_5, AT_LEAST_5],
    ['another reason after a gap', 2, told('not_ready', '8'), true, GAP_5, AT_LEAST_5],
  ])('%s', (_, feed, next, changed, since, reasonSince) => {
    const person = meet('m', told('not_ready', '7'), 1, 1);
    expect(tell(person, next, true, feed, 5)).toBe(changed);
    expect(person).toMatchObject({ since, reasonSince, toldIn: feed });
    expect(person.since).toEqual(since);
  });

  test('after a status that was not told, the same one again was not seen to begin', () => {
    const person = meet('m', told('ready', '0'), 1, 1);
    tell(person, told(null, '0'), true, 1, 2);
    tell(person, told('ready', '0'), true, 1, 3);
    expect(person.since).toEqual({ at: 3, known: 'at-least' });
  });

  test('another status in what is no news of a change was not seen to begin', () => {
    const person = meet('m', told('ready', '0'), 1, 1);
    tell(person, told('acw', '0'), false, 1, 5);
    expect(person).toMatchObject({ status: 'acw', since: AT_LEAST_5, reasonSince: AT_LEAST_5 });
  });

  test.each([
    ['0', ''],
    ['', ' 0 '],
  ])('the reasons %j and %j are both none', (before, after) => {
    const person = meet('m', told('ready', before), 1, 1);
    expect(tell(person, told('ready', after), true, 1, 2)).toBe(false);
    expect(person.reason).toBe('');
  });

  test('what is the same after several gaps is known from before the first', () => {
    const person = meet('m', told('ready'), 1, 1);
    tell(person, told('ready'), true, 2, 5);
    tell(person, told('ready'), true, 3, 9);
    expect(person.since).toEqual({ at: 9, known: 'across-gap', beforeGapAt: 1 });
    tell(person, told('acw'), true, 3, 12);
    expect(person.since).toEqual({ at: 12, known: 'exact' });
  });
});

test('a counter counts by status, in any case, and what is not listed as other', () => {
  const counter = new Counter();
  ['ready', 'Ready', 'NOT_READY', 'acw', 'ACW', 'reserved', '', 'constructor'].forEach((status) => {
    counter.add(status, 1);
  });
  counter.add('READY', -1);
  expect(counter.value).toEqual({ ready: 1, notReady: 1, acw: 2, other: 3 });
});
