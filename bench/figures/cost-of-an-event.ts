/** The cost of one event at 10,000 members, beside the same at 100: it must depend on the event, not on the board. */
import { Child } from '../child.ts';
import { atMost, byTurns, type Bench, type Figure } from '../figure.ts';
import type { Size } from '../load.ts';

/** The same number at both sizes: only the number of members differs. */
const TEAMS = 20;

export interface CostReport {
  readonly type: 'cost';
  /** Of processor time, for one event. */
  readonly microseconds: number;
}

export const costOfAnEvent: Figure = {
  name: 'cost-of-an-event',
  lines: [
    {
      figure: 'cost of one event at 10,000 members',
      floor: 'the same at 100 members',
      unit: 'µs',
      compare: 'ratio',
      aim: atMost(1.2),
    },
  ],
  measure: async (bench) => [
    await byTurns(
      bench.rounds(7),
      () => cost(bench, 100),
      () => cost(bench, 10_000),
    ),
  ],
};

async function cost({ programs }: Bench, members: number): Promise<number> {
  const size: Size = { members, teams: TEAMS };
  const child = new Child<CostReport>(programs, 'cost', [JSON.stringify(size)]);
  const { microseconds } = await child.report('cost');
  await child.stop();
  return microseconds;
}
