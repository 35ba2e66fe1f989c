/**
 * Computes how long each event took until it was painted, from what was sent and what was seen. It measures nothing.
 */

/** An event for a watched row. Times are milliseconds since the Unix epoch. */
export interface Sent {
  readonly row: number;
  readonly sentAt: number;
}

/** A row that shows a different event than in the frame before. */
export interface Shown extends Sent {
  readonly paintedAt: number;
}

/**
 * An event overtaken by the next one for its row in the same frame was painted with that one. Null while any event has
 * not been painted.
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
