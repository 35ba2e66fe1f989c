/** What the page asks of the alerts, and what it is to tell aloud. */
import { event, request } from '../base/requests.ts';
import type { Notice } from './alerts.ts';

export const alertRequests = {
  /** Somebody has looked at the alerts. */
  'alerts.see': request<null, null>(),
  'alerts.test': request<null, null>(),
  'alerts.mute': request<{ readonly isMuted: boolean }, null>(),
  /** For so long; null ends it. */
  'alerts.snooze': request<{ readonly forMs: number | null }, null>(),
};

export const alertEvents = {
  /** Something is to be told aloud. */
  notice: event<Notice>(),
};
