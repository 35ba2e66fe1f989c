/** Events per second from socket to board, compared to a bare `ws` client that parses the same frames. */
import { Child } from '../child.ts';
import { atLeast, byTurns, type Bench, type Figure } from '../figure.ts';
import { Processor } from '../processor.ts';

const SIZE = { members: 400, teams: 40 };
/** A widget runs for days, so what counts is its speed once its code is compiled. */
const WARM_UP = 50_000;
const EVENTS = 200_000;

export interface ReceiveOptions {
  readonly how: 'core' | 'bare';
  readonly url: string;
  readonly members: number;
}

export type ReceiveReport =
  /** The roster has arrived. */
  | { readonly type: 'ready' }
  /** A burst was handled, in this much processor time. */
  | { readonly type: 'burst'; readonly seconds: number };

export const socketToBoard: Figure = {
  name: 'socket-to-board',
  lines: [
    {
      figure: 'events from socket to board',
      floor: 'bare `ws` and `JSON.parse`',
      unit: 'events/s',
      compare: 'ratio',
      aim: atLeast(0.7),
    },
  ],
  measure: async (bench) => [
    await byTurns(bench.rounds(7), {
      floor: () => receive(bench, 'bare'),
      product: () => receive(bench, 'core'),
    }),
  ],
};

/** Events per second of processor time, in fresh processes on both sides of the socket. */
async function receive({ programs }: Bench, how: ReceiveOptions['how']): Promise<number> {
  const processor = await Processor.start(programs, { ...SIZE, announcesAtOnce: true });
  const options: ReceiveOptions = { how, url: processor.url, members: SIZE.members };
  const child = new Child<ReceiveReport>(programs, 'receive', [JSON.stringify(options)]);
  await child.report('ready');
  processor.burst(WARM_UP);
  await child.report('burst');
  processor.burst(EVENTS);
  const { seconds } = await child.report('burst');
  await child.stop();
  await processor.stop();
  return EVENTS / seconds;
}
