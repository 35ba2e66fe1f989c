/**
 * A processor that does nothing by itself: a real WebSocket server on a free port of 127.0.0.1 whose every frame is
 * written by a test. It is not the simulator, shares no code with `src`, and does not know which test runner uses it.
 * Everything that arrives is kept until a test asks for it, so that no early connection and no early request is missed.
 *
 *     const processor = await BareProcessor.start();
 *     // … point the widget at processor.url …
 *     const connection = await processor.connection();
 *     const begin = await connection.request('report.teamstatus.begin');
 *     connection.success(begin);
 *     connection.event('teamadded', 'a1', { teamId: 't1', teamName: 'Sales', members: [member('m1')] });
 *     await connection.roundTrip(); // the client has handled all of the above, and all it had sent has arrived
 *     await processor.stop();
 *
 * Waiting has no time limit of its own: the test's is enough. If what is awaited can no longer arrive (the connection
 * ended, the processor was stopped), it rejects at once and says what was received.
 */
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

export interface BareProcessorOptions {
  /** Port to listen on; a free one by default. */
  readonly port?: number;
  /** Key and certificate as PEM; with them the processor speaks `wss`. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A full member as in PROTOCOL.md. Any value is allowed, even undocumented ones. */
export interface BareMember {
  readonly memberId: string;
  readonly memberType: string;
  readonly memberName: string;
  readonly status: string;
  readonly reason: string;
}

/** A team as an event carries it. */
export interface BareTeam {
  readonly teamId: string;
  readonly teamName: string;
  readonly members?: readonly (BareMember | { readonly memberId: string })[];
}

/** A request as received. */
export interface BareRequest {
  readonly command: string;
  /** The request's `data`; an empty object if it had none. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The frame, verbatim. */
  readonly text: string;
}

/** A client's request to open a connection, whether accepted or not. */
export interface Handshake {
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The sub-protocols that the client offered, in order. */
  readonly offered: readonly string[];
}

/** A member with every field set; `given` overrides the defaults. */
export function member(memberId: string, given: Partial<BareMember> = {}): BareMember {
  return { memberId, memberType: 'Agent', memberName: `Name of ${memberId}`, status: 'ready', reason: '0', ...given };
}

const PREFIX = 'report.teamstatus.';

/** One connection of a client, from the processor's side. */
export class BareConnection {
  readonly handshake: Handshake;
  /** The agreed sub-protocol; empty for none. */
  readonly subprotocol: string;
  /** Resolves when the connection has ended in any way; never rejects. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Every request so far, taken or not, in order of arrival. */
  readonly received: BareRequest[] = [];
  /** Whether pings are answered, as they are initially. */
  answersPings = true;
  readonly #socket: WebSocket;
  readonly #requests = new Inbox<BareRequest>();
  #pongs = 0;

  /** @internal Made by {@link BareProcessor}. */
  constructor(socket: WebSocket, handshake: Handshake) {
    this.#socket = socket;
    this.handshake = handshake;
    this.subprotocol = socket.protocol;
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        const commands = this.received.map(({ command }) => command).join(', ');
        this.#requests.end(`The connection ended (${String(code)}); it had brought: ${commands || 'nothing'}`);
        resolve({ code, reason: reason.toString('utf8') });
      });
    });
    // A client that breaks off does not matter here: `closed` reports it.
    socket.on('error', () => undefined);
    socket.on('ping', (data) => {
      if (this.answersPings) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      const request = readRequest(data.toString('utf8'));
      this.received.push(request);
      this.#requests.put(request);
    });
  }

  /**
   * The first request with this command that was not taken yet; waits for it if necessary. Requests with other commands
   * stay where they are. Rejects if the connection ends first.
   */
  request(command: string): Promise<BareRequest> {
    return this.#requests.take(`a request ${command}`, (request) => request.command === command);
  }

  /** Takes the next begin, answers it with success and returns the agent's id. */
  async begin(): Promise<string> {
    const request = await this.request(`${PREFIX}begin`);
    this.success(request);
    return String(request.data.agentId);
  }

  /** Answers a request, or a command, with success. */
  success(to: BareRequest | string, data: unknown = {}): void {
    this.send({ command: typeof to === 'string' ? to : to.command, result: 'success', data });
  }

  /** Answers a request with failure, repeating the whole request as `original`. */
  failure(
    to: BareRequest,
    failure: { readonly code: unknown; readonly message: unknown; readonly context?: unknown },
  ): void {
    this.send({ command: to.command, result: 'failure', failure, original: JSON.parse(to.text) as unknown });
  }

  /** Sends an event. `name` may be short (`teamadded`) or complete (`report.teamstatus.teamadded`). */
  event(name: string, agentId: string, team: BareTeam): void {
    this.send({ name: name.includes('.') ? name : PREFIX + name, data: { agentId, team } });
  }

  /** Sends anything as JSON in a text frame. */
  send(message: unknown): void {
    this.sendRaw(JSON.stringify(message));
  }

  /** Sends a frame as it is: text as a text frame, a Buffer as a binary one. */
  sendRaw(frame: string | Buffer): void {
    this.#socket.send(frame, { binary: typeof frame !== 'string' });
  }

  /** Writes bytes to the socket without any framing, to break the WebSocket protocol itself. */
  sendBytes(bytes: Buffer): void {
    // `ws` keeps the socket private, and its own methods can't produce a broken frame.
    (this.#socket as unknown as { readonly _socket: Duplex })._socket.write(bytes);
  }

  /**
   * Resolves when the client has handled everything sent before, and everything that the client had sent by then has
   * arrived here. After that, `received` shows for certain what did not arrive. Rejects if the connection ends first.
   */
  roundTrip(): Promise<void> {
    this.#pongs += 1;
    const mark = `round trip ${String(this.#pongs)}`;
    return new Promise((resolve, reject) => {
      const look = (data: Buffer): void => {
        if (data.toString('utf8') !== mark) return;
        this.#socket.off('pong', look);
        resolve();
      };
      this.#socket.on('pong', look);
      void this.closed.then(({ code }) => {
        reject(new Error(`The connection ended (${String(code)}) before its round trip`));
      });
      this.#socket.ping(mark);
    });
  }

  /** Ends the connection cleanly. */
  close(code = 1000, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Cuts the connection without a goodbye. */
  terminate(): void {
    this.#socket.terminate();
  }
}

export class BareProcessor {
  /** Every attempt to open a connection so far, accepted or not. */
  readonly handshakes: Handshake[] = [];
  /** Every connection so far, taken or not, ended or not. */
  readonly connections: BareConnection[] = [];
  /** An HTTP status with which to refuse connection attempts; null accepts them. */
  refuseWith: number | null = null;
  /** Picks one of the offered sub-protocols; false for none. The first one by default. */
  chooseSubprotocol: (offered: ReadonlySet<string>) => string | false = (offered) => [...offered][0] ?? false;

  readonly #options: BareProcessorOptions;
  readonly #attempts = new Inbox<Handshake>();
  #connections = new Inbox<BareConnection>();
  #server: Server | null = null;
  #port: number;

  private constructor(options: BareProcessorOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  /** Resolves when the processor listens. */
  static async start(options: BareProcessorOptions = {}): Promise<BareProcessor> {
    const processor = new BareProcessor(options);
    await processor.#listen();
    return processor;
  }

  get port(): number {
    return this.#port;
  }

  /** `ws://127.0.0.1:port`, or `wss://localhost:port` with TLS. */
  get url(): string {
    return this.#options.tls === undefined
      ? `ws://127.0.0.1:${String(this.#port)}`
      : `wss://localhost:${String(this.#port)}`;
  }

  /** The first connection that was not taken yet; waits for it if necessary. Rejects when the processor is stopped. */
  connection(): Promise<BareConnection> {
    return this.#connections.take('a connection', () => true);
  }

  /** The first connection attempt that was not taken yet, accepted or not; waits for it if necessary. */
  attempt(): Promise<Handshake> {
    return this.#attempts.take('an attempt to connect', () => true);
  }

  /** Cuts every connection and stops listening, as in a crash. Calling it twice is safe. */
  async stop(): Promise<void> {
    this.#connections.end('The processor was stopped');
    await this.#close();
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const connection of this.connections) connection.terminate();
    await Promise.all(this.connections.map(({ closed }) => closed));
    if (server === null) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  /**
   * Cuts every connection unless already stopped, and listens again on the same port. Whoever waits for a connection
   * keeps waiting.
   */
  async restart(): Promise<void> {
    if (this.#server === null) this.#connections = new Inbox();
    else {
      await this.#close();
      this.#connections.forget();
    }
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const { tls } = this.#options;
    const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
    const sockets = new WebSocketServer({
      noServer: true,
      autoPong: false,
      maxPayload: 0,
      handleProtocols: (offered) => this.chooseSubprotocol(offered),
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const handshake = handshakeOf(request);
      this.handshakes.push(handshake);
      this.#attempts.put(handshake);
      if (this.refuseWith !== null) {
        socket.end(`HTTP/1.1 ${String(this.refuseWith)} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new BareConnection(webSocket, handshake);
        this.connections.push(connection);
        this.#connections.put(connection);
      });
    });
    // A client that does not trust the certificate breaks off; that does not matter here.
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }
}

/** Keeps whatever arrives until it is taken, and whoever waits until it arrives. */
class Inbox<T> {
  readonly #items: T[] = [];
  readonly #waiting: {
    readonly wanted: (item: T) => boolean;
    readonly resolve: (item: T) => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  #ended: string | null = null;

  put(item: T): void {
    const at = this.#waiting.findIndex(({ wanted }) => wanted(item));
    const [waiting] = at === -1 ? [] : this.#waiting.splice(at, 1);
    if (waiting === undefined) this.#items.push(item);
    else waiting.resolve(item);
  }

  /** Drops whatever was not taken. */
  forget(): void {
    this.#items.length = 0;
  }

  take(what: string, wanted: (item: T) => boolean): Promise<T> {
    const at = this.#items.findIndex(wanted);
    const [item] = at === -1 ? [] : this.#items.splice(at, 1);
    if (item !== undefined) return Promise.resolve(item);
    if (this.#ended !== null) return Promise.reject(new Error(`Waited for ${what}. ${this.#ended}`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        wanted,
        resolve,
        reject: (error) => {
          reject(new Error(`Waited for ${what}. ${error.message}`));
        },
      });
    });
  }

  end(why: string): void {
    this.#ended = why;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(why));
  }
}

function handshakeOf({ url, headers }: IncomingMessage): Handshake {
  const offered = headers['sec-websocket-protocol'] ?? '';
  return {
    path: url ?? '/',
    headers,
    offered: offered === '' ? [] : offered.split(',').map((name) => name.trim()),
  };
}

function readRequest(text: string): BareRequest {
  const message = JSON.parse(text) as { readonly command?: unknown; readonly data?: Readonly<Record<string, unknown>> };
  return { command: String(message.command), data: message.data ?? {}, text };
}
