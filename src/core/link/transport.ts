/**
 * The interface for the socket: what carries frames, and how it reports its end. It knows nothing about the content of
 * frames.
 */
import type { LinkReason } from '../../shared/link/link.ts';

/** Why a connection ended or never opened. `isFatal`: trying again would only fail again. */
export interface Ending {
  readonly reason: LinkReason;
  readonly isFatal: boolean;
}

export interface ConnectionHandlers {
  onOpen(): void;
  onFrame(text: string): void;
  /** The received frame was not text within the limit. The connection continues, unless `onEnd` follows. */
  onBadFrame(kind: 'binary-frame' | 'frame-too-large' | 'broken-frame', detail: string, example: string): void;
  /** The answer to a ping, with the ping's text. */
  onPong(text: string): void;
  /** Called exactly once, and nothing is called afterwards. */
  onEnd(ending: Ending): void;
}

export interface Connection {
  /** Does nothing once the connection has ended. */
  send(text: string): void;
  /** Asks the other side for a pong with the same text, of at most 125 bytes. */
  ping(text: string): void;
  /** All bytes received so far, complete frames or not. Whether it grows tells a slow connection from a dead one. */
  readonly bytesRead: number;
  /** Says goodbye and then ends; frames already sent are delivered if the other side still listens. */
  close(): void;
  /** Ends at once. */
  terminate(): void;
}

export interface TransportOptions {
  readonly subprotocol: string;
  readonly headers: ReadonlyMap<string, string>;
  /**
   * Path of a PEM file with the company's own certificate authorities, or empty. They are trusted in addition to the
   * usual ones.
   */
  readonly caFile: string;
  readonly connectTimeoutMs: number;
}

/** Opens a connection. Never throws: errors arrive through `onEnd`. */
export type Transport = (url: string, options: TransportOptions, handlers: ConnectionHandlers) => Connection;
