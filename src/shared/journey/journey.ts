/** What is told of a call's journey, and of the failure to learn it. */
import { trimId } from '../base/folding.ts';
import type { RequestErrorCode } from '../base/requests.ts';
import type { Text } from '../texts/text.ts';

export interface JourneyStep {
  /** From 1, in the order of the answer. */
  readonly number: number;
  /** The step's own call id, which can differ from the one asked for. */
  readonly callId: string;
  /** Whether `callId` differs from that of the step before (for the first: from the id asked for). */
  readonly isOtherCallId: boolean;
  readonly device: string;
  readonly deviceType: string;
  readonly description: string;
  /** As it came. */
  readonly duration: string;
  /** The duration read as seconds, or null where it can't be read. */
  readonly seconds: number | null;
  /** Where the step is not what it should be: what came, shortened; null for a good step. */
  readonly malformed: string | null;
}

/** Something in a journey that is worth saying, with the numbers of the steps that show it. Only what is certain. */
export type Finding = { readonly steps: readonly number[] } & (
  | {
      /** The last step has no duration yet. */
      readonly kind: 'may-be-up';
    }
  | {
      /** The last step is in a queue: given up there, or still waiting. */
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
      /** `what`: its description and its device, without those that are empty. */
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
  /** How many steps are not in the sum because their duration can't be read; a last one that may still last is not among them. */
  readonly unreadableDurations: number;
  readonly findings: readonly Finding[];
}

/** Why there is no journey though no processor refused it. */
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
  /** Stack trace and original request, where there are any; otherwise empty. */
  readonly details: string;
}

/** The processor refused, with a code of its own; null if it gave none. */
export interface JourneyRefusal extends JourneyFailureBase {
  readonly kind: 'refused';
  readonly code: string | null;
}

/** It was not asked, or did not answer as it should. */
export interface UnansweredJourney extends JourneyFailureBase {
  readonly kind: JourneyFailureKind;
  /** Null for what needs no code; otherwise the kind, or why the host could not be asked. */
  readonly code: JourneyFailureKind | RequestErrorCode | null;
}

export type JourneyFailure = JourneyRefusal | UnansweredJourney;

export type JourneyAnswer =
  { readonly ok: true; readonly journey: Journey } | { readonly ok: false; readonly failure: JourneyFailure };

/** What somebody typed or pasted: brackets, a comma and words like “Call ID:” around what is like an id are forgiven, too. */
export function cleanCallId(typed: string): string {
  const text = trimId(typed);
  if (text.length > MAX_CALL_ID_LENGTH) return text;
  const bare = LABELLED.exec(text)?.[1] ?? '';
  return looksLikeCallId(bare) ? bare : text;
}

/** Words that end in a colon or the like, or “call”, “id”; then an id in brackets or quotes, or with a stop or comma behind it. */
const LABELLED =
  /^(?:[^\d:=#：]{0,40}[:=#：]|(?:call[ _-]?)?id\s|call\s)?[\s"'“”‘’„«»`<([{]*([\w-]+)[\s"'“”‘’„«»`>)\]},;.]*$/i;

/**
 * Whether a text is like a call's id, so that what else is copied or linked to is not sent to anybody: a number of 32
 * bits, node-session-sequence, or the letters and digits of a chat.
 */
export function looksLikeCallId(text: string): boolean {
  if (/^\d{1,10}$/.test(text)) return Number(text) < 2 ** 32;
  return /^\d{1,3}-\d{6,15}-\d{1,4}$/.test(text) || /^(?=.*\d)(?=.*[A-F])[0-9A-F]{32}$/i.test(text);
}

/** UCCX call ids are at most some dozens of characters; anything beyond this is not one. */
export const MAX_CALL_ID_LENGTH = 256;
