/** The page's stores, one per subject, kept in step with the host. It joins them and must not know what they hold. */
import type { WidgetState } from '../shared/contract.ts';
import type { PageCommand } from '../shared/desktop/requests.ts';
import { AlertStore } from './alerts/alerts.svelte.ts';
import { announce } from './alerts/notices.ts';
import type { HostClient } from './base/host-client.svelte.ts';
import { now } from './base/now.svelte.ts';
import { LiveBoard } from './board/live-board.svelte.ts';
import { WindowStore } from './desktop/window.svelte.ts';
import { HistoryStore } from './history/history.svelte.ts';
import { JourneyStore } from './journey/journey.svelte.ts';
import { ConnectionStore } from './link/connection.svelte.ts';
import { LinkStore } from './link/link.svelte.ts';
import { PreferencesStore } from './settings/preferences.svelte.ts';
import { SupportStore } from './support/support.svelte.ts';
import { language } from './texts/language.svelte.ts';

function report(error: unknown): void {
  console.warn('The host did not answer:', error);
}

export class Stores {
  readonly #host: HostClient;
  readonly preferences: PreferencesStore;
  readonly link: LinkStore;
  readonly connection: ConnectionStore;
  readonly live: LiveBoard;
  readonly history: HistoryStore;
  readonly alerts: AlertStore;
  readonly journey: JourneyStore;
  readonly window: WindowStore;
  readonly support: SupportStore;
  readonly #all: readonly { apply(state: WidgetState): void }[];

  constructor(host: HostClient) {
    this.#host = host;
    this.preferences = new PreferencesStore(host);
    this.link = new LinkStore(host);
    this.connection = new ConnectionStore(host);
    this.live = new LiveBoard(host, this.preferences, this.link);
    this.history = new HistoryStore(host, this.live);
    this.alerts = new AlertStore(host, this.preferences, this.link);
    this.journey = new JourneyStore(
      (callId) => host.ask('journey.ask', { callId }),
      () => now.exact,
    );
    this.window = new WindowStore(host);
    this.support = new SupportStore(host);
    this.#all = [this.link, this.connection, this.history, this.alerts, this.journey, this.window, this.support];
    this.#speak('');
  }

  /**
   * Starts to follow the host. `carryOut` gets the commands from outside the page. Returns a function that stops it.
   */
  follow(carryOut: (command: PageCommand) => void): () => void {
    const { on } = this.#host;
    // Subscribe first, then ask, so that no change in between is missed.
    const ends = [
      on.state((state) => {
        this.#apply(state);
      }),
      on.board((update) => {
        this.live.follow(update);
      }),
      on.command(carryOut),
      on.notice((notice) => {
        announce(notice, {
          host: this.window.view.host,
          reasons: this.live.reasons,
          naming: this.live.board.naming,
          onPress: (alertId) => {
            carryOut({ type: 'alert', alertId });
          },
        });
      }),
    ];
    this.#host
      .ask('widget.state', null)
      .then((state) => {
        this.#apply(state);
      })
      .catch(report);
    this.live.board.refresh().catch(report);
    this.#host
      .ask('commands.take', null)
      .then((commands) => {
        for (const command of commands) carryOut(command);
      })
      .catch(report);
    this.live.loadLayout().catch(report);
    return () => {
      for (const end of ends) end();
    };
  }

  #apply(state: WidgetState): void {
    now.sync(state.now);
    const before = this.preferences.form;
    this.preferences.apply(state.preferences);
    for (const store of this.#all) store.apply(state);
    const { language, privacy } = this.preferences.form;
    if (language !== before.language) this.#speak(language);
    // Names appear or disappear all at once.
    if (privacy === before.privacy) return;
    this.journey.clear();
    this.live.board.refresh().catch(report);
  }

  /** Switches to the best language for what is wanted; empty for the system's. */
  #speak(wanted: string): void {
    language.choose(wanted);
    this.live.board.sort();
  }
}
