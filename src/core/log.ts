/** The seam for logging: the core says what happened, the host decides where it goes. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}
