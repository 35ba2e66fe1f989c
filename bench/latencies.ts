/** How long each event took until it was painted, out of what was sent and what was seen. It measures nothing. */

/** An event to a watched row. Moments are in milliseconds since the Unix epoch. */
export interface Sent {
  readonly row: number;
  readonly sentAt: number;
}

/** A row that shows another event than in the frame before. */
export interface Shown extends Sent {
  readonly paintedAt: number;
}

/**
 * An event that was overtaken by the next one of its row in the same frame was painted with that one. Null while
 * there are some that have not been painted.
 */
export function latencies(sent: readonly Sent[], shown: readonly Shown[]): readonly number[] | null {
  const found: number[] = [];
  for (const { row, sentAt } of sent) {
    const frame = shown.find((one) => one.row === row && one.sentAt >= sentAt);
    if (frame === undefined) return null;
    found.push(frame.paintedAt - sentAt);
  }
  return found;
}
