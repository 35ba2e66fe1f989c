/**
 * A processor controlled by a program: a real WebSocket server on 127.0.0.1 that reports every request at once and can
 * cut a connection at any byte. It comes with the widget's own transport, observed, so that `quiet` knows for certain
 * when nothing is on its way in either direction. It keeps nothing of ended connections, and knows neither what the
 * messages mean nor which test runner uses it.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Transport } from '../src/core/link/transport.ts';
import { webSocketTransport } from '../src/core/link/web-socket-transport.ts';
import { settled } from './fake-clock.ts';

/** How to cut a connection: cleanly, by the end of the stream, or by a reset. */
export type Cut = 'close' | 'fin' | 'rst';

/** What happens to the next connection attempt: it is refused by HTTP, or only the first part of the answer arrives. */
export type Obstacle = { readonly type: 'refuse' } | { readonly type: 'cut'; readonly part: number };

export interface Request {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ProcessorHandlers {
  onOpen(session: Session): void;
  onRequest(session: Session, request: Request): void;
  /** A ping arrived; answer it with `session.pong(text)`. */
  onPing(session: Session, text: string): void;
  /** The connection is over on the widget's side, whoever ended it. */
  onEnd(session: Session): void;
}

/** One connection, from the opening handshake on. */
export class Session {
  /** Whether the widget considers the connection open. */
  isOpen = false;
  /** How much was sent and has not arrived, including the opening and the end of the connection. */
  inFlight = 0;
  #socket: WebSocket | null = null;
  readonly #look: () => void;

  constructor(look: () => void) {
    this.#look = look;
  }

  /** Sends messages as text frames in one piece. */
  send(messages: readonly unknown[]): void {
    this.sendText(messages.map((message) => JSON.stringify(message)));
  }

  /** Sends frames with these texts in one piece. */
  sendText(texts: readonly string[]): void {
    if (!this.isOpen) return;
    this.inFlight += texts.length;
    this.#stream()?.write(Buffer.concat(texts.map(frameOf)));
  }

  pong(text: string): void {
    if (!this.isOpen) return;
    this.inFlight += 1;
    this.#socket?.pong(text);
  }

  /**
   * Writes raw bytes, to break the WebSocket protocol itself. Only the end of the connection ends the wait for them.
   */
  sendBytes(bytes: Buffer): void {
    if (!this.isOpen) return;
    this.inFlight += 1;
    this.#stream()?.write(bytes);
  }

  /**
   * Cuts the connection after the first part of a frame, if one is given: `part` from 0 to 1. Returns whether that was
   * all of it.
   */
  cut(how: Cut, message?: unknown, part = 1): boolean {
    if (!this.isOpen) return false;
    const bytes = message === undefined ? Buffer.alloc(0) : frameOf(JSON.stringify(message));
    // A reset may overtake data: a complete frame would arrive or not by chance.
    const most = how === 'rst' ? bytes.length - 1 : bytes.length;
    const length = how === 'close' ? most : Math.max(0, Math.min(most, Math.floor(part * (bytes.length + 1))));
    const isComplete = length > 0 && length === bytes.length;
    // The end is on its way, and the frame before it.
    this.inFlight += isComplete ? 2 : 1;
    const stream = this.#stream();
    if (how === 'fin') {
      stream?.end(bytes.subarray(0, length));
    } else {
      stream?.write(bytes.subarray(0, length));
      if (how === 'rst') stream?.resetAndDestroy();
      else this.#socket?.close(1011, 'gone');
    }
    return isComplete;
  }

  /** @internal The server's end of it. */
  bind(socket: WebSocket, handlers: ProcessorHandlers): void {
    this.#socket = socket;
    const took = (): void => {
      this.inFlight -= 1;
      this.#look();
    };
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      if (!this.isOpen) return;
      handlers.onRequest(this, JSON.parse(data.toString('utf8')) as Request);
      took();
    });
    socket.on('ping', (data) => {
      if (!this.isOpen) return;
      handlers.onPing(this, data.toString('utf8'));
      took();
    });
  }

  #stream(): Socket | null {
    // `ws` keeps the socket private, and its own methods can't send part of a frame.
    return this.#socket === null ? null : (this.#socket as unknown as { readonly _socket: Socket })._socket;
  }
}

export class FaultyProcessor {
  handlers: ProcessorHandlers = {
    onOpen: () => undefined,
    onRequest: () => undefined,
    onPing: (session, text) => {
      session.pong(text);
    },
    onEnd: () => undefined,
  };
  /** What the next connection attempts get, one after the other. */
  readonly obstacles: Obstacle[] = [];
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, autoPong: false });
  /** Every connection that is opening or open on the widget's side, by the number in its address. */
  readonly #sessions = new Map<string, Session>();
  #opened = 0;
  #waiting: (() => void)[] = [];

  private constructor() {
    this.#server = createServer();
    this.#server.on('upgrade', (request, socket, head) => {
      const number = request.url ?? '';
      const session = this.#sessions.get(number);
      const obstacle = this.obstacles.shift();
      if (session === undefined) {
        socket.destroy();
      } else if (obstacle?.type === 'refuse') {
        socket.end('HTTP/1.1 503 Not now\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      } else if (obstacle?.type === 'cut') {
        socket.end(SWITCHING.slice(0, Math.floor(obstacle.part * SWITCHING.length)));
      } else {
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
          session.bind(webSocket, this.#relay);
        });
      }
    });
  }

  static async start(): Promise<FaultyProcessor> {
    const processor = new FaultyProcessor();
    await new Promise<void>((resolve) => processor.#server.listen(0, '127.0.0.1', resolve));
    return processor;
  }

  get url(): string {
    return `ws://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The widget's own transport to this processor, observed. */
  readonly transport: Transport = (url, options, handlers) => {
    this.#opened += 1;
    const number = `/${String(this.#opened)}`;
    const session = new Session(this.#look);
    this.#sessions.set(number, session);
    session.inFlight = 1;
    const over = (): void => {
      if (!this.#sessions.delete(number)) return;
      const wasOpen = session.isOpen;
      session.isOpen = false;
      if (wasOpen) this.handlers.onEnd(session);
      this.#look();
    };
    const took = (): void => {
      session.inFlight -= 1;
      this.#look();
    };
    const connection = webSocketTransport(new URL(number, url).href, options, {
      onOpen: () => {
        session.isOpen = true;
        this.handlers.onOpen(session);
        handlers.onOpen();
        took();
      },
      onFrame: (text) => {
        handlers.onFrame(text);
        took();
      },
      onBadFrame: (kind, detail, example) => {
        handlers.onBadFrame(kind, detail, example);
        took();
      },
      onPong: (text) => {
        handlers.onPong(text);
        took();
      },
      onEnd: (ending) => {
        over();
        handlers.onEnd(ending);
      },
    });
    return {
      get bytesRead() {
        return connection.bytesRead;
      },
      send: (text) => {
        if (session.isOpen) session.inFlight += 1;
        connection.send(text);
      },
      ping: (text) => {
        if (session.isOpen) session.inFlight += 1;
        connection.ping(text);
      },
      close: () => {
        over();
        connection.close();
      },
      terminate: () => {
        over();
        connection.terminate();
      },
    };
  };

  /** Resolves when nothing is on its way and all its effects are done. */
  async quiet(): Promise<void> {
    do {
      if (this.#isBusy()) {
        await new Promise<void>((resolve) => {
          this.#waiting.push(resolve);
        });
      }
      await settled();
    } while (this.#isBusy());
  }

  /** Cuts every connection, in whatever state. */
  cutAll(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  readonly #relay: ProcessorHandlers = {
    onOpen: (session) => {
      this.handlers.onOpen(session);
    },
    onRequest: (session, request) => {
      this.handlers.onRequest(session, request);
    },
    onPing: (session, text) => {
      this.handlers.onPing(session, text);
    },
    onEnd: (session) => {
      this.handlers.onEnd(session);
    },
  };

  readonly #look = (): void => {
    if (this.#isBusy()) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  };

  #isBusy(): boolean {
    for (const session of this.#sessions.values()) if (session.inFlight > 0) return true;
    return false;
  }
}

const SWITCHING =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n';

/** A text frame as a server sends it. */
export function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  head[0] = 0x81;
  if (length < 126) {
    head[1] = length;
  } else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
