/** The frames sent to a client: success, failure, event. It knows only their form, not when they are due. */
import type { ReportCommand, ReportEventName } from '../../shared/link/report.ts';

/** Why a request failed, as the processor reports it. Without a `context`, the message has none. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly context?: string;
}

export function successFrame(command: ReportCommand, data: object): string {
  return JSON.stringify({ command, result: 'success', data });
}

/** @param original the whole request; left out if it is undefined or nested too deeply to be written */
export function failureFrame(command: string, failure: Failure, original: unknown): string {
  const message = { command, result: 'failure', failure };
  try {
    return JSON.stringify({ ...message, original });
  } catch {
    // Parsing copes with nesting that writing does not; the client still needs its answer.
    return JSON.stringify(message);
  }
}

/** An event of a team, as it is on the wire. */
export interface TeamEvent {
  readonly name: ReportEventName;
  readonly team: object;
}

export function eventFrame(agentId: string, { name, team }: TeamEvent): string {
  return JSON.stringify({ name, data: { agentId, team } });
}

/** A text like the stack traces that the processor puts into `context`. */
export function stackTrace(exception: string, ...methods: readonly string[]): string {
  return [
    exception,
    ...methods.map((method, index) => `\tat ${method}(${fileOf(method)}:${String(87 + index * 41)})`),
  ].join('\n');
}

function fileOf(method: string): string {
  return `${method.split('.').at(-2) ?? 'Unknown'}.java`;
}
