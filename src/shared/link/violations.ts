/**
 * Violations of the contract in docs/PROTOCOL.md by the processor: unexpected input, counted by kind. The widget
 * survives a violation and shows it in one unobtrusive place.
 */
import type { PlainKey } from '../texts/languages.ts';

/** Each kind with the text that explains it. */
export const VIOLATION_KINDS = {
  'binary-frame': 'departures.binary-frame',
  'frame-too-large': 'departures.frame-too-large',
  'broken-frame': 'departures.broken-frame',
  'malformed-json': 'departures.malformed-json',
  'not-a-message': 'departures.not-a-message',
  'unknown-command': 'departures.unknown-command',
  'unknown-result': 'departures.unknown-result',
  'unknown-event': 'departures.unknown-event',
  'other-spelling': 'departures.other-spelling',
  'missing-field': 'departures.missing-field',
  'mistyped-field': 'departures.mistyped-field',
  'unexpected-content': 'departures.unexpected-content',
  'repeated-member': 'departures.repeated-member',
  'unknown-agent': 'departures.unknown-agent',
  'unknown-team': 'departures.unknown-team',
  'unknown-member': 'departures.unknown-member',
  'team-announced-again': 'departures.team-announced-again',
  'unasked-answer': 'departures.unasked-answer',
  'late-answer': 'departures.late-answer',
  'untold-answer': 'departures.untold-answer',
} as const satisfies Readonly<Record<string, PlainKey>>;
export type ViolationKind = keyof typeof VIOLATION_KINDS;

export interface ViolationRecord {
  readonly kind: ViolationKind;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** What was wrong with the last one: which field. Ids in it are masked. */
  readonly detail: string;
  /** The beginning of the last such frame, with names, ids and texts masked. */
  readonly example: string;
}
