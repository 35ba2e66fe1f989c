/**
 * Which call ids the simulator knows and how it answers each: a journey, a failure, or late. It knows nothing about the
 * connection that asks.
 */
import type { SampleCall } from '../../shared/link/connection-settings.ts';
import type { WireJourney, WireStep } from './journey-steps.ts';
import { EVERYDAY_JOURNEYS } from './journeys-everyday.ts';
import { UNUSUAL_JOURNEYS } from './journeys-unusual.ts';
import { type Failure, stackTrace } from '../link/reply.ts';

export type JourneyAnswer =
  | { readonly ok: true; readonly steps: readonly WireStep[]; readonly delayMs: number }
  | { readonly ok: false; readonly failure: Failure; readonly delayMs: number };

/** How late the id SLOW is answered: longer than any client waits. */
export const SLOW_ANSWER_MS = 30_000;

/** A call that is still up. */
export const ONGOING = 'ONGOING';

const SPECIAL_CALLS: readonly SampleCall[] = [
  { callId: 'EMPTY', title: { key: 'sampleCalls.noSteps' } },
  { callId: 'UNKNOWN', title: { key: 'sampleCalls.unknown' } },
  { callId: 'FAIL', title: { key: 'sampleCalls.internalError' } },
  { callId: 'SLOW', title: { key: 'sampleCalls.slow' } },
  { callId: ONGOING, title: { key: 'sampleCalls.ongoing' } },
];

/** All journeys; each id appears once. */
export const JOURNEYS: readonly WireJourney[] = [...EVERYDAY_JOURNEYS, ...UNUSUAL_JOURNEYS];

/** What to look up in a demo: the journeys, then the ids with special answers. */
export const sampleCalls: readonly SampleCall[] = [
  ...JOURNEYS.map(({ callId, title }) => ({ callId, title: { key: title } })),
  ...SPECIAL_CALLS,
];

const stepsByCallId: ReadonlyMap<string, readonly WireStep[]> = new Map(
  JOURNEYS.map((journey) => [journey.callId, journey.steps]),
);

/**
 * The answer to a call id, which is compared exactly; an unknown id is refused with CALL_NOT_FOUND. `asked`: how often
 * the client has asked for a call that is still up, including this time.
 */
export function answerJourney(callId: string, asked = 1): JourneyAnswer {
  switch (callId) {
    case ONGOING:
      return { ok: true, steps: ongoingSteps(asked), delayMs: 0 };
    case 'EMPTY':
      return { ok: true, steps: [], delayMs: 0 };
    case 'SLOW':
      return { ok: true, steps: slowSteps(), delayMs: SLOW_ANSWER_MS };
    case 'FAIL':
      return { ok: false, failure: internalError(), delayMs: 0 };
  }
  const steps = stepsByCallId.get(callId);
  return steps === undefined ? { ok: false, failure: notFound(callId), delayMs: 0 } : { ok: true, steps, delayMs: 0 };
}

/** Further along each time, until the call is over. The last step of a call that is up has no duration yet. */
function ongoingSteps(asked: number): readonly WireStep[] {
  const whole = (EVERYDAY_JOURNEYS[0]?.steps ?? []).map((step) => ({ ...step, CallId: ONGOING }));
  const steps = whole.slice(0, 2 + asked);
  return steps.length === whole.length
    ? steps
    : steps.map((step, index) => (index === steps.length - 1 ? { ...step, Duration: '' } : step));
}

/** Steps with the requested id, so that a client can tell which request a late answer belongs to. */
function slowSteps(): readonly WireStep[] {
  return (EVERYDAY_JOURNEYS[0]?.steps ?? []).map((step) => ({ ...step, CallId: 'SLOW' }));
}

function notFound(callId: string): Failure {
  const message = `No call has the id “${callId}”.`;
  return {
    code: 'CALL_NOT_FOUND',
    message,
    context: stackTrace(
      `com.openmethods.simulator.CallNotFoundException: ${message}`,
      'com.openmethods.simulator.CallRecords.find',
      'com.openmethods.simulator.CallJourneyReport.handle',
      'com.openmethods.simulator.ReportServer.dispatch',
    ),
  };
}

function internalError(): Failure {
  const trace = stackTrace(
    'java.lang.IllegalStateException: connection pool exhausted',
    'com.openmethods.simulator.Database.borrow',
    'com.openmethods.simulator.CallRecords.find',
    'com.openmethods.simulator.CallJourneyReport.handle',
    'com.openmethods.simulator.ReportServer.dispatch',
    'java.util.concurrent.ThreadPoolExecutor.runWorker',
    'java.lang.Thread.run',
  );
  const cause = stackTrace(
    'Caused by: java.sql.SQLTimeoutException: no connection within 5000 ms',
    'com.openmethods.simulator.Database.connect',
    'com.openmethods.simulator.Database.borrow',
  );
  return {
    code: 'INTERNAL_ERROR',
    message: 'The call records can’t be read at the moment.',
    context: `${trace}\n${cause}\n\t... 6 more`,
  };
}
