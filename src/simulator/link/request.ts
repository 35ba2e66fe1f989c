/**
 * Reads what a client sent: a documented request, or what is wrong with it. It knows neither agents nor calls, so
 * whether the requested thing exists is decided elsewhere.
 */
import { errorText } from '../../shared/base/error-text.ts';
import { REPORT_COMMANDS, type ReportCommand, type ReportRequest } from '../../shared/link/report.ts';

export type ReadRequest =
  | { readonly ok: true; readonly request: ReportRequest; readonly original: unknown }
  | {
      readonly ok: false;
      /** The command as received; empty if there was none. */
      readonly command: string;
      readonly problem: string;
      /** The received JSON; undefined if it was not JSON. */
      readonly original: unknown;
    };

/** Never throws. `original` is the complete input. */
export function readRequest(text: string): ReadRequest {
  let original: unknown;
  try {
    original = JSON.parse(text);
  } catch (error) {
    return bad('', `The request is not JSON: ${errorText(error)}`, undefined);
  }
  if (!isRecord(original)) return bad('', 'The request is not a JSON object.', original);
  const { command, data } = original;
  if (typeof command !== 'string') return bad('', 'The request has no “command”.', original);
  if (!isCommand(command)) return bad(command, `There is no command “${command.slice(0, 100)}”.`, original);
  const key = command === 'report.calljourney' ? 'CallId' : 'agentId';
  const id = isRecord(data) ? data[key] : undefined;
  if (typeof id !== 'string' || id === '') return bad(command, `“data.${key}” must be text and not empty.`, original);
  const request: ReportRequest =
    command === 'report.calljourney' ? { command, data: { CallId: id } } : { command, data: { agentId: id } };
  return { ok: true, request, original };
}

function bad(command: string, problem: string, original: unknown): ReadRequest {
  return { ok: false, command, problem, original };
}

function isCommand(text: string): text is ReportCommand {
  return (REPORT_COMMANDS as readonly string[]).includes(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
