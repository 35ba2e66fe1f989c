/** The page's requests to its window, and the commands that the page receives from outside. */
import { event, request } from '../base/requests.ts';
import type { Shape } from './shape.ts';

export type PageCommand =
  /** Show who is free: those who are ready, longest first. */
  | { readonly type: 'who-is-free' }
  | { readonly type: 'settings' }
  /** Show whom an alert is about, or the list of alerts if it is null or no longer known. */
  | { readonly type: 'alert'; readonly alertId: number | null }
  /** `isSure`: ask for it at once; otherwise the user must confirm. */
  | { readonly type: 'journey'; readonly typed: string; readonly isConfirmed: boolean };

export const desktopRequests = {
  /** Commands that arrived before there was a page to receive them. */
  'commands.take': request<null, readonly PageCommand[]>(),
  'window.set-pinned': request<{ readonly isPinned: boolean }, null>(),
  'window.set-shape': request<{ readonly shape: Shape }, null>(),
  'window.minimise': request<null, null>(),
  'window.hide': request<null, null>(),
};

export const desktopEvents = {
  /** A command from outside the page. */
  command: event<PageCommand>(),
};
