/** What the board shows in words. */
import { expect, test } from 'vitest';
import { countsWords, memberTypeWord, statusWord } from '../../../src/shared/board/board-words.ts';
import { NO_COUNTS } from '../../../src/shared/board/statuses.ts';

test.each([
  ['ready', 'Ready'],
  ['READY ', 'Ready'],
  ['not_ready', 'Not ready'],
  ['ACW', 'After-call work'],
  ['acw', 'After-call work'],
  ['', 'Unknown'],
  ['  ', 'Unknown'],
  ['reserved', 'reserved'],
  ['not ready', 'Not ready'],
  ['Not-Ready', 'Not ready'],
  ['already', 'already'],
  ['constructor', 'constructor'],
])('the status %j reads “%s”', (status, word) => {
  expect(statusWord(status)).toBe(word);
});

test.each([
  ['Agent', 'Agent'],
  ['TeamLead', 'Team lead'],
  ['TEAM_LEAD', 'Team lead'],
  ['team lead', 'Team lead'],
  [' supervisor ', 'Supervisor'],
  ['Robot', 'Robot'],
])('the member type %s reads “%s”', (type, word) => {
  expect(memberTypeWord(type)).toBe(word);
});

test.each([
  [NO_COUNTS, 'nobody'],
  [{ ...NO_COUNTS, ready: 12, not_ready: 5, acw: 3, other: 1 }, '12 ready, 5 not ready, 3 after-call work, 1 other'],
  [{ ...NO_COUNTS, acw: 1 }, '1 after-call work'],
])('the counts %j read “%s”', (counts, words) => {
  expect(countsWords(counts)).toBe(words);
});
