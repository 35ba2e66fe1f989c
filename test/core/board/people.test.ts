/** Since when a status holds, and how certain that is. */
import { describe, expect, test } from 'vitest';
import {
  Counter,
  newPerson,
  updatePerson,
  type Gap,
  type Person,
  type PersonUpdate,
} from '../../../src/core/board/people.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

function update(status: string | null, reason: string | null = '0', name: string | null = 'Ann'): PersonUpdate {
  return { name, status, reason };
}

/** Applies an update at a moment: as a change if so stated, across a gap if there is one. */
function updateAt(
  person: Person,
  at: number,
  next: PersonUpdate,
  { isChange = true, gap = null as Gap | null } = {},
): boolean {
  return updatePerson(person, next, {
    feed: gap === null ? person.reportedIn : person.reportedIn + 1,
    at,
    isChange,
    gap,
  });
}

const AT_LEAST_1 = { at: 1, known: 'at-least' };

test('[CLOCK-2] a person first met has been so for at least that long', () => {
  expect(newPerson('m', update('ready'), 1, 1)).toEqual({
    memberId: 'm',
    name: 'Ann',
    status: 'ready',
    reason: '',
    stay: { since: AT_LEAST_1, missedMs: 0 },
    reasonStay: { since: AT_LEAST_1, missedMs: 0 },
    reportedIn: 1,
    reportedAt: 1,
  });
});

test.each([[null], ['']])('a person whose name is %j is called by the id, until a name comes', (name) => {
  const person = newPerson('m', update('ready', '0', name), 1, 1);
  expect(person.name).toBe('m');
  expect(updateAt(person, 2, update('ready', '0', 'Ann'))).toBe(true);
  expect(updateAt(person, 3, update('ready', '0', name))).toBe(false);
  expect(person.name).toBe('Ann');
});

const EXACT_5 = { at: 5, known: 'exact' };
const GAP_5 = { at: 1, known: 'across-gap', unwatchedMs: 1 };
const AT_LEAST_5 = { at: 5, known: 'at-least' };
const GAP: Gap = { from: 4, latest: 4 };

describe('[CLOCK-1] [CLOCK-2] what is told next', () => {
  // First reported at 1 as not_ready with reason 7, and again at 5.
  test.each<[string, Gap | null, PersonUpdate, boolean, object, object]>([
    ['the same again: nothing begins', null, update('not_ready', '7'), false, AT_LEAST_1, AT_LEAST_1],
    ['the same in another case: nothing begins', null, update(' NOT_READY', '7'), true, AT_LEAST_1, AT_LEAST_1],
    ['the same in another spelling: nothing begins', null, update('Not-Ready', '7'), true, AT_LEAST_1, AT_LEAST_1],
    [
      'the same reason with space around it: nothing begins',
      null,
      update('not_ready', ' 7 '),
      false,
      AT_LEAST_1,
      AT_LEAST_1,
    ],
    [
      'the same reason with zeros before it: nothing begins',
      null,
      update('not_ready', '007'),
      false,
      AT_LEAST_1,
      AT_LEAST_1,
    ],
    ['another status: both begin', null, update('ready', '7'), true, EXACT_5, EXACT_5],
    ['another reason: only the reason begins', null, update('not_ready', '8'), true, AT_LEAST_1, EXACT_5],
    ['no reason any more: only the reason begins', null, update('not_ready', '0'), true, AT_LEAST_1, EXACT_5],
    [
      'a reason that is not told: when it began was not seen',
      null,
      update('not_ready', null),
      true,
      AT_LEAST_1,
      AT_LEAST_5,
    ],
    ['a status that is not told: when it began was not seen', null, update(null, '7'), true, AT_LEAST_5, AT_LEAST_5],
    ['another name: nothing begins', null, update('not_ready', '7', 'Bob'), true, AT_LEAST_1, AT_LEAST_1],
    ['the same after a gap: both go on', GAP, update('not_ready', '7'), true, GAP_5, GAP_5],
    ['another status after a gap', GAP, update('ready', '7'), true, AT_LEAST_5, AT_LEAST_5],
    ['another reason after a gap: the status goes on', GAP, update('not_ready', '8'), true, GAP_5, AT_LEAST_5],
  ])('%s', (_, gap, next, changed, since, reasonSince) => {
    const person = newPerson('m', update('not_ready', '7'), 1, 1);
    expect(updateAt(person, 5, next, { gap })).toBe(changed);
    expect(person.stay.since).toEqual(since);
    expect(person.reasonStay.since).toEqual(reasonSince);
    expect(person.reportedIn).toBe(gap === null ? 1 : 2);
  });

  test('after a status that was not told, the same one again was not seen to begin', () => {
    const person = newPerson('m', update('ready', '0'), 1, 1);
    updateAt(person, 2, update(null, '0'));
    updateAt(person, 3, update('ready', '0'));
    expect(person.stay.since).toEqual({ at: 3, known: 'at-least' });
  });

  test('another status in what is no news of a change was not seen to begin', () => {
    const person = newPerson('m', update('ready', '0'), 1, 1);
    updateAt(person, 5, update('acw', '0'), { isChange: false });
    expect(person).toMatchObject({ status: 'acw', stay: { since: AT_LEAST_5 }, reasonStay: { since: AT_LEAST_5 } });
  });

  test.each([
    ['0', ''],
    ['', ' 0 '],
  ])('[VALUE-4] the reasons %j and %j are both none', (before, after) => {
    const person = newPerson('m', update('ready', before), 1, 1);
    expect(updateAt(person, 2, update('ready', after))).toBe(false);
    expect(person.reason).toBe('');
  });
});

describe('the clock across gaps', () => {
  const away = update('not_ready', '7');
  const at = (from: number, latest = from): { readonly gap: Gap } => ({ gap: { from, latest } });

  test('[CLOCK-3] goes on from its beginning, and several gaps add up what was not watched', () => {
    const person = newPerson('m', away, 1, 100);
    updateAt(person, 250, away, at(200));
    updateAt(person, 330, away, at(300));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 80 });
    updateAt(person, 340, update('acw'));
    expect(person.stay.since).toEqual({ at: 340, known: 'exact' });
  });

  test('[CLOCK-4] goes on across a gap as long as the time known before it, and begins anew after a longer one', () => {
    const asLong = newPerson('m', away, 1, 100);
    updateAt(asLong, 300, away, at(200));
    expect(asLong.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 100 });
    const longer = newPerson('m', away, 1, 100);
    updateAt(longer, 301, away, at(200));
    expect(longer.stay.since).toEqual({ at: 301, known: 'at-least' });
  });

  test('[CLOCK-4] what was not watched is no time known before the next gap', () => {
    const person = newPerson('m', away, 1, 100);
    updateAt(person, 300, away, at(200));
    updateAt(person, 411, away, at(310));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 201 });
    updateAt(person, 533, away, at(421));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 313 });
    updateAt(person, 674, away, at(543));
    expect(person.stay.since).toEqual({ at: 674, known: 'at-least' });
  });

  test('[CLOCK-5] of the reason begins anew where it was known for less than the gap, while that of the status goes on', () => {
    const person = newPerson('m', update('not_ready', '8'), 1, 100);
    updateAt(person, 190, away);
    updateAt(person, 250, away, at(200));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 50 });
    expect(person.reasonStay.since).toEqual({ at: 250, known: 'at-least' });
  });

  test('[CLOCK-7] goes on where nobody can tell when the gap began and it may have been short, however often that is so', () => {
    // Each time nothing arrives between the first report and the loss of the connection.
    const person = newPerson('m', away, 1, 0);
    for (let count = 1; count <= 10; count += 1) {
      const next = count * 90;
      updateAt(person, next, away, at(next - 90, next - 10));
    }
    expect(person.stay.since).toEqual({ at: 0, known: 'across-gap', unwatchedMs: 900 });
  });

  test('never has more unwatched time than time, where what was told last was late itself', () => {
    const person = newPerson('m', update('ready'), 1, 0);
    updateAt(person, 100, away, { isChange: false });
    updateAt(person, 120, away, at(50, 115));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 20 });
    updateAt(person, 130, away, at(110, 125));
    expect(person.stay.since).toEqual({ at: 100, known: 'across-gap', unwatchedMs: 30 });
  });
});

test('a counter counts by status, in any case, and what is not listed as other', () => {
  const counter = new Counter();
  ['ready', 'Ready', 'NOT_READY', 'acw', 'ACW', 'reserved', '', 'constructor'].forEach((status) => {
    counter.add(status, 1);
  });
  counter.add('READY', -1);
  expect(counter.value).toEqual({ ...NO_COUNTS, ready: 1, not_ready: 1, acw: 2, other: 3 });
});
