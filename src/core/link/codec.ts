/**
 * The interface for an envelope: wraps a request into a frame and unwraps a report message from a frame. The
 * integration server's own stack may want an envelope; its codec goes beside `plainCodec`, and nothing above this
 * interface changes.
 */
import type { ReportRequest } from '../../shared/link/report.ts';

export interface Codec {
  /** The text of one frame. */
  encode(request: ReportRequest): string;
  /** The unchecked report message in a frame. Throws an Error that says why if the frame can't be read. */
  decode(frame: string): unknown;
}

/** The message itself as JSON, without an envelope. */
export const plainCodec: Codec = {
  encode: (request) => JSON.stringify(request),
  decode: (frame): unknown => JSON.parse(frame),
};
