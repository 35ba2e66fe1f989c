/** What a figure is: something measured beside its floor, with an aim for how far from the floor it may be. */
import type { Programs } from './child.ts';
import { median } from './statistics.ts';

/** Measured by turns, so that a noisy machine is noisy for both. */
export interface Samples {
  readonly product: readonly number[];
  readonly floor: readonly number[];
}

export interface Aim {
  /** In words, as in the issue: “at most 1.2 ×”. */
  readonly words: string;
  /** Whether these medians meet it. */
  readonly isMet: (product: number, floor: number) => boolean;
}

/** One line of the table. */
export interface Line {
  readonly figure: string;
  readonly floor: string;
  /** What the numbers count: “events/s”, “ms”. */
  readonly unit: string;
  /** How the two stand to each other: as a quotient, or as a difference where the floor may be nothing. */
  readonly compare: 'ratio' | 'difference';
  /** Null where the line is there to be read beside another. */
  readonly aim: Aim | null;
}

/** A line with what was measured, or with why it could not be. */
export type Measured = Line & ({ readonly samples: Samples } | { readonly missing: string });

export interface Bench {
  readonly programs: Programs;
  /** How often each side is measured, from the usual number. */
  readonly rounds: (usual: number) => number;
}

export interface Figure {
  /** The name for `--only`. */
  readonly name: string;
  /** Its lines in the order of the table. */
  readonly lines: readonly Line[];
  /** Measures every line; rejects where a measurement failed, which is no result. */
  readonly measure: (bench: Bench) => Promise<readonly Samples[]>;
  /** Why it can't be measured on this machine; null where it can. */
  readonly missing?: () => string | null;
}

/** Measures these by turns, in their order; returns what each measured. */
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
