/** The seam for logging: the core says what happened, the host decides where it goes. */
export interface Log {
  /** What only somebody who looks for a fault wants to know. */
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}
