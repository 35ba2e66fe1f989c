/** Limits how often something runs. It must not know what that is. */

/**
 * Returns a function that calls `run` at once, but at most every `spanMs`. Calls in between run once, when the span
 * ends.
 */
export function throttle(spanMs: number, run: () => void): () => void {
  let state: 'ready' | 'resting' | 'called' = 'ready';
  const call = (): void => {
    if (state !== 'ready') {
      state = 'called';
      return;
    }
    state = 'resting';
    setTimeout(() => {
      const wasCalled = state === 'called';
      state = 'ready';
      if (wasCalled) call();
    }, spanMs);
    run();
  };
  return call;
}
