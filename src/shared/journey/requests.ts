/** The page's requests about call journeys. */
import { request } from '../base/requests.ts';
import type { JourneyAnswer } from './journey.ts';

export const journeyRequests = {
  'journey.ask': request<{ readonly callId: string }, JourneyAnswer>(),
};
