/**
 * A transport without a network: a test sees every requested connection and decides what happens on it. Knows no test
 * runner.
 */
import type { LinkCode, LinkReason } from '../src/shared/link/link.ts';
import type { ConnectionHandlers, Transport, TransportOptions } from '../src/core/link/transport.ts';

export class FakeConnection {
  readonly sent: string[] = [];
  /** The text of each ping. */
  readonly pings: string[] = [];
  /** When each was sent, on the transport's clock. */
  readonly pingedAt: number[] = [];
  bytesRead = 0;
  /** How our side ended it. */
  ended: 'closed' | 'terminated' | null = null;
  readonly url: string;
  readonly options: TransportOptions;
  readonly handlers: ConnectionHandlers;

  constructor(url: string, options: TransportOptions, handlers: ConnectionHandlers) {
    this.url = url;
    this.options = options;
    this.handlers = handlers;
  }

  /** The requests sent so far, parsed. */
  get requests(): unknown[] {
    return this.sent.map((text): unknown => JSON.parse(text));
  }

  /** Delivers a message from the processor. */
  receive(message: unknown): void {
    this.bytesRead += 1;
    this.handlers.onFrame(JSON.stringify(message));
  }

  /** Delivers the answer to a ping, by default to the last one. */
  pong(text = this.pings.at(-1) ?? ''): void {
    this.bytesRead += 1;
    this.handlers.onPong(text);
  }

  /** The other side ends it. */
  end(code: LinkCode = 'closed', isFatal = false): void {
    this.handlers.onEnd({ reason: reason(code), isFatal });
  }
}

export class FakeTransport {
  readonly connections: FakeConnection[] = [];
  readonly #now: () => number;

  constructor(now: () => number = () => NaN) {
    this.#now = now;
  }

  readonly open: Transport = (url, options, handlers) => {
    const connection = new FakeConnection(url, options, handlers);
    this.connections.push(connection);
    return {
      send: (text) => connection.sent.push(text),
      ping: (text) => {
        connection.pings.push(text);
        connection.pingedAt.push(this.#now());
      },
      get bytesRead() {
        return connection.bytesRead;
      },
      close: () => {
        connection.ended ??= 'closed';
      },
      terminate: () => {
        connection.ended ??= 'terminated';
      },
    };
  };

  /** The newest connection. */
  get last(): FakeConnection {
    const last = this.connections.at(-1);
    if (last === undefined) throw new Error('Nothing was connected to yet');
    return last;
  }
}

export function reason(code: LinkCode): LinkReason {
  return { code, message: `The reason is ${code}.`, remedy: '' };
}
