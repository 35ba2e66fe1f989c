/** The recent alerts and their volume. */
import type { Alert } from '../../shared/alerts/alert-kinds.ts';
import {
  minuteOfDay,
  NO_ALERTS,
  quietHoursAt,
  worstAlert,
  type AlertsView,
  type QuietHours,
} from '../../shared/alerts/alerts.ts';
import type { HostClient } from '../base/host-client.svelte.ts';
import { now } from '../base/now.svelte.ts';
import type { LinkStore } from '../link/link.svelte.ts';
import type { PreferencesStore } from '../settings/preferences.svelte.ts';

export class AlertStore {
  readonly #host: HostClient;
  readonly #preferences: PreferencesStore;
  readonly #link: LinkStore;
  #view: AlertsView = $state.raw(NO_ALERTS);

  constructor(host: HostClient, preferences: PreferencesStore, link: LinkStore) {
    this.#host = host;
    this.#preferences = preferences;
    this.#link = link;
  }

  get view(): AlertsView {
    return this.#view;
  }

  get list(): readonly Alert[] {
    return this.#view.list;
  }

  /** The quiet hours in effect now; null if none. */
  get quietHours(): QuietHours | null {
    return quietHoursAt(this.#preferences.form.alerts.quietHours, minuteOfDay(now.wall(now.value)));
  }

  /** The most urgent alert; null while the data is old. */
  get worst(): Alert | null {
    return this.#link.isLive ? worstAlert(this.list) : null;
  }

  /** Marks all alerts as seen. */
  see(): void {
    this.#host.send('alerts.see', null);
  }

  mute(isMuted: boolean): void {
    this.#host.send('alerts.mute', { isMuted });
  }

  /** Snoozes for this long; null ends it. */
  snooze(forMs: number | null): void {
    this.#host.send('alerts.snooze', { forMs });
  }

  test(): void {
    this.#host.send('alerts.test', null);
  }

  apply(state: { readonly alerts: AlertsView }): void {
    this.#view = state.alerts;
  }
}
