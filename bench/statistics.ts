/** Median and percentile. */

/** The middle value, or the mean of the two middle ones. Throws if there are none. */
export function median(values: readonly number[]): number {
  const sorted = inOrder(values);
  const middle = sorted.length / 2;
  return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2;
}

/** The smallest value that at least this share (from 0 to 1) of all values do not exceed. Throws if there are none. */
export function percentile(values: readonly number[], share: number): number {
  return at(inOrder(values), Math.max(0, Math.ceil(share * values.length) - 1));
}

export function least(values: readonly number[]): number {
  return percentile(values, 0);
}

export function greatest(values: readonly number[]): number {
  return percentile(values, 1);
}

function inOrder(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError('There is nothing to count');
  return value;
}
