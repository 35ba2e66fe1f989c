/** The requests about the widget itself, as the host handles them. */
import * as v from 'valibot';
import type { Announcement } from '../../shared/support/announcements.ts';
import type { supportRequests } from '../../shared/support/requests.ts';
import { NoArguments, TextArgument, type Handlers } from '../base/handlers.ts';

export interface SupportParts {
  readonly announcements: { dismiss(announcement: Announcement): void };
  supportBundle(): Promise<Uint8Array>;
}

export const supportHandlers: Handlers<typeof supportRequests, SupportParts> = {
  'announcements.dismiss': {
    args: v.variant('type', [
      v.strictObject({ type: v.literal('update'), version: TextArgument }),
      v.strictObject({ type: v.literal('crash'), at: v.number() }),
    ]),
    privacy: 'as-is',
    run: (announcement, { announcements }) => {
      announcements.dismiss(announcement);
      return null;
    },
  },
  'support.bundle': {
    args: NoArguments,
    // Names that the widget knew are already masked, unless a separate setting says otherwise.
    privacy: 'as-is',
    run: async (_, parts) => Buffer.from(await parts.supportBundle()).toString('base64'),
  },
};
