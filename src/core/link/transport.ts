/**
 * The seam for the socket: what carries frames, and what it tells of its end. It knows nothing of what the frames say.
 */
import type { LinkReason } from '../../shared/link/link.ts';

/** Why a connection ended or never came about. `isFatal`: trying again would only fail again. */
export interface Ending {
  readonly reason: LinkReason;
  readonly isFatal: boolean;
}

export interface ConnectionHandlers {
  onOpen(): void;
  onFrame(text: string): void;
  /** What came was not a text frame within the limit. The connection goes on, unless `onEnd` follows. */
  onBadFrame(kind: 'binary-frame' | 'frame-too-large' | 'broken-frame', detail: string, example: string): void;
  /** The answer to a ping, with what the ping carried. */
  onPong(text: string): void;
  /** Called exactly once, after which nothing else is. */
  onEnd(ending: Ending): void;
}

export interface Connection {
  /** Does nothing once the connection has ended. */
  send(text: string): void;
  /** Asks the other side for a pong that carries the same text, of at most 125 bytes. */
  ping(text: string): void;
  /** All that came so far, whole frame or not: whether it grows tells a slow connection from a dead one. */
  readonly bytesRead: number;
  /** Says goodbye and then ends; the frames already sent are delivered if the other side still listens. */
  close(): void;
  /** Ends at once. */
  terminate(): void;
}

export interface TransportOptions {
  readonly subprotocol: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Path of a PEM file with the company's own certificate authorities, or empty. They are trusted beside the usual ones. */
  readonly caFile: string;
  readonly connectTimeoutMs: number;
}

/** Opens a connection. Never throws: what goes wrong comes through `onEnd`. */
export type Transport = (url: string, options: TransportOptions, handlers: ConnectionHandlers) => Connection;
