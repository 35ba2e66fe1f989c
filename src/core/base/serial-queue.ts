/** Runs asynchronous work one piece at a time, in the order it was handed in. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work once all earlier work has ended, successfully or not. Settles as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    // A failure goes to the caller; the next piece of work still runs.
    this.#last = done.catch(() => undefined);
    return done;
  }
}
