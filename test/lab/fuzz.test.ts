/**
 * Tens of thousands of frames that no processor should send: none crashes the widget, makes it grow, or puts a wrong
 * row on the board. `npm run fuzz` is the long form. In a process of its own, so that the heap is only the widget's.
 */
import { expect, test } from 'vitest';
import { VIOLATION_KINDS } from '../../src/shared/link/violations.ts';
import { seedOfRun } from '../../lab/chance.ts';
import type { FuzzReport } from '../../lab/fuzz-run.ts';
import { runScript } from '../support/run-script.ts';

const FRAMES = 30_000;

/** What no single frame can cause: it takes a request, a size or a socket. The socket has its own count. */
const ELSEWHERE = ['broken-frame', 'frame-too-large', 'late-answer', 'untold-answer'];

test('malformed frames cause no crash, no leak and no wrong row', { timeout: 600_000 }, async () => {
  const seed = seedOfRun();
  const report = (await runScript('fuzz.ts', '--frames', String(FRAMES), '--seed', String(seed))) as FuzzReport;
  console.log(`fuzz: ${String(report.frames)} frames, seed ${String(report.seed)}`, report.byKind, report.violations);
  expect(report.frames).toBe(FRAMES);
  // Whether there was anything to get wrong.
  expect(report.rowsCompared).toBeGreaterThan(5 * report.rounds);
  const single = Object.keys(VIOLATION_KINDS).filter((kind) => !ELSEWHERE.includes(kind));
  expect(Object.keys(report.violations)).toEqual(expect.arrayContaining(single));
  expect(report.rawViolations['broken-frame']).toBeGreaterThan(0);
  expect(report.heap).toHaveLength(10);
  // In a short run the engine is still warming up; the long form's limit is 1.05.
  expect((report.heap.at(-1) ?? NaN) / (report.heap[0] ?? NaN)).toBeLessThan(1.25);
});
