/**
 * Announces the core's notices: plays the sound in every host, and shows the notification if the host leaves it to the
 * page, as a browser does. It decides nothing.
 */
import { alertOf, type Notice } from '../../shared/alerts/alerts.ts';
import { noticeWords } from '../../shared/alerts/alert-words.ts';
import type { ReasonBook } from '../../shared/reasons/reasons.ts';
import type { Naming } from '../../shared/texts/names.ts';
import { chime } from './chime.ts';

export interface Announcer {
  /** Whether the page may play sound at once, and whether the host shows notifications itself. */
  readonly host: { readonly kind: 'desktop' | 'browser'; readonly can: { readonly notify: boolean } };
  readonly reasons: ReasonBook;
  readonly naming: Naming;
  /** Called when somebody clicks a notification. */
  readonly onPress: (alertId: number | null) => void;
}

export function announce(notice: Notice, announcer: Announcer): void {
  const { host } = announcer;
  if (notice.isAudible) {
    // A browser lets a page play sound only after somebody has used it.
    chime(host.kind === 'desktop').catch((error: unknown) => {
      console.warn('No sound:', error);
    });
  }
  if (notice.isShown && !host.can.notify) showInBrowser(notice, announcer);
}

function showInBrowser(notice: Notice, announcer: Announcer): void {
  if (!('Notification' in window) || Notification.permission === 'denied') return;
  if (Notification.permission === 'default') {
    // Browsers allow asking for permission only after a click, and the test is one.
    if (notice.what.type !== 'test') return;
    void Notification.requestPermission().then((permission) => {
      if (permission === 'granted') showInBrowser(notice, announcer);
    });
    return;
  }
  const { title, body } = noticeWords(notice, announcer.reasons, announcer.naming);
  const shown = new Notification(title, { body, tag: notice.id, silent: true });
  shown.onclick = () => {
    window.focus();
    const alertId = alertOf(notice);
    if (alertId !== undefined) announcer.onPress(alertId);
  };
}
