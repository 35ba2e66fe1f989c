/**
 * Any sequence of events, breaks and settling: the board against a simple model of it, and readers against the board.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Board } from '../../../src/core/board/board.ts';
import type { MemberMessage, TeamEvent } from '../../../src/core/link/message.ts';
import { BoardReader, sorted } from '../../../lab/board-reader.ts';
import { FakeClock } from '../../../lab/fake-clock.ts';
import { ReferenceBoard } from '../../../lab/reference-board.ts';

const agentId = fc.constantFrom('a', '__proto__');
const teamId = fc.constantFrom('t1', 't2', 'constructor');
const memberId = fc.constantFrom('m1', 'm2', 'm3', '__proto__');
const teamName = fc.constantFrom('Sales', 'Service', '', ' \u200b', null);

const memberMessage: fc.Arbitrary<MemberMessage> = fc.record({
  memberId,
  memberName: fc.constantFrom('Ann', 'Bob', '', '\u200b \u00a0', null),
  memberType: fc.constantFrom('Agent', 'Supervisor', ' ', null),
  status: fc.constantFrom('ready', 'READY', 'not_ready', 'Not Ready', 'not-ready', 'ACW', 'talking', null),
  reason: fc.constantFrom('0', '', ' 0 ', '32763', '7', null),
});
const members = fc.array(memberMessage, { maxLength: 4 });

const event: fc.Arbitrary<TeamEvent> = fc
  .record({ teamId, teamName, members, memberIds: fc.array(memberId, { maxLength: 3 }), isHalf: fc.boolean() })
  .chain(({ memberIds, members, isHalf, ...rest }) => {
    const base = { ...rest, type: 'event' as const, agentId: null };
    return fc.constantFrom<TeamEvent>(
      { ...base, name: 'report.teamstatus.teamadded', members, areMembersComplete: true },
      { ...base, name: 'report.teamstatus.teamadded', members, areMembersComplete: true },
      { ...base, name: 'report.teamstatus.teamadded', members, areMembersComplete: false },
      { ...base, name: 'report.teamstatus.memberadded', members, areMembersComplete: !isHalf },
      { ...base, name: 'report.teamstatus.memberstatuschanged', members, areMembersComplete: true },
      { ...base, name: 'report.teamstatus.memberstatuschanged', members, areMembersComplete: !isHalf },
      { ...base, name: 'report.teamstatus.memberremoved', memberIds },
      { ...base, name: 'report.teamstatus.teamchanged' },
      { ...base, name: 'report.teamstatus.teamchanged', members },
      { ...base, name: 'report.teamstatus.teamremoved' },
    );
  });

type Step =
  | { readonly type: 'event'; readonly event: TeamEvent; readonly agentId: string }
  /** For how long nothing had arrived. */
  | { readonly type: 'break'; readonly silentMs: number }
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'publish' | 'join' }
  | { readonly type: 'settle' | 'ignore' | 'await' | 'forget'; readonly agentId: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constant('event' as const), event, agentId }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('join' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('break' as const), silentMs: fc.integer({ min: 0, max: 9000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('publish' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom<'settle' | 'ignore' | 'await' | 'forget'>('settle', 'ignore', 'await', 'forget'),
      agentId,
    }),
  },
);

test('the board shows what the plain model shows, and so does every reader, whenever it joined', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const clock = new FakeClock();
      const violations: string[] = [];
      let isTold = false;
      const board = new Board({
        onChange: () => {
          expect(isTold).toBe(false);
          isTold = true;
        },
        onViolation: (kind) => violations.push(kind),
      });
      const model = new ReferenceBoard();
      const readers = [new BoardReader(board.snapshot())];
      const publish = (): void => {
        const update = board.takeUpdate();
        expect(update !== null).toBe(isTold);
        isTold = false;
        if (update !== null) for (const reader of readers) reader.apply(structuredClone(update));
      };
      for (const one of steps) {
        clock.advance(1000);
        switch (one.type) {
          case 'event':
            board.apply(one.event, one.agentId, clock.now());
            model.apply(one.event, one.agentId, clock.now());
            break;
          case 'break':
            board.breakFeed(clock.now() - one.silentMs, clock.now() - one.silentMs / 2);
            model.breakFeed(clock.now() - one.silentMs, clock.now() - one.silentMs / 2);
            break;
          case 'settle':
            board.settle(one.agentId, clock.now());
            model.settle(one.agentId, clock.now());
            break;
          case 'ignore':
            board.ignore(one.agentId, clock.now());
            model.ignore(one.agentId, clock.now());
            break;
          case 'await':
            board.awaitTeams(one.agentId);
            model.awaitTeams(one.agentId);
            break;
          case 'forget':
            board.forgetAgent(one.agentId, clock.now());
            model.forgetAgent(one.agentId, clock.now());
            break;
          case 'pass':
            clock.advance(one.ms);
            break;
          case 'publish':
            publish();
            break;
          case 'join':
            readers.push(new BoardReader(structuredClone(board.snapshot())));
            break;
        }
        expect(sorted(board.snapshot().teams)).toEqual(model.view);
        expect(board.head.counts).toEqual(model.counts);
        expect(board.head.unconfirmed).toBe(model.unconfirmed);
        expect(violations).toEqual(model.violations);
      }
      publish();
      for (const reader of readers) {
        expect(reader.view).toEqual(model.view);
        expect(reader.head).toEqual(board.head);
        expect(reader.version).toBe(board.snapshot().version);
      }
    }),
    { numRuns: 500 },
  );
});
