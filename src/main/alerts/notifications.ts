/**
 * Shows notices on the desktop. The page plays the sound, so that it is the same everywhere. It must decide nothing,
 * and know neither host nor window.
 */
import { Notification } from 'electron';
import { alertOf, noticeIdOf, type AlertsView, type Notice } from '../../shared/alerts/alerts.ts';
import { ReasonBook, type SiteReason } from '../../shared/reasons/reasons.ts';
import { noticeWords } from '../../shared/alerts/alert-words.ts';

/** At most this many are held at a time; the system drops old ones anyway. */
const MAX_SHOWN = 20;

export interface NotificationsOptions {
  /** The site's reasons, asked for each time. */
  readonly reasons: () => readonly SiteReason[];
  /** Called with the alert of the clicked notification: its id, null for several alerts, or undefined for none. */
  readonly onClick: (alertId: number | null | undefined) => void;
}

export class Notifications {
  readonly #options: NotificationsOptions;
  /** A notification that nothing refers to is garbage-collected and stops reacting to clicks. */
  readonly #held = new Map<string, Notification>();

  constructor(options: NotificationsOptions) {
    this.#options = options;
  }

  /** Shows a notice if it should be shown, replacing an earlier one of the same id. */
  show(notice: Notice): void {
    if (!notice.isShown || !Notification.isSupported()) return;
    this.#close(notice.id);
    const { reasons, onClick } = this.#options;
    const { title, body } = noticeWords(notice, new ReasonBook(reasons()));
    const notification = new Notification({ title, body, silent: true });
    notification.on('click', () => {
      onClick(alertOf(notice));
    });
    this.#held.set(notice.id, notification);
    const [oldest] = this.#held.keys();
    if (this.#held.size > MAX_SHOWN && oldest !== undefined) this.#close(oldest);
    notification.show();
  }

  /** Closes the notifications of alerts that have ended. */
  closeOver({ list }: AlertsView): void {
    if (this.#held.size === 0) return;
    for (const { id, endedAt } of list) if (endedAt !== null) this.#close(noticeIdOf(id));
  }

  #close(id: string): void {
    this.#held.get(id)?.close();
    this.#held.delete(id);
  }
}
