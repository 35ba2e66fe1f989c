/**
 * Shows on the desktop what the widget wants told. The sound is the page's, so that it is the same everywhere. It must
 * decide nothing, and know neither host nor window.
 */
import { Notification } from 'electron';
import { alertOf, noticeIdOf, type AlertsView, type Notice } from '../../shared/alerts/alerts.ts';
import { ReasonBook, type SiteReason } from '../../shared/reasons/reasons.ts';
import { noticeWords } from '../../shared/alerts/alert-words.ts';

/** So many are held at a time; the system lets go of old ones by itself. */
const MAX_SHOWN = 20;

export interface NotificationsOptions {
  /** The site's own reasons, as they are now. */
  readonly reasons: () => readonly SiteReason[];
  /** Somebody clicked one: about one alert, about several (null), or about none. */
  readonly onClick: (alertId: number | null | undefined) => void;
}

export class Notifications {
  readonly #options: NotificationsOptions;
  /** One that is not held by anybody is collected as rubbish, and can't be clicked any more. */
  readonly #held = new Map<string, Notification>();

  constructor(options: NotificationsOptions) {
    this.#options = options;
  }

  /** Shows a notice that is to be shown, in the place of an earlier one with its id. */
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

  /** Closes those of alerts that are over: nobody need be told any more. */
  closeOver({ list }: AlertsView): void {
    if (this.#held.size === 0) return;
    for (const { id, endedAt } of list) if (endedAt !== null) this.#close(noticeIdOf(id));
  }

  #close(id: string): void {
    this.#held.get(id)?.close();
    this.#held.delete(id);
  }
}
