/** The page's requests about announcements and support. */
import { request } from '../base/requests.ts';
import type { Announcement } from './announcements.ts';

export const supportRequests = {
  /** The user has read it. */
  'announcements.dismiss': request<Announcement, null>(),
  /** What to send for support: a zip in base 64. */
  'support.bundle': request<null, string>(),
};
