/** The call journey's requests, as the host handles them. */
import * as v from 'valibot';
import type { JourneyAnswer } from '../../shared/journey/journey.ts';
import type { journeyRequests } from '../../shared/journey/requests.ts';
import { TextArgument, type Handlers } from '../base/handlers.ts';

export interface JourneyParts {
  askJourney(callId: string): Promise<JourneyAnswer>;
  /** Called when a journey was received. */
  rememberCall(callId: string): void;
}

export const journeyHandlers: Handlers<typeof journeyRequests, JourneyParts> = {
  'journey.ask': {
    args: v.strictObject({ callId: TextArgument }),
    // Its steps name the people who were rung and who answered.
    privacy: 'refused',
    run: async ({ callId }, parts) => {
      const answer = await parts.askJourney(callId);
      if (answer.ok) parts.rememberCall(answer.journey.callId);
      return answer;
    },
  },
};
