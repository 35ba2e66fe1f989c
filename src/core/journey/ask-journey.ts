/**
 * Asks for a call's journey and puts every way in which that can end into words. It knows nothing of sockets, and
 * nothing of how the answer is shown.
 */
import { MAX_CALL_ID_LENGTH, type JourneyAnswer, type JourneyFailure } from '../../shared/journey.ts';
import type { LinkState } from '../../shared/link.ts';
import { jsonText } from '../json-text.ts';
import type { Clock } from '../processor/clock.ts';
import { failureDetails } from '../processor/failure-details.ts';
import type { Oddity } from '../processor/message.ts';
import type { RequestQueue } from '../processor/request-queue.ts';
import { readJourney } from './read-journey.ts';

export interface AskJourneyOptions {
  readonly clock: Clock;
  /** Null while the widget is connected to no processor and does not try to be. */
  readonly queue: RequestQueue | null;
  readonly link: LinkState;
  readonly answerTimeoutMs: number;
  readonly onOddity: (oddity: Oddity, answer: string) => void;
}

/** `typed` is a call id as a person typed or pasted it. Never rejects. */
export async function askJourney(typed: string, options: AskJourneyOptions): Promise<JourneyAnswer> {
  const callId = cleanCallId(typed);
  const fail = (
    failure: Omit<JourneyFailure, 'callId' | 'code' | 'details'> & Partial<JourneyFailure>,
  ): JourneyAnswer => ({
    ok: false,
    failure: { callId, code: failure.kind, details: '', ...failure },
  });
  if (callId === '') {
    return fail({ kind: 'bad-call-id', message: 'There is no call id.', remedy: 'Type or paste the id of a call.' });
  }
  if (callId.length > MAX_CALL_ID_LENGTH) {
    return fail({
      kind: 'bad-call-id',
      message: `This is ${String(callId.length)} characters long; a call id has at most ${String(MAX_CALL_ID_LENGTH)}.`,
      remedy: 'Paste the id alone.',
    });
  }
  const { queue, link } = options;
  if (queue === null || link.name === 'stopped') {
    const reason = link.name === 'stopped' ? link.reason : { message: 'It has not been started.', remedy: '' };
    return fail({ kind: 'stopped', message: `The link is stopped. ${reason.message}`, remedy: reason.remedy });
  }
  const outcome = await queue.request('report.calljourney', { CallId: callId }, { survivesBreak: true });
  switch (outcome.type) {
    case 'success': {
      const { journey, oddities } = readJourney(callId, outcome.data, options.clock.now());
      const answer = oddities.length === 0 ? '' : shortJson(outcome.data);
      for (const oddity of oddities) options.onOddity(oddity, answer);
      if (journey !== null) return { ok: true, journey };
      return fail({
        kind: 'malformed-answer',
        message: 'The processor answered, but without a list of steps.',
        remedy: 'Ask again; if it stays so, hand the contract report to whoever runs the server.',
        details: answer,
      });
    }
    case 'failure':
      return fail({
        kind: 'refused',
        code: outcome.failure.code === '' ? 'refused' : outcome.failure.code,
        message: outcome.failure.message === '' ? 'The processor gave no reason.' : outcome.failure.message,
        remedy: /not.?found|unknown|no.?such/i.test(outcome.failure.code)
          ? 'Check the id; the processor may also have forgotten an old call.'
          : 'Ask again later; if it stays so, hand code and details to whoever runs the server.',
        details: failureDetails(outcome.failure.context, outcome.original),
      });
    case 'timeout':
      return fail({
        kind: 'timeout',
        message: `The processor did not answer within ${String(options.answerTimeoutMs / 1000)} seconds.`,
        remedy: 'Ask again. An answer that still comes is never shown for another call.',
      });
    case 'not-sent':
      return outcome.reason === 'link-down'
        ? fail({
            kind: 'link-down',
            message: 'There is no connection to the processor, and none came while the question waited.',
            remedy: 'Ask again when the link is live.',
          })
        : fail({
            kind: 'timeout',
            message: 'The question waited too long for its turn and was not asked.',
            remedy: 'Ask again in a moment.',
          });
    case 'queue-full':
      return fail({
        kind: 'queue-full',
        message: 'Too many questions are waiting for an answer.',
        remedy: 'Ask again when some have been answered.',
      });
    case 'connection-lost':
      return fail({
        kind: 'stopped',
        message: 'The connection was ended before the answer came.',
        remedy: 'Ask again when the link is live.',
      });
  }
}

/** Spaces, line ends and quotes around an id are forgiven; inside it nothing is touched. */
export function cleanCallId(typed: string): string {
  let start = 0;
  let end = typed.length;
  while (start < end && AROUND.test(typed.charAt(start))) start += 1;
  while (end > start && AROUND.test(typed.charAt(end - 1))) end -= 1;
  return typed.slice(start, end);
}

// Tried on one character at a time: as one expression it would take minutes over a pasted file.
const AROUND = /[\s"'“”‘’„«»`]/;

function shortJson(value: unknown): string {
  return jsonText(value).slice(0, 2000);
}
