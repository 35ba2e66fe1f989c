/** Reasons in words. */
import { expect, test } from 'vitest';
import { reasonWord } from '../../../src/shared/reasons/reason-words.ts';

test.each([
  ['', ''],
  ['0', ''],
  [' 0 ', ''],
  ['22', 'Signed out by a supervisor'],
  ['99999', 'code 99999'],
  ['-1', ''],
  ['00', ''],
  ['-0', ''],
  ['\u200b', ''],
  ['022', 'Signed out by a supervisor'],
  [' 0022\u00a0', 'Signed out by a supervisor'],
  ['65535', 'code 65535'],
  ['Lunch', 'Lunch'],
  ['/finesse/api/ReasonCode/49', '/finesse/api/ReasonCode/49'],
  ['__proto__', '__proto__'],
])('[VALUE-4] the reason %j reads “%s”', (code, word) => {
  expect(reasonWord(code)).toBe(word);
});
