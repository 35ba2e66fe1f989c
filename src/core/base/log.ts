/** The interface for logging: the core reports what happened, and the host decides where it goes. */
export interface Log {
  /** Details that matter only when someone is looking for a bug. */
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}
