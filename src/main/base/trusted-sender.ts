/**
 * Decides whether a request comes from the widget's own page. It must know no Electron: its caller passes in what is
 * known of the sender.
 */
import { originOf } from './page-address.ts';

export interface Sender {
  /** Whether it is the web contents of our own window. */
  readonly isOurWindow: boolean;
  /** The frame that sent it; null if it is gone, for example after a navigation. */
  readonly frame: { readonly isMainFrame: boolean; readonly url: string } | null;
}

/** Why a sender is not trusted, or null if it is. */
export function distrust(sender: Sender, trustedOrigin: string): string | null {
  if (!sender.isOurWindow) return 'it is not the widget’s window';
  if (sender.frame === null) return 'its frame is gone';
  if (!sender.frame.isMainFrame) return 'it is a frame inside the page';
  const origin = originOf(sender.frame.url);
  return origin !== null && origin === trustedOrigin ? null : 'its page is not the widget’s';
}
