/** The page's requests about alerts, and the notices it receives. */
import { event, request } from '../base/requests.ts';
import type { Notice } from './alerts.ts';

export const alertRequests = {
  /** The user has looked at the alerts. */
  'alerts.see': request<null, null>(),
  'alerts.test': request<null, null>(),
  'alerts.mute': request<{ readonly isMuted: boolean }, null>(),
  /** How long to snooze; null ends it. */
  'alerts.snooze': request<{ readonly forMs: number | null }, null>(),
};

export const alertEvents = {
  /** Show or sound a notification. */
  notice: event<Notice>(),
};
