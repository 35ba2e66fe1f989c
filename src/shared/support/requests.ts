/** What the page asks of what the widget says of itself. */
import { request } from '../base/requests.ts';
import type { Announcement } from './announcements.ts';

export const supportRequests = {
  /** Somebody has read it. */
  'announcements.dismiss': request<Announcement, null>(),
  /** What to send to whoever helps: a zip, in base 64. */
  'support.bundle': request<null, string>(),
};
