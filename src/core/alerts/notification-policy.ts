/**
 * Which alerts become notifications: at most five a minute, then only a count of further ones; none while muted,
 * snoozed or in quiet hours. It does not know what alerts mean, and shows nothing itself.
 */
import type { Alert } from '../../shared/alerts/alert-kinds.ts';
import { ALERTS_ON, noticeIdOf, quietHoursAt, type AlertSettings, type Notice } from '../../shared/alerts/alerts.ts';
import type { Clock } from '../base/clock.ts';

const MAX_PER_SPAN = 5;
const WITHIN_MS = 60_000;
/** An alert that grows is shown again once within this time. */
const UPDATE_EVERY_MS = 2000;

export interface NotificationPolicyOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** The local time of day. Minutes since midnight. */
  readonly minuteOfDay: () => number;
  readonly onNotice: (notice: Notice) => void;
  /** Notifications were muted or snoozed, or no longer are. */
  readonly onChange: () => void;
}

export class NotificationPolicy {
  readonly #options: NotificationPolicyOptions;
  settings: AlertSettings = ALERTS_ON;
  #isMuted = false;
  #snoozedUntil: number | null = null;
  #cancel: (() => void) | null = null;
  /** When the last notifications were sent, within the last minute. */
  #notifiedAt: readonly number[] = [];
  /** Alerts notified only as “more” since then, or held back by the snooze. */
  #more = new Set<number>();
  /** Alerts that have grown and will be shown again shortly. */
  readonly #updated = new Map<number, { alert: Alert; readonly cancel: () => void }>();
  #notices = 0;

  constructor(options: NotificationPolicyOptions) {
    this.#options = options;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  set isMuted(isMuted: boolean) {
    this.#isMuted = isMuted;
    this.#options.onChange();
  }

  get snoozedUntil(): number | null {
    return this.#snoozedUntil;
  }

  /** Snoozes for this time; null ends it. Alerts held back that have not ended are then notified together. */
  snooze(forMs: number | null): void {
    this.#cancel?.();
    this.#cancel = null;
    const wasSnoozed = this.#snoozedUntil !== null;
    if (!wasSnoozed) this.#more.clear();
    if (forMs === null) this.#snoozedUntil = null;
    else {
      const { clock } = this.#options;
      this.#snoozedUntil = clock.now() + forMs;
      this.#cancel = clock.after(forMs, () => {
        this.snooze(null);
      });
    }
    if (forMs === null && wasSnoozed && this.#more.size > 0 && !this.#isStill) {
      this.#notifyMore(true);
      this.#more.clear();
    }
    this.#options.onChange();
  }

  /** An alert is new or has grown. */
  notify(alert: Alert): void {
    this.#wakeIfDue();
    if (this.#snoozedUntil !== null) this.#more.add(alert.id);
    if (this.#isStill) return;
    const now = this.#options.clock.now();
    this.#notifiedAt = this.#notifiedAt.filter((at) => at > now - WITHIN_MS);
    if (this.#notifiedAt.length === 0) this.#more.clear();
    if (this.#notifiedAt.length < MAX_PER_SPAN) {
      this.#notifiedAt = [...this.#notifiedAt, now];
      this.#notice(noticeIdOf(alert.id), { type: 'alert', alert });
    } else {
      this.#more.add(alert.id);
      this.#notifyMore(false);
    }
  }

  /**
   * A notified alert has changed. If it has grown, it is shown again in the same place without a sound, in its state at
   * that time.
   */
  update(alert: Alert, isMore: boolean): void {
    this.#wakeIfDue();
    const pending = this.#updated.get(alert.id);
    if (pending !== undefined) {
      pending.alert = alert;
      return;
    }
    if (!isMore || this.#isStill || this.#more.has(alert.id)) return;
    const cancel = this.#options.clock.after(UPDATE_EVERY_MS, () => {
      const last = this.#updated.get(alert.id)?.alert ?? alert;
      this.#updated.delete(alert.id);
      if (!this.#isStill) this.#notice(noticeIdOf(alert.id), { type: 'alert', alert: last }, false);
    });
    this.#updated.set(alert.id, { alert, cancel });
  }

  /** It has ended: nothing is left to notify. */
  end(alertId: number): void {
    this.#more.delete(alertId);
    this.#updated.get(alertId)?.cancel();
    this.#updated.delete(alertId);
  }

  /** Shown and sounded even while muted, because the user wants to test it. */
  test(): void {
    this.#notices += 1;
    this.#options.onNotice({
      id: `test-${String(this.#notices)}`,
      what: { type: 'test' },
      isShown: true,
      isAudible: true,
    });
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#snoozedUntil = null;
    this.#notifiedAt = [];
    this.#more.clear();
    for (const { cancel } of this.#updated.values()) cancel();
    this.#updated.clear();
  }

  /** Timers stop during some kinds of sleep, but time does not. */
  #wakeIfDue(): void {
    if (this.#snoozedUntil !== null && this.#options.clock.now() >= this.#snoozedUntil) this.snooze(null);
  }

  get #isStill(): boolean {
    if (this.#isMuted || this.#snoozedUntil !== null) return true;
    return quietHoursAt(this.settings.quietHours, this.#options.minuteOfDay()) !== null;
  }

  #notifyMore(isAudible: boolean): void {
    this.#notice('more', { type: 'more', count: this.#more.size }, isAudible);
  }

  #notice(id: string, what: Notice['what'], isAudible = true): void {
    const { notifications, sound } = this.settings;
    if (!notifications && !(sound && isAudible)) return;
    this.#options.onNotice({ id, what, isShown: notifications, isAudible: sound && isAudible });
  }
}
