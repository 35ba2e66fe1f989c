/**
 * The vocabulary of the UCCX Report Server, exactly as in its messages: commands, event names, statuses, member types
 * and the shapes of requests. It knows nothing about how messages travel or are used.
 * Source: docs/PROTOCOL.md.
 */
import { wordFinder } from '../base/folding.ts';

export const REPORT_COMMANDS = ['report.calljourney', 'report.teamstatus.begin', 'report.teamstatus.end'] as const;
export type ReportCommand = (typeof REPORT_COMMANDS)[number];

export const REPORT_EVENT_NAMES = [
  'report.teamstatus.teamadded',
  'report.teamstatus.teamchanged',
  'report.teamstatus.teamremoved',
  'report.teamstatus.memberadded',
  'report.teamstatus.memberstatuschanged',
  'report.teamstatus.memberremoved',
] as const;
export type ReportEventName = (typeof REPORT_EVENT_NAMES)[number];

/** The member types that the reports document. */
const MEMBER_TYPES = ['Agent', 'Supervisor', 'TeamLead'] as const;
/** Finds a member type in any spelling. */
export const memberTypeOf = wordFinder(MEMBER_TYPES);

/** The `data` of each command's request. */
export interface RequestData {
  'report.calljourney': { readonly CallId: string };
  'report.teamstatus.begin': { readonly agentId: string };
  'report.teamstatus.end': { readonly agentId: string };
}

/** A request as sent to the processor. */
export type ReportRequest = {
  [C in ReportCommand]: { readonly command: C; readonly data: RequestData[C] };
}[ReportCommand];

/** Why a request failed, as the processor explains it. `context` may hold a stack trace. */
export interface ReportFailure {
  readonly code: string;
  readonly message: string;
  readonly context: string;
}

/** A larger frame violates the contract. UTF-8 bytes. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
