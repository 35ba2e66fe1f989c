/** Bounds how often something runs that is asked for often. It knows nothing of what that is. */

/** A function that runs `run` at once, but at most every `spanMs`; what is asked for in between runs at its end, once. */
export function atMostEvery(spanMs: number, run: () => void): () => void {
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
