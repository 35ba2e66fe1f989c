/** How `npm test` reads its arguments and its runners' reports. */
import { describe, expect, test } from 'vitest';
import { choiceIn, countsOf, pageResults, slowest, unitResults } from '../../scripts/lib/test-results.ts';

describe('the arguments', () => {
  test('choose files by part of their path, and tests by part of their title', () => {
    expect(choiceIn([])).toEqual({ files: [], title: null });
    expect(choiceIn(['board', '-g', 'a limit', 'link'])).toEqual({ files: ['board', 'link'], title: 'a limit' });
    expect(choiceIn(['-t', 'x'])).toEqual({ files: [], title: 'x' });
  });

  test('are refused with a message if they mean nothing', () => {
    expect(() => choiceIn(['-g'])).toThrow('-g needs a part of a title');
    expect(() => choiceIn(['--grep=x'])).toThrow('--grep=x is no option here');
  });
});

const unit = (...assertionResults: object[]) => ({
  testResults: [{ name: '/x/test/core/board.test.ts', status: 'passed', assertionResults }],
});

describe('the report of the unit tests', () => {
  test('gives each test’s outcome and time', () => {
    const report = unit(
      { fullName: 'a', status: 'passed', duration: 12.5 },
      { fullName: 'b', status: 'failed', duration: 3 },
      { fullName: 'c', status: 'skipped' },
      { fullName: 'd', status: 'todo', duration: null },
    );
    const results = unitResults(report, false);
    expect(results[0]).toEqual({ runner: 'unit', file: 'board.test.ts', title: 'a', outcome: 'passed', ms: 12.5 });
    expect(countsOf(results)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  test('has only the chosen tests', () => {
    const report = unit({ fullName: 'a', status: 'passed', duration: 1 }, { fullName: 'b', status: 'skipped' });
    expect(countsOf(unitResults(report, true))).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test('has a failure for a file that can’t be loaded', () => {
    const broken = { testResults: [{ name: '/x/y.test.ts', status: 'failed', message: 'no', assertionResults: [] }] };
    expect(countsOf(unitResults(broken, true))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

const spec = (title: string, projectName: string, status: string, ...durations: number[]) => ({
  title,
  file: 'ui/board.spec.ts',
  tests: [{ projectName, status, results: durations.map((duration) => ({ duration })) }],
});

describe('Playwright’s report', () => {
  test('gives each test’s outcome and time in each project, however nested; one that passed on a retry has failed', () => {
    const results = pageResults({
      suites: [
        {
          title: 'ui/board.spec.ts',
          specs: [spec('a', 'chromium', 'expected', 100)],
          suites: [
            {
              title: 'inner',
              specs: [
                spec('b', 'electron', 'flaky', 50, 60),
                spec('c', 'electron', 'skipped'),
                spec('d', 'x', 'unexpected', 1),
              ],
            },
          ],
        },
      ],
    });
    expect(results.map(({ runner, title, outcome, ms }) => [runner, title, outcome, ms])).toEqual([
      ['chromium', 'a', 'passed', 100],
      ['electron', 'b', 'failed', 110],
      ['electron', 'c', 'skipped', 0],
      ['x', 'd', 'failed', 1],
    ]);
  });

  test('has a failure for errors outside of any test', () => {
    expect(countsOf(pageResults({ suites: [], errors: [{ message: 'no' }] }))).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

test('the slowest come first, whatever ran them', () => {
  const one = (runner: string, ms: number) => ({ runner, file: 'f.ts', title: 't', outcome: 'passed', ms }) as const;
  expect(slowest([one('unit', 900), one('electron', 61_240), one('chromium', 2000)], 2)).toEqual([
    '  61.2 s  electron  f.ts: t',
    '   2.0 s  chromium  f.ts: t',
  ]);
});
