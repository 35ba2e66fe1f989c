/** A log for what is there before the host is, whose log, which names nobody, takes its place. */
import type { Log } from '../core/log.ts';

export class ReplaceableLog implements Log {
  #log: Log;

  constructor(first: Log) {
    this.#log = first;
  }

  replace(log: Log): void {
    this.#log = log;
  }

  debug(message: string): void {
    this.#log.debug(message);
  }

  info(message: string): void {
    this.#log.info(message);
  }

  warn(message: string): void {
    this.#log.warn(message);
  }

  error(message: string, cause?: unknown): void {
    this.#log.error(message, cause);
  }
}
