/**
 * Departures of the processor from the contract of docs/PROTOCOL.md: what came that should not have, counted by kind.
 * A departure is survived; it is told to the user in one quiet place.
 */

export const DEPARTURE_KINDS = {
  'binary-frame': 'A binary frame; reports travel as text',
  'frame-too-large': 'A frame larger than 4 MiB',
  'broken-frame': 'A frame that breaks the WebSocket protocol; the connection can’t go on',
  'malformed-json': 'A frame that is not JSON',
  'not-a-message': 'JSON that is neither a response nor an event',
  'unknown-command': 'A response to a command that does not exist',
  'unknown-result': 'A response that is neither success nor failure',
  'unknown-event': 'An event with a name that does not exist',
  'missing-field': 'A field that should be there is missing',
  'mistyped-field': 'A field is of another type than documented',
  'unknown-agent': 'An event for an agent that is not watched',
  'unknown-team': 'An event for a team that was not announced',
  'unknown-member': 'An event for a member that was not announced',
  'team-announced-again': 'A team was announced although it already was',
  'unasked-answer': 'A response that nobody asked for',
  'late-answer': 'A response that came after its request had timed out',
  'untold-answer': 'A response that could belong to more than one request',
} as const;
export type DepartureKind = keyof typeof DEPARTURE_KINDS;

export interface Departure {
  readonly kind: DepartureKind;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** What was wrong with the last one: which field; ids that it names are masked. */
  readonly detail: string;
  /** The beginning of the last frame of this kind, with names, ids and texts masked. */
  readonly example: string;
}
