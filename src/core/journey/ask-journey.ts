/**
 * Asks for a call's journey and describes every possible outcome in words. It knows nothing about sockets or about how
 * the answer is shown.
 */
import { isBlank } from '../../shared/base/folding.ts';
import {
  cleanCallId,
  MAX_CALL_ID_LENGTH,
  type JourneyAnswer,
  type UnansweredJourney,
} from '../../shared/journey/journey.ts';
import type { LinkState } from '../../shared/link/link.ts';
import { isNotFound } from '../../shared/link/refusals.ts';
import type { Text } from '../../shared/texts/text.ts';
import { jsonText } from '../base/json-text.ts';
import type { Clock } from '../base/clock.ts';
import { failureDetails } from '../link/failure-details.ts';
import type { Violation } from '../link/message.ts';
import type { RequestQueue } from '../link/request-queue.ts';
import { readJourney } from './read-journey.ts';

export interface AskJourneyOptions {
  readonly clock: Clock;
  /** Null while the widget is not connected to a processor and is not trying to connect. */
  readonly queue: RequestQueue | null;
  readonly link: LinkState;
  readonly answerTimeoutMs: number;
  readonly onViolation: (violation: Violation, answer: string) => void;
}

/** `typed` is a call id as a person typed or pasted it. Never rejects. */
export async function askJourney(typed: string, options: AskJourneyOptions): Promise<JourneyAnswer> {
  const callId = cleanCallId(typed);
  const fail = (
    failure: Omit<UnansweredJourney, 'callId' | 'code' | 'details'> & Partial<UnansweredJourney>,
  ): JourneyAnswer => ({
    ok: false,
    failure: { callId, code: failure.kind, details: '', ...failure },
  });
  if (callId === '') {
    return fail({
      kind: 'bad-call-id',
      code: null,
      message: { key: 'journey.failures.noCallId' },
      remedy: { key: 'journey.failures.noCallIdRemedy' },
    });
  }
  if (callId.length > MAX_CALL_ID_LENGTH) {
    return fail({
      kind: 'bad-call-id',
      code: null,
      message: { key: 'journey.failures.tooLong', values: { most: MAX_CALL_ID_LENGTH } },
      remedy: { key: 'journey.failures.tooLongRemedy' },
    });
  }
  const { queue, link } = options;
  if (queue === null || link.name === 'stopped') {
    const notStarted: Text = { key: 'journey.failures.notStarted' };
    const { message, remedy } = link.name === 'stopped' ? link.reason : { message: notStarted, remedy: '' };
    return fail({
      kind: 'stopped',
      message: { key: 'journey.failures.linkStopped', values: { reason: message } },
      remedy,
    });
  }
  const outcome = await queue.request('report.calljourney', { CallId: callId }, { survivesBreak: true });
  switch (outcome.type) {
    case 'success': {
      const { journey, violations } = readJourney(callId, outcome.data, options.clock.now(), outcome.frame);
      // Show the text as received, if known, rather than the parsed value.
      const answer =
        violations.length === 0 ? '' : (outcome.frame ?? jsonText(outcome.data)).slice(0, MAX_ANSWER_LENGTH);
      for (const violation of violations) options.onViolation(violation, answer);
      if (journey !== null) return { ok: true, journey };
      return fail({
        kind: 'malformed-answer',
        message: { key: 'journey.failures.malformed' },
        remedy: { key: 'journey.failures.malformedRemedy' },
        details: answer,
      });
    }
    case 'failure':
      return {
        ok: false,
        failure: {
          kind: 'refused',
          callId,
          code: isBlank(outcome.failure.code) ? null : outcome.failure.code,
          message: isBlank(outcome.failure.message) ? { key: 'journey.failures.noReason' } : outcome.failure.message,
          remedy: isNotFound(outcome.failure)
            ? { key: 'journey.failures.notFoundRemedy' }
            : { key: 'journey.failures.refusedRemedy' },
          details: failureDetails(outcome.failure.context, outcome.original, outcome.frame),
        },
      };
    case 'timeout':
      return fail({
        kind: 'timeout',
        message: { key: 'journey.failures.timeout', values: { count: options.answerTimeoutMs / 1000 } },
        remedy: { key: 'journey.failures.timeoutRemedy' },
      });
    case 'not-sent':
      return outcome.reason === 'link-down'
        ? fail({
            kind: 'link-down',
            message: { key: 'journey.failures.linkDown' },
            remedy: { key: 'journey.failures.whenLive' },
          })
        : fail({
            kind: 'timeout',
            message: { key: 'journey.failures.notAsked' },
            remedy: { key: 'journey.failures.inAMoment' },
          });
    case 'queue-full':
      return fail({
        kind: 'queue-full',
        message: { key: 'journey.failures.queueFull' },
        remedy: { key: 'journey.failures.queueFullRemedy' },
      });
    case 'connection-lost':
      return fail({
        kind: 'stopped',
        message: { key: 'journey.failures.connectionEnded' },
        remedy: { key: 'journey.failures.whenLive' },
      });
  }
}

/** How much to show of an answer that has no journey. */
const MAX_ANSWER_LENGTH = 2000;
