/** The log names nobody whom the widget knows, wherever the text comes from. */
import { expect, test } from 'vitest';
import { LOG_LEVELS, type LogLevel } from '../../../src/core/support/support-settings.ts';
import { maskedLog } from '../../../src/host/support/masked-log.ts';

function logging(...known: readonly string[]) {
  const lines: string[] = [];
  const take = (message: string) => lines.push(message);
  const all = { debug: take, info: take, warn: take, error: take };
  const named: string[] = [];
  const takeNamed = (message: string) => named.push(message);
  const allNamed = { debug: takeNamed, info: takeNamed, warn: takeNamed, error: takeNamed };
  let level: LogLevel = 'info';
  let isNamed = false;
  const log = maskedLog(all, allNamed, { known: () => known, isNamed: () => isNamed, level: () => level });
  return {
    log,
    lines,
    named,
    setLevel: (wanted: LogLevel) => (level = wanted),
    setNamed: (wanted: boolean) => (isNamed = wanted),
  };
}

test.each([
  ['error', ['error']],
  ['warn', ['error', 'warn']],
  ['info', ['error', 'warn', 'info']],
  ['debug', ['error', 'warn', 'info', 'debug']],
] as const)('at level %s it has %j', (level, levels) => {
  const { log, lines, setLevel } = logging();
  setLevel(level);
  for (const of of LOG_LEVELS) log[of](of);
  expect(lines).toEqual(levels);
});

test('names and ids are masked, the longest first', () => {
  const { log, lines } = logging('Ana', 'Ana Torres', '1001', '');
  log.info('link: stopped, refused: agent 1001 (Ana Torres) is unknown; Ana is, too');
  expect(lines).toEqual(['link: stopped, refused: agent *** (***) is unknown; *** is, too']);
});

test('where names are wanted, everything goes unmasked into another log', () => {
  const { log, lines, named, setNamed } = logging('Ana');
  log.info('Ana came');
  setNamed(true);
  log.warn('Ana went');
  setNamed(false);
  log.info('Ana came again');
  expect(lines).toEqual(['*** came', '*** came again']);
  expect(named).toEqual(['Ana went']);
});

test('those in an error are masked too, including its stack', () => {
  const { log, lines } = logging('1001');
  log.error('journey.ask failed', new Error('no agent 1001'));
  expect(lines[0]).toMatch(/^journey\.ask failed: Error: no agent \*\*\*\n +at /);
  log.error('agent 1001 failed');
  expect(lines[1]).toBe('agent *** failed');
});

test('characters with a meaning in regular expressions are plain characters', () => {
  const { log, lines } = logging('a.*', '$&');
  log.warn('a.* and abc, $&');
  expect(lines).toEqual(['*** and abc, ***']);
});

test('what is nobody’s name stays', () => {
  const { log, lines } = logging('x');
  log.info('text');
  expect(lines).toEqual(['text']);
});
