/**
 * What the core keeps in memory after a hundred thousand and after a million events: new statuses, and now and then a
 * member or a team that comes and goes, and a frame that violates the contract. Needs `--expose-gc`.
 */
import { pick, random, roster, statusAt, teamEvent } from '../load.ts';
import type { HeapReport } from '../figures/heap.ts';
import { coreWith } from './core.ts';

const SIZE = { members: 400, teams: 40 };
/** By then the record of the last hours is full, so that any later growth is a leak. */
const FEW = 100_000;
const MANY = 1_000_000;
const EVENTS_PER_FRAME = 13;

const teams = roster(SIZE);
const home = pick(teams, 0).team;
const core = await coreWith(teams);
const next = random(1);
take(0, FEW);
const few = heapBytes();
take(FEW, MANY);
const many = heapBytes();
if (core.violations() === 0) throw new Error('The core found no frame odd');
const report: HeapReport = { type: 'heap', few, many };
process.send?.(report);
process.disconnect();

function take(from: number, to: number): void {
  for (let taken = from; taken < to; taken += 1) {
    core.receive(frameOf(taken));
    if (taken % EVENTS_PER_FRAME === 0) core.publish();
  }
  core.publish();
}

/** Ids of what comes and goes are never reused, so that anything kept of them shows. */
function frameOf(turn: number): string {
  const { team, member } = pick(teams, next());
  const round = String(Math.floor(turn / 100));
  const passingMember = { ...member, memberId: `passing ${round}` };
  const passingTeam = { teamId: `passing ${round}`, teamName: 'Passing', members: [passingMember] };
  switch (turn % 100) {
    case 0:
      return teamEvent('teamadded', passingTeam, passingTeam.members);
    case 1:
      return teamEvent('teamremoved', passingTeam);
    case 2:
      // A member that was never announced: a violation, but accepted all the same.
      return teamEvent('memberstatuschanged', home, [passingMember]);
    case 3:
      return teamEvent('memberremoved', home, [{ memberId: passingMember.memberId }]);
    case 4:
      return `not JSON, and different each time: ${String(turn)}`;
    default:
      return teamEvent('memberstatuschanged', team, [{ ...member, ...statusAt(turn) }]);
  }
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Start it with --expose-gc');
  // Twice: the second one frees what the first one only released.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
