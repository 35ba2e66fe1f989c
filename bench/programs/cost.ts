/** What one event costs the core at a size of the board, in processor time, the publish included. */
import { pick, random, roster, statusAt, statusChanged, type Size } from '../load.ts';
import type { CostReport } from '../figures/cost-of-an-event.ts';
import { coreWith } from './core.ts';

/** 800 events a second make so many in one frame of the screen. */
const EVENTS_PER_FRAME = 13;
/** Frames are made a few at a time, as a socket brings them: a store of them all would crowd the board out of the cache. */
const BLOCK = 100 * EVENTS_PER_FRAME;
const WARM_UP_BLOCKS = 80;
const BLOCKS = 230;

const teams = roster(JSON.parse(process.argv[2] ?? '') as Size);
const core = await coreWith(teams);
const next = random(1);
let turn = 0;
for (let block = 0; block < WARM_UP_BLOCKS; block += 1) take(makeBlock());
let microseconds = 0;
for (let block = 0; block < BLOCKS; block += 1) microseconds += take(makeBlock());
if (core.departures() > 0) throw new Error('The core found the frames odd');
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
    core.receive(frame);
    if (index % EVENTS_PER_FRAME === 0) core.publish();
  });
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
