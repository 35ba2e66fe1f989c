/** The requests for past boards, as the host handles them. */
import * as v from 'valibot';
import { snapshotWithoutNames } from '../../core/board/without-names.ts';
import type { Digest, MemberHistory, PastBoardView } from '../../shared/history/record.ts';
import type { historyRequests } from '../../shared/history/requests.ts';
import { NoArguments, TextArgument, type Handlers } from '../base/handlers.ts';

export interface HistoryParts {
  readonly history: {
    boardAt(at: number): PastBoardView;
    historyOf(memberId: string): MemberHistory | null;
    readonly digest: Digest | null;
    dismissDigest(): void;
  };
}

export const historyHandlers: Handlers<typeof historyRequests, HistoryParts> = {
  'board.at': {
    args: v.strictObject({ at: v.pipe(v.number(), v.finite()) }),
    privacy: (then) => ({ ...then, board: snapshotWithoutNames(then.board) }),
    run: ({ at }, { history }) => history.boardAt(at),
  },
  'member.history': {
    args: v.strictObject({ memberId: TextArgument }),
    privacy: 'refused',
    run: ({ memberId }, { history }) => history.historyOf(memberId),
  },
  'digest.get': { args: NoArguments, privacy: 'refused', run: (_, { history }) => history.digest },
  'digest.dismiss': {
    args: NoArguments,
    privacy: 'as-is',
    run: (_, { history }) => {
      history.dismissDigest();
      return null;
    },
  },
};
