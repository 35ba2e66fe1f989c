/** The ledger of blind time: what it keeps, and that it stays within its bounds. */
import { expect, test } from 'vitest';
import { BlindTimeLedger } from '../../../src/core/link/blind-time.ts';
import { totalBlindMs } from '../../../src/shared/link/blind-time.ts';
import type { LinkCode, LinkState, LinkView } from '../../../src/shared/link/link.ts';
import { reason } from '../../../lab/fake-transport.ts';

const live = (since: number): LinkView => ({
  state: { name: 'live', since, url: 'ws://a' },
  wasLive: true,
  blindSince: null,
  blindReason: null,
});
const blind = (since: number, name: 'waiting' | 'stale', code: LinkCode = 'silent'): LinkView => {
  const state: LinkState =
    name === 'stale'
      ? { name, since, url: 'ws://a' }
      : { name, since, attempt: 1, nextTryAt: since, reason: reason(code) };
  return { state, wasLive: true, blindSince: since, blindReason: reason(code) };
};

function setUp() {
  let now = 0;
  const ledger = new BlindTimeLedger(() => now);
  return {
    ledger,
    at: (moment: number, view: LinkView) => {
      now = moment;
      ledger.follow(view);
    },
  };
}

test('before the link was first live there is nothing to be blind for', () => {
  const { ledger, at } = setUp();
  at(5, {
    state: { name: 'connecting', since: 5, url: 'a', attempt: 1 },
    wasLive: false,
    blindSince: null,
    blindReason: null,
  });
  expect(ledger.whole).toEqual({ watchedSince: null, now: 5, gaps: [], earlier: null });
  at(7, live(7));
  expect(ledger.whole.watchedSince).toBe(7);
});

test('[BLIND-1] one gap is one entry, with its first reason, whatever happens in it', () => {
  const { ledger, at } = setUp();
  at(0, live(0));
  at(30, blind(10, 'stale', 'silent'));
  at(40, blind(10, 'waiting', 'silent'));
  ledger.markLost();
  at(50, { ...blind(10, 'waiting', 'silent'), state: { name: 'connecting', since: 50, url: 'a', attempt: 2 } });
  ledger.markLost();
  at(60, live(60));
  at(61, live(60));
  expect(ledger.whole.gaps).toEqual([{ from: 10, to: 60, reason: reason('silent'), isLost: true }]);
  expect(totalBlindMs(ledger.whole)).toBe(50);
});

test('the present gap counts up to now', () => {
  const { ledger, at } = setUp();
  at(0, live(0));
  at(100, blind(70, 'stale'));
  expect(totalBlindMs(ledger.whole)).toBe(30);
  expect(ledger.summary).toEqual({ gaps: 1, blindSince: 70 });
});

test('[BLIND-1] of very many gaps the oldest are kept as a sum, and none is forgotten', () => {
  const { ledger, at } = setUp();
  for (let round = 0; round < 1500; round += 1) {
    at(round * 10, live(round * 10));
    at(round * 10 + 6, blind(round * 10 + 4, 'waiting'));
  }
  at(15_000, live(15_000));
  const { gaps, earlier } = ledger.whole;
  expect(gaps).toHaveLength(1000);
  expect(gaps[0]?.from).toBe(5004);
  expect(earlier).toEqual({ count: 500, totalMs: 3000, from: 4, to: 5000 });
  expect(ledger.summary.gaps).toBe(1500);
  expect(totalBlindMs(ledger.whole)).toBe(9000);
});

test('no time is counted twice: a link that was late before it was live is blind from then on', () => {
  const { ledger, at } = setUp();
  at(100, live(100));
  at(120, blind(80, 'stale', 'silent'));
  at(200, live(200));
  at(220, blind(190, 'stale', 'silent'));
  expect(ledger.whole.gaps.map(({ from, to }) => [from, to])).toEqual([
    [100, 200],
    [200, null],
  ]);
  expect(totalBlindMs(ledger.whole)).toBe(120);
});
