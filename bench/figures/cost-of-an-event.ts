/**
 * The cost of one event with 10,000 members, compared to 100: it must depend on the event, not on the board. Bare rows
 * show how much of the difference is due to the machine, whose memory is slower the more of it is in use.
 */
import { Child } from '../child.ts';
import { atMost, byTurns, type Bench, type Figure, type Samples } from '../figure.ts';
import type { Size } from '../load.ts';

/** The same at both sizes: only the number of members differs. */
const TEAMS = 20;

export interface CostOptions extends Size {
  readonly how: 'core' | 'bare rows';
}

export interface CostReport {
  readonly type: 'cost';
  /** Processor time for one event. */
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
    {
      figure: 'the same for bare rows, looked up and written, at 10,000',
      floor: 'the same at 100',
      unit: 'µs',
      compare: 'ratio',
      aim: null,
    },
  ],
  measure: async (bench) => [await atBothSizes(bench, 'core'), await atBothSizes(bench, 'bare rows')],
};

function atBothSizes(bench: Bench, how: CostOptions['how']): Promise<Samples> {
  return byTurns(bench.rounds(7), {
    floor: () => cost(bench, { how, members: 100, teams: TEAMS }),
    product: () => cost(bench, { how, members: 10_000, teams: TEAMS }),
  });
}

async function cost({ programs }: Bench, options: CostOptions): Promise<number> {
  const child = new Child<CostReport>(programs, 'cost', [JSON.stringify(options)]);
  const { microseconds } = await child.report('cost');
  await child.stop();
  return microseconds;
}
