/**
 * What every host runs of the widget: start and stop, what happens to the machine and the window, and the gateway to
 * the page. It must know no Electron and no browser; a host passes in a window, or none.
 */
import type { Log } from '../core/base/log.ts';
import type { Layer } from '../core/settings/layers.ts';
import type { Reply } from '../shared/base/requests.ts';
import type { BoardHead } from '../shared/board/board.ts';
import type { EventListeners, RequestName, Requests, WidgetState } from '../shared/contract.ts';
import type { PageCommand } from '../shared/desktop/requests.ts';
import type { WindowPort } from '../shared/desktop/window.ts';
import type { Hotkeys } from '../shared/desktop/desktop-settings.ts';
import { assemble, type Assembly, type WidgetHostOptions } from './assembly.ts';
import type { DesktopHost } from './desktop/desktop-host.ts';
import type { EventListener } from './gateway.ts';
import { systemAddresses, watchMachine } from './link/machine-watch.ts';
import { stateWithoutNames } from './requests.ts';

export class WidgetHost implements DesktopHost {
  readonly #options: WidgetHostOptions;
  readonly #parts: Assembly;
  #endWatch: (() => void) | null = null;

  constructor(options: WidgetHostOptions) {
    this.#options = options;
    this.#parts = assemble(options);
  }

  /** The masked log, at the level the settings want. */
  get log(): Log {
    return this.#parts.log;
  }

  get state(): WidgetState {
    const { settings, state } = this.#parts;
    return settings.isAnonymous ? stateWithoutNames(state()) : state();
  }

  get boardHead(): BoardHead {
    return this.#parts.widget.boardHead;
  }

  /**
   * Reads the settings and connects: to the processor, to the demo if none is named, or to nothing if they are in
   * error.
   */
  start(): Promise<void> {
    const { widget, connection, log, publishState } = this.#parts;
    this.#endWatch ??= watchMachine({
      clock: this.#options.clock,
      addresses: systemAddresses,
      onChange: (what) => {
        log.info(what === 'woke' ? 'the machine woke' : 'the network changed');
        widget.machineChanged();
        // Published even if the link is unaffected: the page's own clock may have stood still.
        publishState();
      },
    });
    return connection.start();
  }

  /** Ends the subscriptions at the processor and stops the demo. */
  stop(): Promise<void> {
    this.#endWatch?.();
    this.#endWatch = null;
    return this.#parts.stop();
  }

  /** Settings named by a second start override those of the first. */
  useCommandLine(layer: Layer): Promise<void> {
    this.#parts.settings.commandLine = layer;
    return this.start();
  }

  /** The machine woke from sleep, or was unlocked. */
  machineChanged(): void {
    this.#parts.widget.machineChanged();
  }

  /** The screen was locked or unlocked. */
  screenLocked(isLocked: boolean): void {
    const { supervision } = this.#parts.widget;
    if (isLocked) supervision.leave();
    else supervision.comeBack();
  }

  /** Sets the host's window. The page then draws its buttons. */
  setWindow(window: WindowPort): void {
    this.#parts.window.set(window);
  }

  windowChanged(): void {
    this.#parts.publishState();
  }

  hotkeysTaken(taken: readonly (keyof Hotkeys)[]): void {
    this.#parts.preferences.hotkeysTaken(taken);
  }

  command(command: PageCommand): void {
    this.#parts.commands.add(command);
  }

  /** The page has gone or is reloading: commands wait until it asks for them. */
  pageGone(): void {
    this.#parts.commands.pageGone();
  }

  /** Reports a crash, which is already logged. */
  reportCrash(): void {
    this.#parts.announcements.reportCrash();
  }

  /** Subscribes to every event. Returns a function that unsubscribes and may be called twice. */
  subscribe(listener: EventListener): () => void {
    return this.#parts.gateway.subscribe(listener);
  }

  on(listeners: EventListeners): () => void {
    return this.#parts.gateway.on(listeners);
  }

  /** Answers a request of the page, whose name and arguments are not checked yet. Never rejects. */
  answer(name: unknown, args: unknown): Promise<Reply<unknown>> {
    return this.#parts.gateway.answer(name, args);
  }

  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Reply<Requests[N]['result']>> {
    return this.#parts.gateway.ask(name, args);
  }
}
