/** What the page asks of its window, and what is asked of the page from outside of it. */
import { event, request } from '../base/requests.ts';
import type { Shape } from './shape.ts';

export type PageCommand =
  /** Who is free: those who are ready, longest first. */
  | { readonly type: 'who-is-free' }
  | { readonly type: 'settings' }
  /** Whom an alert is about; the list of alerts where it is about none in particular, or is not known any more. */
  | { readonly type: 'alert'; readonly alertId: number | null }
  /** `isSure`: to be asked for at once; if not, somebody has to say so. */
  | { readonly type: 'journey'; readonly typed: string; readonly isSure: boolean };

export const desktopRequests = {
  /** What was asked for from outside before there was a page to hear it. */
  'commands.take': request<null, readonly PageCommand[]>(),
  'window.set-pinned': request<{ readonly isPinned: boolean }, null>(),
  'window.set-shape': request<{ readonly shape: Shape }, null>(),
  'window.minimise': request<null, null>(),
  'window.hide': request<null, null>(),
};

export const desktopEvents = {
  /** Something is asked for from outside the page. */
  command: event<PageCommand>(),
};
