/** The host as an app around it sees it: what is shown, what happens, and what can be asked for. */
import type { Reply } from '../../shared/base/requests.ts';
import type { BoardHead } from '../../shared/board/board.ts';
import type { EventListeners, RequestName, Requests, WidgetState } from '../../shared/contract.ts';
import type { PageCommand } from '../../shared/desktop/requests.ts';
import type { Hotkeys } from '../../shared/desktop/desktop-settings.ts';

export interface DesktopHost {
  /** What the page is told, too: it names nobody while people are only counted. */
  readonly state: WidgetState;
  readonly boardHead: BoardHead;
  /** Hears the events that are named. Returns a function that ends the subscription and may be called twice. */
  on(listeners: EventListeners): () => void;
  /** Never rejects. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Reply<Requests[N]['result']>>;
  /** Something is asked for from outside the page. */
  command(command: PageCommand): void;
  /** These keys could not be had. */
  hotkeysTaken(taken: readonly (keyof Hotkeys)[]): void;
}
