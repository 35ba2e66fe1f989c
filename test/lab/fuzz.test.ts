/**
 * Frames that no processor should send, tens of thousands of them: none brings the widget down, makes it grow, or gets a
 * wrong row onto the board. `npm run fuzz` is the long form. In a process of its own, so that the heap is the widget's.
 */
import { expect, test } from 'vitest';
import { VIOLATION_KINDS } from '../../src/shared/link/violations.ts';
import { seedOfRun } from '../../lab/chance.ts';
import type { FuzzReport } from '../../lab/fuzz-run.ts';
import { runScript } from '../support/run-script.ts';

const FRAMES = 30_000;

/** What can't come of a single frame: it takes a request, a size or a socket. The socket has its own count. */
const ELSEWHERE = ['broken-frame', 'frame-too-large', 'late-answer', 'untold-answer'];

test('odd frames bring no crash, no leak and no wrong row', { timeout: 600_000 }, async () => {
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
  // A short run still has its engine warming up; the long form is held to 1.05.
  expect((report.heap.at(-1) ?? NaN) / (report.heap[0] ?? NaN)).toBeLessThan(1.25);
});
