/** The host as the desktop app around it sees it: its state, its events and its requests. */
import type { Reply } from '../../shared/base/requests.ts';
import type { BoardHead } from '../../shared/board/board.ts';
import type { EventListeners, RequestName, Requests, WidgetState } from '../../shared/contract.ts';
import type { PageCommand } from '../../shared/desktop/requests.ts';
import type { Hotkeys } from '../../shared/desktop/desktop-settings.ts';

export interface DesktopHost {
  /** The same state that the page gets: it names nobody while people are only counted. */
  readonly state: WidgetState;
  readonly boardHead: BoardHead;
  /** Subscribes to the given events. Returns a function that unsubscribes and may be called twice. */
  on(listeners: EventListeners): () => void;
  /** Never rejects. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Reply<Requests[N]['result']>>;
  /** Passes on a command that came from outside the page. */
  command(command: PageCommand): void;
  /** Reports the hotkeys that could not be registered. */
  hotkeysTaken(taken: readonly (keyof Hotkeys)[]): void;
}
