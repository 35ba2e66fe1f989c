/**
 * Shows on the desktop what the widget wants told. The sound is the page's, so that it is the same everywhere. It must
 * decide nothing.
 */
import { Notification } from 'electron';
import type { WidgetHost } from '../../host/widget-host.ts';
import { alertOf, type Notice } from '../../shared/alerts/alerts.ts';
import type { Events } from '../../shared/contract.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import { noticeWords } from '../../shared/alerts/alert-words.ts';
import type { WidgetWindow } from '../desktop/window.ts';

/** So many are held at a time; the system lets go of old ones by itself. */
const MAX_SHOWN = 20;

export function showNotifications(host: WidgetHost, window: WidgetWindow): void {
  // One that is not held by anybody is collected as rubbish, and can't be clicked any more.
  const held = new Map<string, Notification>();
  const close = (id: string): void => {
    held.get(id)?.close();
    held.delete(id);
  };
  const show = (notice: Notice): void => {
    close(notice.id);
    const { title, body } = noticeWords(notice, new ReasonBook(host.state.preferences.reasons));
    const notification = new Notification({ title, body, silent: true });
    notification.on('click', () => {
      window.show();
      const alertId = alertOf(notice);
      if (alertId !== undefined) host.command({ type: 'alert', alertId });
    });
    held.set(notice.id, notification);
    const [oldest] = held.keys();
    if (held.size > MAX_SHOWN && oldest !== undefined) close(oldest);
    notification.show();
  };
  host.subscribe((name, payload) => {
    if (name === 'notice') {
      const notice = payload as Events['notice'];
      if (notice.isShown && Notification.isSupported()) show(notice);
    } else if (name === 'state' && held.size > 0) {
      for (const id of over(payload as Events['state'])) close(id);
    }
  });
}

/** The notices of alerts that are over: nobody need be told any more. */
function over({ alerts }: Events['state']): readonly string[] {
  return alerts.list.filter(({ endedAt }) => endedAt !== null).map(({ id }) => `alert-${String(id)}`);
}
