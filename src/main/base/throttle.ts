/** Limits how often something runs that is asked for often. It knows nothing of what that is. */

/** Returns a function that calls `run` at once, but at most every `spanMs`; calls in between run once, at the end of it. */
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
