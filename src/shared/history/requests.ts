/** What the page asks of what was on the board before. */
import { request } from '../base/requests.ts';
import type { Digest, MemberHistory, PastBoardView } from './record.ts';

export const historyRequests = {
  /** The board as it was known at a moment, or at the nearest one that is on record. */
  'board.at': request<{ readonly at: number }, PastBoardView>(),
  /** Null if nothing of the member is on record. */
  'member.history': request<{ readonly memberId: string }, MemberHistory | null>(),
  'digest.get': request<null, Digest | null>(),
  'digest.dismiss': request<null, null>(),
};
