/**
 * Calls a function so many times a second with a single timer, several times a tick where the rate is high. It knows
 * nothing of what is done.
 */

/** Finer than this, timers are not worth their cost. */
const SHORTEST_WAIT_MS = 10;
/** A longer wait than this is taken in pieces, since timers can't hold very long ones. */
const LONGEST_WAIT_MS = 60_000;
/** After a pause, such as the sleep of the machine, no more than this is made up for. */
const MAX_ARREARS_MS = 1_000;

/** Begins at once; returns what stops it, which may be called twice. A rate of 0 never calls. */
export function startPacer(ratePerSecond: number, act: () => void): () => void {
  if (ratePerSecond <= 0) return () => undefined;
  const periodMs = 1_000 / ratePerSecond;
  let dueAtMs = performance.now() + periodMs;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const untilDueMs = dueAtMs - performance.now();
    timer = setTimeout(tick, Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, untilDueMs)));
  };
  const tick = (): void => {
    const nowMs = performance.now();
    dueAtMs = Math.max(dueAtMs, nowMs - MAX_ARREARS_MS);
    while (dueAtMs <= nowMs) {
      dueAtMs += periodMs;
      act();
    }
    wait();
  };
  wait();
  return () => {
    clearTimeout(timer);
  };
}
