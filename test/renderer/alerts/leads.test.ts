/** Where an alert leads: to people and teams that are there now, and nowhere if they are not. */
import { expect, test } from 'vitest';
import { alertWords } from '../../../src/shared/alerts/alert-words.ts';
import { leadOf as leadBy } from '../../../src/renderer/alerts/leads.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';
import type { Alert, AlertOf } from '../../../src/shared/alerts/alert-kinds.ts';

const common = { id: 1, at: 0, lastAt: 0, times: 1, endedAt: null, isSeen: false, isKnown: true };
const team = (id: string, ...members: string[]) => ({ id, members: members.map((memberId) => ({ id: memberId })) });
const reasons = new ReasonBook([]);
const leadOf = (alert: Alert, teams: readonly ReturnType<typeof team>[]) => leadBy(alert, teams, () => reasons);
const person = (memberId: string) => ({ memberId, memberName: memberId.toUpperCase() });
const limit = (memberId: string | null, teamId: string): AlertOf<'limit'> => ({
  ...common,
  kind: 'limit',
  person: memberId === null ? null : person(memberId),
  teamId,
  teamName: teamId,
  status: 'not_ready',
  reason: '',
  of: 'status',
  limitMs: 1000,
});
const failure = (isEnded: boolean, ...people: readonly (readonly [string | null, boolean])[]): AlertOf<'failure'> => ({
  ...common,
  endedAt: isEnded ? 1 : null,
  kind: 'failure',
  reason: '32759',
  people: people.map(([memberId, isOver]) => ({ person: memberId === null ? null : person(memberId), isOver })),
});
const floor: AlertOf<'floor'> = { ...common, kind: 'floor', teamId: 't', teamName: 'Sales', least: 2, ready: 1 };

test('a limit leads to the person in the team of the limit, else in another, else says who is gone', () => {
  const teams = [team('s', 'a'), team('t', 'a', 'b')];
  expect(leadOf(limit('a', 't'), teams)).toEqual({ type: 'line', teamId: 't', memberId: 'a' });
  expect(leadOf(limit('b', 's'), teams)).toEqual({ type: 'line', teamId: 't', memberId: 'b' });
  expect(leadOf(limit('c', 't'), teams)).toEqual({ type: 'gone', words: 'C is in none of the teams now.' });
});

test('a floor leads to its team, or says that it is gone', () => {
  expect(leadOf(floor, [team('t')])).toEqual({ type: 'line', teamId: 't', memberId: null });
  expect(leadOf(floor, [])).toEqual({ type: 'gone', words: 'The team Sales is not on the board now.' });
});

test('a failure leads to those who still have it and are there; once it has ended, to all who had it', () => {
  const teams = [team('s', 'a'), team('t', 'a', 'b', 'c')];
  const open = failure(false, ['a', false], ['b', true], ['c', false], ['gone', false]);
  expect(leadOf(open, teams)).toMatchObject({ type: 'people', memberIds: new Set(['a', 'c']) });
  const lead = leadOf(open, teams);
  expect(lead.type === 'people' ? lead.words() : '').toBe(alertWords(open, reasons).title);
  expect(leadOf(failure(true, ['a', true], ['b', true]), teams)).toMatchObject({ memberIds: new Set(['a', 'b']) });
  expect(leadOf(failure(false, ['c', false], ['gone', false]), teams)).toMatchObject({ type: 'line', memberId: 'c' });
  expect(leadOf(failure(false, ['x', false]), teams)).toMatchObject({ words: 'X is in none of the teams now.' });
  expect(leadOf(failure(false, ['x', false], ['y', false]), teams)).toMatchObject({ type: 'gone' });
});

test('if nobody is named, no alert leads to a person', () => {
  expect(leadOf(limit(null, 't'), [team('t')])).toEqual({ type: 'nowhere' });
  expect(leadOf(failure(false, [null, false], [null, false]), [team('t')])).toEqual({ type: 'nowhere' });
});
