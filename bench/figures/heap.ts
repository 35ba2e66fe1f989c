/** The core's heap after a million events, compared to a hundred thousand. */
import { Child } from '../child.ts';
import { atMost, type Figure } from '../figure.ts';

const BYTES_PER_MB = 1024 * 1024;

export interface HeapReport {
  readonly type: 'heap';
  /** Bytes after a hundred thousand events, and after a million. */
  readonly few: number;
  readonly many: number;
}

export const heap: Figure = {
  name: 'heap',
  lines: [
    {
      figure: 'heap after a million events',
      floor: 'after a hundred thousand',
      unit: 'MiB',
      compare: 'ratio',
      aim: atMost(1.05),
    },
  ],
  measure: async ({ programs, rounds }) => {
    const samples = { product: [] as number[], floor: [] as number[] };
    for (let round = 0; round < rounds(3); round += 1) {
      const child = new Child<HeapReport>(programs, 'heap', [], ['--expose-gc']);
      const { few, many } = await child.report('heap');
      await child.stop();
      samples.floor.push(few / BYTES_PER_MB);
      samples.product.push(many / BYTES_PER_MB);
    }
    return [samples];
  },
};
