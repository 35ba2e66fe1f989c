/**
 * Tells aloud what the core wants told: the sound in every host, and the notification where the page has to show it
 * itself, which is in a browser. It decides nothing.
 */
import { alertOf, type Notice } from '../../shared/alerts/alerts.ts';
import { noticeWords } from '../../shared/alerts/alert-words.ts';
import { chime } from './chime.ts';
import type { WidgetStore } from '../widget.svelte.ts';

export function announce(notice: Notice, widget: WidgetStore): void {
  // A host with a window of its own lets it sound at once, and shows notifications of its own.
  const { isFrameless } = widget.window;
  if (notice.isHeard) {
    chime(isFrameless).catch((error: unknown) => {
      console.warn('No sound:', error);
    });
  }
  if (notice.isShown && !isFrameless) showInBrowser(notice, widget);
}

function showInBrowser(notice: Notice, widget: WidgetStore): void {
  if (!('Notification' in window) || Notification.permission === 'denied') return;
  if (Notification.permission === 'default') {
    // Browsers let it be asked for only on somebody's press, which the test is.
    if (notice.what.type !== 'test') return;
    void Notification.requestPermission().then((permission) => {
      if (permission === 'granted') showInBrowser(notice, widget);
    });
    return;
  }
  const { title, body } = noticeWords(notice, widget.reasons, widget.board.naming);
  const shown = new Notification(title, { body, tag: notice.id, silent: true });
  shown.onclick = () => {
    window.focus();
    const alertId = alertOf(notice);
    if (alertId !== undefined) widget.carryOut({ type: 'alert', alertId });
  };
}
