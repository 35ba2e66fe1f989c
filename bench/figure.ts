/** Defines a figure: something measured beside its floor, with a target for its distance from the floor. */
import type { Programs } from './child.ts';
import { median } from './statistics.ts';

/** Measured alternately, so that a noisy machine affects both alike. */
export interface Samples {
  readonly product: readonly number[];
  readonly floor: readonly number[];
}

export interface Aim {
  /** In words, as in the documentation: “at most 1.2 ×”. */
  readonly words: string;
  /** Whether these medians meet it. */
  readonly isMet: (product: number, floor: number) => boolean;
}

/** One line of the table. */
export interface Line {
  readonly figure: string;
  readonly floor: string;
  /** The unit of the numbers: “events/s”, “ms”. */
  readonly unit: string;
  /** How to compare the two: as a ratio, or as a difference if the floor may be zero. */
  readonly compare: 'ratio' | 'difference';
  /** Null for a line that is only for comparison. */
  readonly aim: Aim | null;
}

/** A line with its measurements, or with why there are none. */
export type Measured = Line & ({ readonly samples: Samples } | { readonly missing: string });

export interface Bench {
  readonly programs: Programs;
  /** How often to measure each side, given the usual number. */
  readonly rounds: (usual: number) => number;
}

export interface Figure {
  /** The name for `--only`. */
  readonly name: string;
  /** Its lines in the order of the table. */
  readonly lines: readonly Line[];
  /** Measures every line. Rejects if a measurement failed, which is not a result. */
  readonly measure: (bench: Bench) => Promise<readonly Samples[]>;
  /** Why it can't be measured on this machine; null if it can. */
  readonly missing?: () => string | null;
}

/** Measures these alternately, in order; returns each one's results. */
export async function byTurns<Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<number>>>,
): Promise<Record<Side, readonly number[]>> {
  const names = Object.keys(sides) as Side[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) samples[name].push(await sides[name]());
  }
  return samples;
}

export function atMost(factor: number): Aim {
  return { words: `at most ${String(factor)} ×`, isMet: (product, floor) => product <= factor * floor };
}

export function atLeast(factor: number): Aim {
  return { words: `at least ${String(factor)} ×`, isMet: (product, floor) => product >= factor * floor };
}

export function isMet({ samples, aim }: { readonly samples: Samples; readonly aim: Aim }): boolean {
  return aim.isMet(median(samples.product), median(samples.floor));
}
