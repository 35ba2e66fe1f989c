/** The board's requests and events, as the host handles them. */
import { snapshotWithoutNames, updateWithoutNames } from '../../core/board/without-names.ts';
import type { BoardSnapshot } from '../../shared/board/board.ts';
import type { Layout } from '../../shared/board/layout.ts';
import type { boardEvents, boardRequests } from '../../shared/board/requests.ts';
import { NoArguments, type EventRules, type Handlers } from '../base/handlers.ts';
import { LayoutSchema } from './layout-file.ts';

export interface BoardParts {
  boardSnapshot(): BoardSnapshot;
  readonly layout: { read(): Promise<Layout>; remember(layout: Layout): void };
}

export const boardHandlers: Handlers<typeof boardRequests, BoardParts> = {
  'board.snapshot': {
    args: NoArguments,
    privacy: snapshotWithoutNames,
    run: (_, parts) => parts.boardSnapshot(),
  },
  'layout.load': { args: NoArguments, privacy: 'as-is', run: (_, { layout }) => layout.read() },
  'layout.save': {
    args: LayoutSchema,
    privacy: 'as-is',
    run: (given, { layout }) => {
      layout.remember(given);
      return null;
    },
  },
};

export const boardEventRules: EventRules<typeof boardEvents> = { board: updateWithoutNames };
