/**
 * The processor time of one event at a given size of the board: for the core, including publishing; or for bare rows
 * that are looked up and written, which is the least that anything with a row per member does.
 */
import { pick, random, roster, statusAt, statusChanged, type Member, type Team } from '../load.ts';
import type { CostOptions, CostReport } from '../figures/cost-of-an-event.ts';
import { coreWith, type Core } from './core.ts';

/** At 800 events per second, this many arrive in one screen frame. */
const EVENTS_PER_FRAME = 13;
/**
 * Frames are created a few at a time, as a socket delivers them: storing all of them would crowd the board out of the
 * cache.
 */
const BLOCK = 100 * EVENTS_PER_FRAME;
const WARM_UP_BLOCKS = 80;
const BLOCKS = 230;

const { how, ...size } = JSON.parse(process.argv[2] ?? '') as CostOptions;
const teams = roster(size);
const taker = how === 'core' ? await coreWith(teams) : bareRows();
const next = random(1);
let turn = 0;
for (let block = 0; block < WARM_UP_BLOCKS; block += 1) take(makeBlock());
let microseconds = 0;
for (let block = 0; block < BLOCKS; block += 1) microseconds += take(makeBlock());
if (taker.violations() > 0) throw new Error(`The frames were odd to the ${how}`);
const report: CostReport = { type: 'cost', microseconds: microseconds / (BLOCKS * BLOCK) };
process.send?.(report);
process.disconnect();

function makeBlock(): readonly string[] {
  return Array.from({ length: BLOCK }, () => {
    const { team, member } = pick(teams, next());
    turn += 1;
    return statusChanged(team, { ...member, ...statusAt(turn) });
  });
}

/** How much processor time it took. */
function take(frames: readonly string[]): number {
  const before = process.cpuUsage();
  frames.forEach((frame, index) => {
    taker.receive(frame);
    if (index % EVENTS_PER_FRAME === 0) taker.publish();
  });
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function bareRows(): Pick<Core, 'receive' | 'publish' | 'violations'> {
  type Row = { -readonly [K in keyof Member]: Member[K] };
  const rows = new Map(
    teams.map(({ teamId, members }) => [
      teamId,
      new Map(members.map((member): [string, Row] => [member.memberId, { ...member }])),
    ]),
  );
  let unknown = 0;
  return {
    receive: (frame) => {
      const { data } = JSON.parse(frame) as { readonly data: { readonly team: Team } };
      for (const { memberId, memberName, status, reason } of data.team.members) {
        const row = rows.get(data.team.teamId)?.get(memberId);
        if (row?.memberName === memberName) {
          row.status = status;
          row.reason = reason;
        } else unknown += 1;
      }
    },
    publish: () => undefined,
    violations: () => unknown,
  };
}
