/** The fault proxy itself: it does exactly what it is told, to the byte, and otherwise nothing. */
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { BareProcessor, type BareConnection } from '../../lab/bare-processor.ts';
import { FaultProxy, http, switching, textFrame, textFrameHead } from '../../lab/fault-proxy.ts';
import { COMPANY_TLS, TEST_TLS } from '../../lab/test-tls.ts';

async function setUp(certificate?: string) {
  const processor = await BareProcessor.start();
  const proxy = await FaultProxy.start(processor.port, certificate === undefined ? {} : { certificate });
  onTestFinished(async () => {
    await proxy.stop();
    await processor.stop();
  });
  return { processor, proxy };
}

/** A client that keeps what arrives, and can be waited for. */
function client(proxy: FaultProxy, ca: string[] = []) {
  const socket = new WebSocket(proxy.url, { ca });
  const texts: string[] = [];
  const waiting: (() => void)[] = [];
  const errors: string[] = [];
  socket.on('message', (data: Buffer) => {
    texts.push(data.toString('utf8'));
    for (const look of waiting) look();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code ?? error.message));
  onTestFinished(() => {
    socket.terminate();
  });
  return {
    socket,
    texts,
    errors,
    opened: once(socket, 'open'),
    closed: new Promise<number>((resolve) => socket.on('close', resolve)),
    received: (count: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (texts.length >= count) resolve();
        };
        waiting.push(look);
        look();
      }),
  };
}

async function connected() {
  const { processor, proxy } = await setUp();
  const one = client(proxy);
  const server = await processor.connection();
  await one.opened;
  return { processor, proxy, server, connection: proxy.latest, ...one };
}

/** Everything sent from here has reached the processor, and the proxy has read everything that it sent by then. */
async function reaches(server: BareConnection, socket: WebSocket): Promise<void> {
  socket.send('{"command":"x"}');
  await server.request('x');
}

test('passes everything on both ways, and says which frames', async () => {
  const { server, socket, connection, texts } = await connected();
  server.sendRaw('one');
  server.sendRaw('é'.repeat(70_000));
  await server.roundTrip();
  await reaches(server, socket);
  expect(texts).toEqual(['one', 'é'.repeat(70_000)]);
  expect(connection.passedTexts).toEqual(texts);
});

test('passes an end on', async () => {
  const { server, closed } = await connected();
  server.close(4001);
  expect(await closed).toBe(4001);
  const other = await connected();
  other.socket.close(4002);
  expect((await other.server.closed).code).toBe(4002);
});

describe('at the entrance', () => {
  test('refuses: those who are there are cut off, those who come meet nobody', async () => {
    const { proxy, server, closed } = await connected();
    proxy.refuse();
    expect(await closed).toBe(1006);
    await server.closed;
    const late = client(proxy);
    late.opened.catch(() => undefined);
    await late.closed;
    expect(late.errors).toEqual(['ECONNREFUSED']);
    await proxy.heal();
    await client(proxy).opened;
  });

  test('resets', async () => {
    const { proxy, processor } = await setUp();
    proxy.entrance = 'reset';
    const { opened, closed, errors } = client(proxy);
    opened.catch(() => undefined);
    await closed;
    expect(errors).toEqual(['ECONNRESET']);
    expect(processor.handshakes).toEqual([]);
  });

  test('says nothing', async () => {
    const { proxy, processor } = await setUp();
    proxy.entrance = 'silent';
    const socket = connectSocket(Number(new URL(proxy.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.end('GET / HTTP/1.1\r\n\r\n').resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBe(0);
    expect(processor.handshakes).toEqual([]);
  });

  test('answers in the processor’s stead, unless it is asked rightly', async () => {
    const { proxy, processor } = await setUp();
    proxy.entrance = (head) => (head.includes('right') ? null : http(407, 'Proxy Authentication Required'));
    const { opened, closed, errors } = client(proxy);
    opened.catch(() => undefined);
    await closed;
    expect(errors).toEqual(['Unexpected server response: 407']);
    await once(new WebSocket(proxy.url, { headers: { 'x-key': 'right' } }), 'open');
    expect(processor.handshakes).toHaveLength(1);
  });

  test('agrees on a sub-protocol that nobody offered', async () => {
    const { proxy } = await setUp();
    proxy.entrance = (head) => switching(head, 'other');
    const { opened, closed, errors } = client(proxy);
    opened.catch(() => undefined);
    await closed;
    expect(errors).toEqual(['Server sent a subprotocol but none was requested']);
  });

  test.each([
    ['of nobody’s', TEST_TLS.cert, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['that has ended', COMPANY_TLS.expired, 'CERT_HAS_EXPIRED'],
    ['of another name', COMPANY_TLS.wrongName, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that is right', COMPANY_TLS.right, null],
  ])('shows a certificate %s', async (_, certificate, error) => {
    const { proxy } = await setUp(certificate);
    const { opened, closed, errors } = client(proxy, [COMPANY_TLS.ca]);
    await Promise.race([opened, closed]).catch(() => undefined);
    expect(errors).toEqual(error === null ? [] : [error]);
  });
});

describe('in between', () => {
  test('resets, cuts, or says goodbye in the processor’s name', async () => {
    for (const [end, code] of [
      [(one: FaultProxy) => one.latest.reset(), 1006],
      [(one: FaultProxy) => one.latest.cut(), 1006],
      [(one: FaultProxy) => one.latest.closeWith(1012, 'restart'), 1012],
    ] as const) {
      const { proxy, server, closed } = await connected();
      end(proxy);
      expect(await closed).toBe(code);
      await server.closed;
    }
  });

  test('says goodbye between two frames, never in one', async () => {
    const { server, connection, closed, texts } = await connected();
    server.sendRaw('x'.repeat(1_000_000));
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (connection.passedTexts.length === 0) setImmediate(look);
        else resolve();
      };
      look();
    });
    connection.closeWith(1001);
    server.sendRaw('too late');
    expect(await closed).toBe(1001);
    expect(texts.map(({ length }) => length)).toEqual([1_000_000]);
  });

  test('lets vanish what goes down, while what goes up arrives', async () => {
    const { server, socket, connection, texts } = await connected();
    connection.vanish('down');
    server.sendRaw('lost');
    await reaches(server, socket);
    connection.heal();
    server.sendRaw('lost too');
    await reaches(server, socket);
    expect(texts).toEqual([]);
    expect(connection.passedTexts).toEqual([]);
  });

  test('lets vanish what goes up, even the end, while what goes down arrives', async () => {
    const { server, socket, connection, received, closed } = await connected();
    connection.vanish('up');
    socket.send('lost');
    server.sendRaw('one');
    await received(1);
    socket.terminate();
    await closed;
    expect(server.received).toEqual([]);
    connection.heal();
    await server.closed;
  });

  test('holds back after so many bytes, and passes on when it is healed', async () => {
    const { server, socket, connection, texts, received } = await connected();
    const before = connection.passedBytes;
    connection.hold('down', 7);
    server.sendRaw('twelve bytes');
    await reaches(server, socket);
    expect(connection.passedBytes - before).toBe(7);
    connection.heal();
    await received(1);
    expect(texts).toEqual(['twelve bytes']);
  });

  test('delays and trickles, and nothing is lost or out of its order', async () => {
    const { server, connection, texts, received } = await connected();
    connection.delay('down', 5);
    server.sendRaw('one');
    await received(1);
    connection.trickle('down', 3, 1);
    server.sendRaw('two, and some more of it');
    server.sendRaw('three');
    await received(3);
    connection.heal();
    server.sendRaw('four');
    await received(4);
    expect(texts).toEqual(['one', 'two, and some more of it', 'three', 'four']);
  });

  test('doubles text frames, and puts bytes between frames', async () => {
    const { server, connection, texts, received } = await connected();
    connection.isDoubling = true;
    server.sendRaw('one');
    await received(2);
    connection.isDoubling = false;
    connection.inject(textFrame(70_000));
    server.sendRaw('two');
    await received(4);
    expect(texts.map((text) => text.trim())).toEqual(['one', 'one', '', 'two']);
    expect(texts[2]?.length).toBe(70_000);
  });

  test('puts in what breaks WebSocket', async () => {
    const { connection, closed, errors } = await connected();
    connection.inject(textFrameHead(2 ** 40));
    await closed;
    expect(errors).toEqual(['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH']);
  });

  test('does to those who come what it does to those who are there, until it is healed', async () => {
    const { proxy, processor } = await setUp();
    const hold = (): Promise<unknown> => processor.connection().then((server) => reaches(server, one.socket));
    proxy.each((connection) => {
      connection.isDoubling = true;
    });
    const one = client(proxy);
    await one.opened;
    await hold();
    expect(proxy.latest.isDoubling).toBe(true);
    await proxy.heal();
    expect(proxy.latest.isDoubling).toBe(false);
    const other = client(proxy);
    await other.opened;
    expect(proxy.latest.isDoubling).toBe(false);
  });

  test('cuts a connection that is idle', async () => {
    const { proxy, closed, server } = await connected();
    proxy.latest.cutWhenIdle(20);
    expect(await closed).toBe(1006);
    await server.closed;
  });
});
