/** Violations are counted by kind, however many there are. */
import { expect, test } from 'vitest';
import { ViolationLog } from '../../../src/core/link/violation-log.ts';
import { quoted } from '../../../src/core/base/unknown.ts';
import type { ViolationRecord } from '../../../src/shared/link/violations.ts';
import { FakeClock, START } from '../../../lab/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const first: ViolationRecord[] = [];
  let changes = 0;
  const log = new ViolationLog({
    now: () => clock.now(),
    onFirst: (violation) => first.push(violation),
    onChange: () => {
      changes += 1;
    },
  });
  return { clock, first, changes: () => changes, log };
}

test('[VIOLATION-1] each kind has its count, its first and last time, and the last detail and example', () => {
  const { clock, log, first, changes } = setUp();
  log.add('malformed-json', 'one “7”', '{"memberName":"Ana"');
  clock.advance(10);
  log.add('malformed-json', 'two', '[');
  expect(log.list()).toEqual([
    { kind: 'malformed-json', count: 2, firstAt: START, lastAt: START + 10, detail: 'two', example: '[' },
  ]);
  expect(changes()).toBe(2);
  expect(first).toEqual([
    {
      kind: 'malformed-json',
      count: 1,
      firstAt: START,
      lastAt: START,
      detail: 'one “0”',
      example: '{"memberName":"xxx"',
    },
  ]);
});

test('the kind that came last is the first in the list', () => {
  const { clock, log } = setUp();
  log.add('unknown-event', '', '');
  clock.advance(1);
  log.add('binary-frame', '', '');
  clock.advance(1);
  log.add('unknown-event', '', '');
  expect(log.list().map(({ kind }) => kind)).toEqual(['unknown-event', 'binary-frame']);
});

test('the log does not grow with the number of violations', () => {
  const { log } = setUp();
  for (let round = 0; round < 20; round += 1) log.add('unknown-event', 'd'.repeat(10_000), 'e'.repeat(100_000));
  expect(JSON.stringify(log.list()).length).toBeLessThan(1500);
});

test('clearing forgets the counts', () => {
  const { log } = setUp();
  log.add('unknown-event', '', '');
  log.clear();
  expect(log.list()).toEqual([]);
  log.add('unknown-event', '', '');
  expect(log.list()[0]?.count).toBe(1);
});

test('an id with quotation marks in it stays masked', () => {
  const { log } = setUp();
  log.add('unknown-agent', `agent ${quoted('x” Ana Torres')}`, '');
  expect(log.list()[0]?.detail).toBe('agent “x" xxx xxxxxx”');
});
