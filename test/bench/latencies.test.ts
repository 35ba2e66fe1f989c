/** How long events took, out of what was sent and what was seen. */
import { expect, test } from 'vitest';
import { latencies } from '../../bench/latencies.ts';

const SHOWN = [
  { row: 0, sentAt: 10, paintedAt: 25 },
  { row: 1, sentAt: 20, paintedAt: 42 },
  { row: 0, sentAt: 40, paintedAt: 58 },
];

test('an event took until the frame in which its own row showed it', () => {
  const sent = [
    { row: 0, sentAt: 10 },
    { row: 1, sentAt: 20 },
    { row: 0, sentAt: 40 },
  ];
  expect(latencies(sent, SHOWN)).toEqual([15, 22, 18]);
});

test('one that the next of its row overtook was painted with that one', () => {
  const sent = [
    { row: 0, sentAt: 10 },
    { row: 0, sentAt: 30 },
    { row: 0, sentAt: 40 },
  ];
  expect(latencies(sent, SHOWN)).toEqual([15, 28, 18]);
});

test('while one has not been painted there is no answer', () => {
  expect(latencies([{ row: 1, sentAt: 21 }], SHOWN)).toBeNull();
});
