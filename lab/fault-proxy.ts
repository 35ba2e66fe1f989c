/**
 * A network that misbehaves on purpose: a TCP proxy between a widget and a processor that treats the bytes as a test or
 * a measurement tells it, while it runs. It splits the processor's data into frames, so that it can insert something
 * between two of them and say which have been passed on. It knows neither their meaning nor who is at either end.
 *
 *     const proxy = await FaultProxy.start(processor.port);
 *     // … point the widget at proxy.url …
 *     proxy.each((connection) => connection.vanish('down')); // existing and future connections
 *     await proxy.heal();
 *     await proxy.stop();
 */
import { createHash } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { TEST_TLS } from './test-tls.ts';

/**
 * What a connecting client gets: the real processor (`open`), a reset, silence, or an answer of the proxy's own. A
 * function receives the head of the request; null lets the client through.
 */
export type Entrance = 'open' | 'reset' | 'silent' | ((head: string) => string | Buffer | null);

/** `up` is what the client sends, `down` what it receives. */
export type Direction = 'up' | 'down';

export interface FaultProxyOptions {
  /**
   * A certificate for the key in test-tls.ts. With it the proxy terminates TLS, and talks to the processor without it.
   */
  readonly certificate?: string;
}

export class FaultProxy {
  /** What clients get that connect from now on. */
  entrance: Entrance = 'open';
  /** The certificate shown from now on; null for a proxy without TLS. */
  certificate: string | null;
  /** Connection attempts so far, whatever their outcome. */
  attempts = 0;
  /** Every connection that reached the processor, latest last. */
  readonly connections: ProxiedConnection[] = [];
  readonly #targetPort: number;
  readonly #sockets = new Set<Socket>();
  #fault: (connection: ProxiedConnection) => void = nothing;
  #server: Server | null = null;
  #port = 0;

  private constructor(targetPort: number, { certificate = null }: { readonly certificate?: string | null }) {
    this.#targetPort = targetPort;
    this.certificate = certificate;
  }

  /** Resolves when the proxy listens, on a free port of 127.0.0.1. */
  static async start(targetPort: number, options: FaultProxyOptions = {}): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, options);
    await proxy.#listen();
    return proxy;
  }

  get url(): string {
    const port = String(this.#port);
    return this.certificate === null ? `ws://127.0.0.1:${port}` : `wss://localhost:${port}`;
  }

  /** The latest connection. Throws if there is none yet. */
  get latest(): ProxiedConnection {
    const latest = this.connections.at(-1);
    if (latest === undefined) throw new Error('Nobody has come through the proxy yet');
    return latest;
  }

  /** Applies this to every connection that exists, and to every new one until the proxy is healed. */
  each(fault: (connection: ProxiedConnection) => void): void {
    this.#fault = fault;
    for (const connection of this.connections) fault(connection);
  }

  /** Nothing listens any more, and everyone is disconnected. */
  refuse(): void {
    this.#server?.close();
    this.#server = null;
    this.resetAll();
  }

  /** Cuts everyone off, as a crash of the processor's machine would. */
  resetAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    for (const connection of this.connections) connection.reset();
  }

  /** Everything works again for new clients. Held bytes are passed on; vanished ones stay lost. */
  async heal(): Promise<void> {
    this.entrance = 'open';
    this.#fault = nothing;
    for (const connection of this.connections) connection.heal();
    if (this.#server === null) await this.#listen();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.refuse();
    if (server !== null) await new Promise((resolve) => server.once('close', resolve));
  }

  async #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#receive(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  #receive(raw: Socket): void {
    this.attempts += 1;
    this.#sockets.add(raw);
    raw.on('error', nothing).on('close', () => {
      this.#sockets.delete(raw);
    });
    if (this.entrance === 'reset') {
      raw.resetAndDestroy();
      return;
    }
    const client = this.certificate === null ? raw : tlsOver(raw, this.certificate);
    let request = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      if (this.entrance === 'silent') return;
      request = Buffer.concat([request, chunk]);
      const end = request.indexOf(HEAD_END);
      if (end === -1) return;
      client.off('data', read);
      const answer = this.entrance === 'open' ? null : this.#answer(request.subarray(0, end).toString('latin1'));
      if (answer === null) this.#letThrough(raw, client, request);
      else client.resume().end(answer);
    };
    client.on('data', read).on('end', () => client.end());
  }

  #answer(head: string): string | Buffer | null {
    return typeof this.entrance === 'function' ? this.entrance(head) : null;
  }

  #letThrough(raw: Socket, client: Socket, request: Buffer): void {
    const connection = new ProxiedConnection(raw, client, connect(this.#targetPort, '127.0.0.1'), request);
    this.connections.push(connection);
    this.#fault(connection);
  }
}

/** One client's path through the proxy. */
export class ProxiedConnection {
  /** The text frames passed to the client completely. */
  readonly passedTexts: string[] = [];
  /** Bytes passed to the client. */
  passedBytes = 0;
  /** Whether to pass every text frame to the client twice. */
  isDoubling = false;
  /** Resolves when the processor's answer to the handshake has arrived; never, if there is none. */
  readonly opened: Promise<void>;
  #open: () => void = nothing;
  readonly #raw: Socket;
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #flows: Readonly<Record<Direction, Flow>>;
  readonly #frames = new FrameReader();
  /** The processor's side has nothing more to send to this client. */
  #isOver = false;
  #hasClientLeft = false;
  #isCableOut = false;
  #cutWhenIdle: () => void = nothing;

  /** @internal Made by {@link FaultProxy}. */
  constructor(raw: Socket, client: Socket, target: Socket, request: Buffer) {
    this.#raw = raw;
    this.#client = client;
    this.#target = target;
    this.#flows = {
      up: new Flow(target, nothing),
      down: new Flow(client, (bytes) => {
        this.passedBytes += bytes;
      }),
    };
    this.opened = new Promise((resolve) => (this.#open = resolve));
    this.#up(request);
    client.on('data', (chunk: Buffer) => {
      this.#up(chunk);
    });
    // Not `once`: the entrance's own listener would answer the client's goodbye even while the cable is out.
    client.removeAllListeners('end').on('end', () => {
      if (this.#isOver) this.#flows.down.end();
      this.#leave();
    });
    client.on('close', () => {
      this.#leave();
    });
    target.on('error', nothing).on('data', (chunk: Buffer) => {
      this.#down(chunk);
    });
    target.on('close', () => {
      if (!this.#isOver) this.#flows.down.end();
    });
  }

  /** Nothing arrives in this direction any more, not even an end. For good: TCP does not continue after a hole. */
  vanish(direction: Direction): void {
    this.#isCableOut = true;
    this.#flows[direction].manner = { type: 'vanish' };
  }

  /** After this many bytes nothing more arrives; the rest is held back until the proxy is healed. */
  hold(direction: Direction, afterBytes = 0): void {
    this.#flows[direction].manner = { type: 'hold', afterBytes };
  }

  /** Everything takes this much longer. */
  delay(direction: Direction, ms: number): void {
    this.#flows[direction].manner = { type: 'delay', ms };
  }

  /** At most this many bytes at a time, with this much time between them. */
  trickle(direction: Direction, bytes: number, everyMs: number): void {
    this.#flows[direction].manner = { type: 'trickle', bytes, everyMs };
  }

  /** Inserts bytes between two of the processor's frames. */
  inject(bytes: Buffer): void {
    this.#flows.down.write(bytes);
  }

  /** Says goodbye on the processor's behalf; nothing more arrives from it afterwards. */
  closeWith(code: number, reason = ''): void {
    this.inject(closeFrame(code, reason));
    this.#isOver = true;
  }

  /** Ends the connection both ways without a goodbye. */
  cut(): void {
    this.#flows.down.end();
    this.#flows.up.end();
  }

  /** Resets the connection both ways. */
  reset(): void {
    this.#raw.resetAndDestroy();
    this.#target.resetAndDestroy();
  }

  /** Cuts the connection as soon as neither side has sent anything for this long. */
  cutWhenIdle(afterMs: number): void {
    const timer = setTimeout(() => {
      this.cut();
    }, afterMs);
    this.#cutWhenIdle = () => timer.refresh();
    this.#client.once('close', () => {
      clearTimeout(timer);
    });
  }

  /** Passes on what was held back, and everything from now on as it arrives; what has vanished stays lost. */
  heal(): void {
    this.isDoubling = false;
    for (const flow of Object.values(this.#flows)) if (flow.manner.type !== 'vanish') flow.manner = { type: 'pass' };
    this.#isCableOut = false;
    if (this.#hasClientLeft) this.#leave();
  }

  #leave(): void {
    this.#hasClientLeft = true;
    this.#cutWhenIdle = nothing;
    if (this.#flows.up.manner.type !== 'vanish') this.#flows.up.end();
    // Once the cable is in again, the processor finds out that nobody is there any more.
    else if (!this.#isCableOut) this.reset();
  }

  #up(chunk: Buffer): void {
    this.#cutWhenIdle();
    this.#flows.up.write(chunk);
  }

  #down(chunk: Buffer): void {
    this.#cutWhenIdle();
    if (this.#isOver) return;
    for (const { bytes, text } of this.#frames.read(chunk)) {
      const passed =
        text === null
          ? nothing
          : () => {
              this.passedTexts.push(text);
            };
      this.#flows.down.write(bytes, passed);
      if (this.isDoubling && text !== null) this.#flows.down.write(bytes, passed);
      this.#open();
    }
  }
}

type Manner =
  | { readonly type: 'pass' }
  | { readonly type: 'vanish' }
  | { readonly type: 'hold'; afterBytes: number }
  | { readonly type: 'delay'; readonly ms: number }
  | { readonly type: 'trickle'; readonly bytes: number; readonly everyMs: number };

/** Bytes on their way to one side, and how they get there. */
class Flow {
  readonly #to: Socket;
  readonly #onPassed: (bytes: number) => void;
  #queue: { bytes: Buffer; readonly dueAt: number; readonly passed: () => void }[] = [];
  #manner: Manner = { type: 'pass' };
  #isEnded = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(to: Socket, onPassed: (bytes: number) => void) {
    this.#to = to;
    this.#onPassed = onPassed;
    to.once('close', () => {
      this.#sleep(null);
      this.#queue = [];
    });
  }

  get manner(): Manner {
    return this.#manner;
  }

  set manner(manner: Manner) {
    this.#manner = manner;
    this.#sleep(null);
    this.#pump();
  }

  write(bytes: Buffer, passed: () => void = nothing): void {
    const dueAt = this.#manner.type === 'delay' ? performance.now() + this.#manner.ms : 0;
    this.#queue.push({ bytes, dueAt, passed });
    if (this.#timer === null) this.#pump();
  }

  /** The other side has ended; passed on once everything before it has arrived. */
  end(): void {
    this.#isEnded = true;
    if (this.#timer === null) this.#pump();
  }

  #pump(): void {
    const manner = this.#manner;
    if (manner.type === 'vanish') {
      this.#queue = [];
      return;
    }
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      const most =
        manner.type === 'hold' ? manner.afterBytes : manner.type === 'trickle' ? manner.bytes : first.bytes.length;
      if (most === 0) return;
      const early = manner.type === 'delay' ? first.dueAt - performance.now() : 0;
      if (early > 0) {
        this.#sleep(early);
        return;
      }
      const bytes = first.bytes.subarray(0, most);
      first.bytes = first.bytes.subarray(bytes.length);
      if (!this.#to.destroyed) this.#to.write(bytes);
      this.#onPassed(bytes.length);
      if (first.bytes.length === 0) {
        this.#queue.shift();
        first.passed();
      }
      if (manner.type === 'hold') manner.afterBytes -= bytes.length;
      if (manner.type === 'trickle') {
        this.#sleep(manner.everyMs);
        return;
      }
    }
    if (this.#isEnded && manner.type !== 'hold') this.#to.end();
  }

  /** Continues after a while; null for not by itself. */
  #sleep(ms: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer =
      ms === null
        ? null
        : setTimeout(() => {
            this.#timer = null;
            this.#pump();
          }, ms);
  }
}

/** Splits the processor's side of a connection: the answer to the handshake, then complete frames. */
class FrameReader {
  #rest = Buffer.alloc(0);
  #isOpen = false;

  read(chunk: Buffer): { readonly bytes: Buffer; readonly text: string | null }[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const pieces = [];
    for (let size = this.#size(); size !== null && size <= this.#rest.length; size = this.#size()) {
      const bytes = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      pieces.push({ bytes, text: this.#isOpen ? textOf(bytes) : null });
      this.#isOpen = true;
    }
    return pieces;
  }

  /** The number of bytes of the next piece; null while it is unknown. */
  #size(): number | null {
    if (!this.#isOpen) {
      const end = this.#rest.indexOf(HEAD_END);
      return end === -1 ? null : end + HEAD_END.length;
    }
    const header = headerSize(this.#rest);
    return header === null || this.#rest.length < header ? null : header + payloadSize(this.#rest);
  }
}

const HEAD_END = '\r\n\r\n';

// A server's frames are not masked, and `ws` sends a message as one frame.
function headerSize(frame: Buffer): number | null {
  const short = frame[1];
  return short === undefined ? null : short < 126 ? 2 : short === 126 ? 4 : 10;
}

function payloadSize(frame: Buffer): number {
  const short = frame[1] ?? 0;
  return short < 126 ? short : short === 126 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2));
}

function textOf(frame: Buffer): string | null {
  return frame[0] === TEXT ? frame.subarray(headerSize(frame) ?? 0).toString('utf8') : null;
}

const TEXT = 0x81;
const CLOSE = 0x88;

function closeFrame(code: number, reason = ''): Buffer {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(code);
  return Buffer.concat([Buffer.from([CLOSE, payload.length]), payload]);
}

/** A text frame of this many bytes without content. */
export function textFrame(bytes: number): Buffer {
  return Buffer.concat([textFrameHead(bytes), Buffer.alloc(bytes, ' ')]);
}

/** Only the head of a text frame that claims this many bytes. */
export function textFrameHead(bytes: number): Buffer {
  const head = Buffer.from([TEXT, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

/** An answer to an HTTP request, for an entrance. */
export function http(status: number, text: string, body = '', headers: readonly string[] = []): string {
  const type = body.startsWith('<') ? 'text/html' : 'text/plain';
  return [
    `HTTP/1.1 ${String(status)} ${text}`,
    `Content-Type: ${type}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');
}

/** An answer to a handshake that agrees on a sub-protocol, whether it was offered or not. */
export function switching(head: string, subprotocol: string): string {
  const key = /^sec-websocket-key: *(.*)$/im.exec(head)?.[1]?.trim() ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return (
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${subprotocol}\r\n\r\n`
  );
}

function tlsOver(raw: Socket, cert: string): TLSSocket {
  // A client that does not trust the certificate breaks off; that does not matter here.
  return new TLSSocket(raw, { isServer: true, key: TEST_TLS.key, cert }).on('error', nothing);
}

function nothing(): void {
  // Nothing to do.
}
