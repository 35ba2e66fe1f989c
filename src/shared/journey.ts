/** What is told of a call's journey, and of the failure to learn it. */
import type { Text } from './texts/text.ts';

export interface JourneyStep {
  /** From 1, in the order of the answer. */
  readonly number: number;
  /** The step's own call id, which can differ from the one asked for. */
  readonly callId: string;
  /** Whether `callId` differs from that of the step before (for the first: from the id asked for). */
  readonly isNewCallId: boolean;
  readonly device: string;
  readonly deviceType: string;
  readonly description: string;
  /** As it came. */
  readonly duration: string;
  /** The duration read as seconds, or null where it can't be read. */
  readonly seconds: number | null;
  /** Where the step is not what it should be: what came, shortened; empty for a good step. */
  readonly oddity: string;
}

export interface Journey {
  readonly callId: string;
  readonly answeredAt: number;
  readonly steps: readonly JourneyStep[];
  /** Steps may overlap, so this is not the length of the call. */
  readonly sumOfStepsSeconds: number;
  /** How many steps are not in the sum because their duration can't be read. */
  readonly unreadableDurations: number;
}

export type JourneyFailureKind =
  'bad-call-id' | 'refused' | 'timeout' | 'link-down' | 'queue-full' | 'malformed-answer' | 'stopped';

export interface JourneyFailure {
  readonly kind: JourneyFailureKind;
  readonly callId: string;
  /** The processor's code where it refused; otherwise the kind. */
  readonly code: string;
  readonly message: Text;
  /** What to try. */
  readonly remedy: Text;
  /** Stack trace and original request, where there are any; otherwise empty. */
  readonly details: string;
}

export type JourneyAnswer =
  { readonly ok: true; readonly journey: Journey } | { readonly ok: false; readonly failure: JourneyFailure };

/** UCCX call ids are at most some dozens of characters; anything beyond this is not one. */
export const MAX_CALL_ID_LENGTH = 256;
