/**
 * The words of the UCCX Report Server, exactly as its messages have them: commands, event names, statuses, member
 * types and the shapes of requests. It knows nothing of how messages travel or what is made of them.
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
/** Which of them a text is, in whatever spelling. */
export const memberTypeOf = wordFinder(MEMBER_TYPES);

/** What each command asks with: the request's `data`. */
export interface RequestData {
  'report.calljourney': { readonly CallId: string };
  'report.teamstatus.begin': { readonly agentId: string };
  'report.teamstatus.end': { readonly agentId: string };
}

/** A request as it goes to the processor. */
export type ReportRequest = {
  [C in ReportCommand]: { readonly command: C; readonly data: RequestData[C] };
}[ReportCommand];

/** The processor's account of why a request failed. `context` may hold a stack trace. */
export interface ReportFailure {
  readonly code: string;
  readonly message: string;
  readonly context: string;
}

/** A frame larger than this departs from the contract. UTF-8 bytes. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
