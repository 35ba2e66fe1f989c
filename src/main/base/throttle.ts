/** Limits how often something runs. It must not know what that is. */

/**
 * Returns a function that calls `run` at once, but at most every `spanMs`. Calls in between run once, when the span
 * ends.
 */
export function throttle(spanMs: number, run: () => void): () => void {
  let isResting = false;
  let isAsked = false;
  const ask = (): void => {
    isAsked = isResting;
    if (isResting) return;
    isResting = true;
    setTimeout(() => {
      isResting = false;
      if (isAsked) ask();
    }, spanMs);
    run();
  };
  return ask;
}
