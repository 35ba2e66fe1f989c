/** The page's requests about the past. */
import { request } from '../base/requests.ts';
import type { Digest, MemberHistory, PastBoardView } from './record.ts';

export const historyRequests = {
  /** The board as known at a moment, or at the nearest moment on record. */
  'board.at': request<{ readonly at: number }, PastBoardView>(),
  /** Null if nothing about the member is on record. */
  'member.history': request<{ readonly memberId: string }, MemberHistory | null>(),
  'digest.get': request<null, Digest | null>(),
  'digest.dismiss': request<null, null>(),
};
