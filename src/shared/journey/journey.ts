/** A call's journey as plain data, or why it could not be had. */
import { trimId } from '../base/folding.ts';
import type { RequestErrorCode } from '../base/requests.ts';
import type { Text } from '../texts/text.ts';

export interface JourneyStep {
  /** From 1, in the order of the answer. */
  readonly number: number;
  /** The step's own call id, which can differ from the requested one. */
  readonly callId: string;
  /** Whether `callId` differs from that of the step before (for the first: from the requested id). */
  readonly isOtherCallId: boolean;
  readonly device: string;
  readonly deviceType: string;
  readonly description: string;
  /** As received. */
  readonly duration: string;
  /** The duration in seconds, or null if it can't be read. */
  readonly seconds: number | null;
  /** For a malformed step, its raw text, shortened; null for a valid step. */
  readonly malformed: string | null;
}

/** Something notable in a journey, with the numbers of the steps that show it. Only what is certain. */
export type Finding = { readonly steps: readonly number[] } & (
  | {
      /** The last step has no duration yet. */
      readonly kind: 'may-be-up';
    }
  | {
      /** The last step is in a queue: the caller gave up there, or is still waiting. */
      readonly kind: 'ends-in-queue';
      readonly device: string;
    }
  | {
      /** The last step is in a script. */
      readonly kind: 'ends-in-script';
      readonly device: string;
    }
  | {
      /** `unanswered`: the step says so. `returned`: to a device and back to the same queue. */
      readonly kind: 'unanswered' | 'returned';
      readonly devices: readonly { readonly device: string; readonly times: number }[];
    }
  | { readonly kind: 'back-and-forth'; readonly devices: readonly [string, string] }
  | { readonly kind: 'same-queue'; readonly device: string }
  | { readonly kind: 'queued'; readonly seconds: number; readonly isPartial: boolean }
  | {
      /** `what`: its description and its device, without empty ones. */
      readonly kind: 'longest';
      readonly seconds: number;
      readonly share: number;
      readonly isPartial: boolean;
      readonly what: readonly string[];
    }
  | { readonly kind: 'new-call-id' }
  | { readonly kind: 'unreadable-duration' }
  | { readonly kind: 'odd-step' }
);

export interface Journey {
  readonly callId: string;
  readonly answeredAt: number;
  readonly steps: readonly JourneyStep[];
  /** Steps may overlap, so this is not the length of the call. */
  readonly sumOfStepsSeconds: number;
  /**
   * How many steps are missing from the sum because their duration can't be read, not counting a last step that may
   * still be going on.
   */
  readonly unreadableDurations: number;
  readonly findings: readonly Finding[];
}

/** Why there is no journey although no processor refused it. */
export const JOURNEY_FAILURES = [
  'bad-call-id',
  'timeout',
  'link-down',
  'queue-full',
  'malformed-answer',
  'stopped',
] as const;
export type JourneyFailureKind = (typeof JOURNEY_FAILURES)[number];

interface JourneyFailureBase {
  readonly callId: string;
  readonly message: Text;
  /** What to try. */
  readonly remedy: Text;
  /** Stack trace and original request, if any; otherwise empty. */
  readonly details: string;
}

/** The processor refused, with its own code; null if it gave none. */
export interface JourneyRefusal extends JourneyFailureBase {
  readonly kind: 'refused';
  readonly code: string | null;
}

/** The processor was not asked, or did not give a proper answer. */
export interface UnansweredJourney extends JourneyFailureBase {
  readonly kind: JourneyFailureKind;
  /** Empty if no code is needed; otherwise the kind of failure, or why the host could not be asked. */
  readonly code: JourneyFailureKind | RequestErrorCode | null;
}

export type JourneyFailure = JourneyRefusal | UnansweredJourney;

export type JourneyAnswer =
  { readonly ok: true; readonly journey: Journey } | { readonly ok: false; readonly failure: JourneyFailure };

/** The call id in what a person typed or pasted. Brackets, a comma, and words like “Call ID:” around it are removed. */
export function cleanCallId(typed: string): string {
  const text = trimId(typed);
  if (text.length > MAX_CALL_ID_LENGTH) return text;
  const bare = LABELLED.exec(text)?.[1] ?? '';
  return looksLikeCallId(bare) ? bare : text;
}

/**
 * Words ending in a colon or the like, or “call”, “id”; then an id in brackets or quotes, or followed by a full stop or
 * comma.
 */
const LABELLED =
  /^(?:[^\d:=#：]{0,40}[:=#：]|(?:call[ _-]?)?id\s|call\s)?[\s"'“”‘’„«»`<([{]*([\w-]+)[\s"'“”‘’„«»`>)\]},;.]*$/i;

/**
 * Whether a text looks like a call id, so that other copied or linked text is sent to nobody: a 32-bit number,
 * node-session-sequence, or the letters and digits of a chat.
 */
export function looksLikeCallId(text: string): boolean {
  if (/^\d{1,10}$/.test(text)) return Number(text) < 2 ** 32;
  return /^\d{1,3}-\d{6,15}-\d{1,4}$/.test(text) || /^(?=.*\d)(?=.*[A-F])[0-9A-F]{32}$/i.test(text);
}

/** UCCX call ids have a few dozen characters at most; anything longer is not one. */
export const MAX_CALL_ID_LENGTH = 256;
