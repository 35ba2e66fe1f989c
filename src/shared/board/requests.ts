/** The page's requests about the board and its layout, and the updates it receives. */
import { event, request } from '../base/requests.ts';
import type { BoardSnapshot, BoardUpdate } from './board.ts';
import type { Layout } from './layout.ts';

export const boardRequests = {
  'board.snapshot': request<null, BoardSnapshot>(),
  'layout.load': request<null, Layout>(),
  'layout.save': request<Layout, null>(),
};

export const boardEvents = {
  board: event<BoardUpdate>(),
};
