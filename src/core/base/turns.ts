/** Lets what takes time be done one after the other, in the order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Carries out the action when all before it are over, however they ended; settles as the action does. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#last.then(action);
    // Whoever asked is told of a failure; the next turn comes all the same.
    this.#last = done.catch(() => undefined);
    return done;
  }
}
