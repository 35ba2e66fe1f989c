/**
 * A board whose updates are marked with limits and floors and passed to a reader, on a clock that the test controls.
 * Knows no test runner.
 */
import { AttentionMarks } from '../src/core/board/attention.ts';
import { AttentionRules } from '../src/core/board/rules.ts';
import { Board } from '../src/core/board/board.ts';
import type { MemberMessage, TeamEvent } from '../src/core/link/message.ts';
import type { FloorRule, LimitRule } from '../src/shared/board/attention.ts';
import type { BoardUpdate } from '../src/shared/board/board.ts';
import type { ReasonBook } from '../src/shared/reasons/reasons.ts';
import { BoardReader } from './board-reader.ts';
import { FakeClock } from './fake-clock.ts';

export function member(memberId: string, status: string, reason = ''): MemberMessage {
  return { memberId, memberName: memberId, memberType: 'Agent', status, reason };
}

/** The reader receives every update at once. Team `t1` is “Sales” unless an event renames it. */
export function attentiveBoard(
  limits: readonly LimitRule[],
  floors: readonly FloorRule[] = [],
  {
    clock = new FakeClock(),
    read,
    onLate,
  }: {
    readonly clock?: FakeClock;
    readonly read?: (update: BoardUpdate) => void;
    readonly onLate?: (marks: AttentionMarks) => void;
  } = {},
) {
  let isDue = false;
  const board = new Board({
    onChange: () => {
      isDue = true;
    },
    onViolation: () => undefined,
  });
  const marks: AttentionMarks = new AttentionMarks({
    clock,
    touch: (teamId, memberId) => {
      board.touch(teamId, memberId);
    },
    touchTeam: (teamId) => {
      board.touchTeam(teamId);
    },
    onLate: () => {
      onLate?.(marks);
    },
  });
  const reader = new BoardReader(marks.markSnapshot(board.snapshot()));
  const publish = (): void => {
    while (isDue) {
      isDue = false;
      const update = board.takeUpdate();
      if (update === null) continue;
      const marked = marks.mark(update);
      reader.apply(marked);
      read?.(marked);
    }
  };
  const event = (one: { name: TeamEvent['name'] } & Record<string, unknown>): void => {
    const base = { type: 'event', agentId: 'a', teamId: 't1', teamName: 'Sales', areMembersComplete: true };
    const event = { ...base, ...one } as unknown as TeamEvent;
    board.apply(event, event.agentId ?? 'a', clock.now());
    publish();
  };
  const added = (members: readonly MemberMessage[], team: Record<string, string> = {}): void => {
    event({ name: 'report.teamstatus.teamadded', members, ...team });
  };
  const changed = (members: readonly MemberMessage[], team: Record<string, string> = {}): void => {
    event({ name: 'report.teamstatus.memberstatuschanged', members, ...team });
  };
  const removed = (...memberIds: string[]): void => {
    event({ name: 'report.teamstatus.memberremoved', memberIds });
  };
  /** Lets this many seconds pass, and publishes in each. */
  const seconds = (count: number): void => {
    for (let second = 0; second < count; second += 1) {
      clock.advance(1000);
      publish();
    }
  };
  const rules = (some: readonly LimitRule[], others: readonly FloorRule[] = [], book?: ReasonBook): void => {
    marks.rules = new AttentionRules(some, others, book);
    publish();
  };
  rules(limits, floors);
  return { clock, board, marks, reader, publish, event, added, changed, removed, seconds, rules };
}
