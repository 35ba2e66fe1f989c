/**
 * A processor that disconnects again and again, on real sockets: the board is correct at the end, and no heap, socket
 * or timer leaks. `npm run soak` is the long form. In a process of its own, so that the heap is only the widget's.
 */
import { expect, test } from 'vitest';
import { seedOfRun } from '../../lab/chance.ts';
import { runScript } from '../support/run-script.ts';
import type { SoakReport } from '../../lab/soak-run.ts';

const FLAPS = 60;
const EVENTS = 60_000;

test('sixty flaps and sixty thousand events leave nothing behind', { timeout: 600_000 }, async () => {
  const seed = String(seedOfRun());
  console.log(`soak: seed ${seed}`);
  const counts = ['--flaps', String(FLAPS), '--events', String(EVENTS), '--warm-up', '20'];
  const report = (await runScript('soak.ts', ...counts, '--seed', seed)) as SoakReport;
  const { tenths } = report;
  expect(tenths).toHaveLength(10);
  expect(report.flaps).toBe(FLAPS);
  expect(report.events).toBeGreaterThanOrEqual(EVENTS);
  expect(report.members).toBeGreaterThan(0);
  // Both ends of the one connection, and its heartbeat.
  expect(tenths.map(({ sockets, timers }) => [sockets, timers])).toEqual(tenths.map(() => [2, 1]));
  expect([report.resourcesAfter, report.timersAfter]).toEqual([report.resourcesBefore, 0]);
  // In a short run the engine is still warming up; the long form's limit is 1.05.
  expect((tenths.at(-1)?.heap ?? NaN) / (tenths[0]?.heap ?? NaN)).toBeLessThan(1.25);
});
