/**
 * The seam for an envelope: wraps a request into a frame and unwraps a frame into a report message. The integration
 * server's own stack may want another envelope than none; a codec for it goes beside `plainCodec`, and nothing above
 * this seam changes.
 */
import type { ReportRequest } from '../../shared/link/report.ts';

export interface Codec {
  /** The text of one frame. */
  encode(request: ReportRequest): string;
  /** The report message in a frame, not yet checked. Throws an Error that says why if the frame can't be read. */
  decode(frame: string): unknown;
}

/** The message itself as JSON, without an envelope. */
export const plainCodec: Codec = {
  encode: (request) => JSON.stringify(request),
  decode: (frame): unknown => JSON.parse(frame),
};
