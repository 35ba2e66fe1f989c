/**
 * Calls a function at a given rate with a single timer, several times per tick if the rate is high. It knows nothing
 * about what the function does.
 */

/** Shorter waits are not worth the cost of the timers. */
const MIN_WAIT_MS = 10;
/** A longer wait is split, because timers can't hold very long ones. */
const MAX_WAIT_MS = 60_000;
/** After a pause, such as machine sleep, only this much is caught up. */
const MAX_CATCH_UP_MS = 1_000;

/** Starts at once. Returns a function that stops it; calling that twice is safe. A rate of 0 never calls. */
export function startPacer(ratePerSecond: number, act: () => void): () => void {
  if (ratePerSecond <= 0) return () => undefined;
  const periodMs = 1_000 / ratePerSecond;
  let dueAtMs = performance.now() + periodMs;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const untilDueMs = dueAtMs - performance.now();
    timer = setTimeout(tick, Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, untilDueMs)));
  };
  const tick = (): void => {
    const nowMs = performance.now();
    dueAtMs = Math.max(dueAtMs, nowMs - MAX_CATCH_UP_MS);
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
