/** The real transport against a real server: what it carries, and how it reports every way to fail. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Connection, Ending, TransportOptions } from '../../../src/core/link/transport.ts';
import { webSocketTransport, webSocketTransportWith } from '../../../src/core/link/web-socket-transport.ts';
import { readNamedFile } from '../../../src/core/base/named-file.ts';
import { RAW_WORDS } from '../../support/raw-words.ts';
import { BareProcessor, type BareProcessorOptions } from '../../../lab/bare-processor.ts';
import { CHAIN_TLS, COMPANY_TLS, TEST_TLS } from '../../../lab/test-tls.ts';
import { inEnglish } from '../../support/in-english.ts';

const OPTIONS: TransportOptions = { subprotocol: '', headers: new Map(), caFile: '', connectTimeoutMs: 10_000 };

const open: Connection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.terminate();
});

function connect(url: string, options: Partial<TransportOptions> = {}, transport = webSocketTransport) {
  const seen: string[] = [];
  let opened: () => void = () => undefined;
  let endedWith: (ending: Ending) => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => (opened = resolve));
  const ended = new Promise<Ending>((resolve) => (endedWith = resolve));
  const connection = transport(
    url,
    { ...OPTIONS, ...options },
    {
      onOpen: () => {
        seen.push('open');
        opened();
      },
      onFrame: (text) => seen.push(`frame ${text}`),
      onBadFrame: (kind, detail, example) => seen.push(`${kind}, ${detail}, ${example.slice(0, 10)}`),
      onPong: (text) => seen.push(`pong ${text}`),
      onEnd: (ending) => {
        seen.push('end');
        endedWith(ending);
      },
    },
  );
  open.push(connection);
  return { connection, seen, isOpen, ended };
}

async function processorWith(options: BareProcessorOptions = {}): Promise<BareProcessor> {
  const processor = await BareProcessor.start(options);
  onTestFinished(() => processor.stop());
  return processor;
}

async function connected() {
  const processor = await processorWith();
  const client = connect(processor.url);
  const server = await processor.connection();
  await client.isOpen;
  return { processor, server, ...client };
}

/** A bare TCP or HTTP server on a free port; returns its address. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'uccx-ca-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'ca.pem');
  await writeFile(file, text);
  return file;
}

describe('frames', () => {
  test('go both ways as text, in their order', async () => {
    const { server, connection, seen } = await connected();
    server.sendRaw('é1');
    server.sendRaw('2');
    await server.roundTrip();
    connection.send('{"command":"x","data":{}}');
    expect((await server.request('x')).text).toBe('{"command":"x","data":{}}');
    expect(seen).toEqual(['open', 'frame é1', 'frame 2']);
  });

  test('that are binary are told as odd, and the one behind is taken', async () => {
    const { server, seen } = await connected();
    server.sendRaw(Buffer.from([0xca, 0xfe]));
    server.sendRaw('good');
    await server.roundTrip();
    expect(seen.slice(1, 3)).toEqual(['binary-frame, 2 bytes, the first of them cafe, ', 'frame good']);
  });

  test('[WIRE-1] of 4 MiB are taken; one byte more is told as odd, and the one behind is taken', async () => {
    const { server, seen } = await connected();
    const limit = 4 * 1024 * 1024;
    server.sendRaw('x'.repeat(limit));
    server.sendRaw('y'.repeat(limit + 1));
    server.sendRaw('good');
    await server.roundTrip();
    expect(seen[1]?.length).toBe(limit + 'frame '.length);
    expect(seen.slice(2, 4)).toEqual([`frame-too-large, ${String(limit + 1)} bytes, yyyyyyyyyy`, 'frame good']);
  });

  test('count in bytes, not in characters', async () => {
    const { server, seen } = await connected();
    server.sendRaw('é'.repeat(2 * 1024 * 1024 + 1));
    await server.roundTrip();
    expect(seen[1]).toMatch(/^frame-too-large, 4194306 bytes/);
  });

  test('far over the limit end the connection, told as too large', async () => {
    const { server, seen, ended } = await connected();
    // Text, final, with a length of 2^32 bytes, none of which arrive.
    server.sendBytes(Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0]));
    expect(inEnglish(await ended)).toMatchObject({ isFatal: false, reason: { code: 'broken-frame' } });
    expect(seen[1]).toMatch(/^frame-too-large, more than/);
  });

  test.each<[string, number[]]>([
    ['a reserved opcode', [0x83, 0]],
    ['a reserved bit', [0xc1, 0]],
    ['text that is not UTF-8', [0x81, 2, 0xc3, 0x28]],
    ['a mask', [0x81, 0x80, 1, 2, 3, 4]],
  ])('that break the WebSocket protocol with %s end the connection, told as broken', async (_, bytes) => {
    const { server, seen, ended } = await connected();
    server.sendRaw('good');
    server.sendBytes(Buffer.from(bytes));
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: false,
      reason: {
        code: 'broken-frame',
        // In our words, whatever `ws` says.
        message: expect.stringMatching(
          /sent what WebSocket does not allow: (?:text that is not UTF-8|a frame that)/,
        ) as string,
        remedy: expect.stringContaining('connects again by itself') as string,
      },
    });
    expect(seen[1]).toBe('frame good');
    expect(seen[2]).toMatch(/^broken-frame/);
    expect(seen[3]).toBe('end');
  });
});

describe('pings', () => {
  test('are answered with pongs that carry the same', async () => {
    const { server, connection, seen } = await connected();
    connection.ping('17');
    connection.send('{"command":"x"}');
    await server.request('x');
    await server.roundTrip();
    expect(seen).toEqual(['open', 'pong 17']);
  });

  test('of the other side are answered, and no pong of ours', async () => {
    const { server, seen } = await connected();
    await server.roundTrip();
    expect(seen).toEqual(['open']);
  });
});

test('what came is counted in bytes, whole frame or not', async () => {
  const { server, connection, ended } = await connected();
  const before = connection.bytesRead;
  server.sendBytes(Buffer.from([0x81, 0x05, 0x68]));
  await server.roundTrip().catch(() => undefined);
  expect(connection.bytesRead).toBeGreaterThan(before);
  connection.terminate();
  await ended;
});

describe('the opening', () => {
  test('carries path, headers and sub-protocol', async () => {
    const processor = await processorWith();
    const headers = new Map([
      ['Authorization', 'Bearer x'],
      ['X-Site', 'é'],
    ]);
    const client = connect(`${processor.url}/a/b?c=d`, { headers, subprotocol: 'uccx.v1' });
    const server = await processor.connection();
    await client.isOpen;
    expect(server.handshake).toMatchObject({ path: '/a/b?c=d', offered: ['uccx.v1'] });
    expect(server.handshake.headers).toMatchObject({ authorization: 'Bearer x' });
    expect(server.subprotocol).toBe('uccx.v1');
  });

  test.each<[number, boolean, string]>([
    [401, true, 'credentials'],
    [403, true, 'credentials'],
    [404, false, 'refused'],
    [503, false, 'refused'],
  ])('[RETRY-4] that is answered %i: fatal %s, %s', async (status, isFatal, code) => {
    const processor = await processorWith();
    processor.refuseWith = status;
    const { ended, seen } = connect(processor.url);
    expect(inEnglish(await ended)).toMatchObject({
      isFatal,
      reason: { code, message: expect.stringContaining(`answered ${String(status)}`) as string },
    });
    expect(seen).toEqual(['end']);
  });

  test('without the sub-protocol that was asked for is fatal', async () => {
    const processor = await processorWith();
    processor.chooseSubprotocol = () => false;
    const { ended } = connect(processor.url, { subprotocol: 'uccx.v1' });
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: true,
      reason: { code: 'subprotocol', message: expect.stringContaining('“uccx.v1”') as string },
    });
  });

  test.each([
    ['other', 'uccx.v1', '“uccx.v1”'],
    ['other', '', 'wants a sub-protocol'],
  ])('with the sub-protocol %j where %j was asked for is fatal', async (chosen, subprotocol, message) => {
    const server = createHttpServer();
    server.on('upgrade', (request, socket) => {
      const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash('sha1').update(key).digest('base64');
      socket.end(
        `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
          `Sec-WebSocket-Protocol: ${chosen}\r\n\r\n`,
      );
    });
    const { ended } = connect(`ws://${await listening(server)}`, { subprotocol });
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: true,
      reason: { code: 'subprotocol', message: expect.stringContaining(message) as string },
    });
  });

  test('where nothing listens is not fatal', async () => {
    const processor = await processorWith();
    await processor.stop();
    const { ended } = connect(processor.url);
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: false,
      reason: { code: 'unreachable', message: expect.stringContaining('nothing listens there') as string },
    });
  });

  test('where somebody else listens is not fatal', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('220 mail.example ESMTP\r\n');
    });
    const { ended } = connect(`ws://${await listening(server)}`);
    expect(inEnglish(await ended)).toMatchObject({ isFatal: false, reason: { code: 'unreachable' } });
  });

  test('that nobody answers is given up in time', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    const { ended, seen } = connect(`ws://${await listening(server)}`, { connectTimeoutMs: 50 });
    expect(inEnglish(await ended)).toMatchObject({ isFatal: false, reason: { code: 'unreachable' } });
    expect(seen).toEqual(['end']);
  });

  test('whose answer only trickles in is given up in time too', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      const drip = setInterval(() => socket.write('H'), 10);
      socket.on('close', () => {
        clearInterval(drip);
      });
      socket.resume();
      socket.write('HTTP/1.1 101 Switching\r\nX-');
    });
    const { ended, seen } = connect(`ws://${await listening(server)}`, { connectTimeoutMs: 80 });
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: false,
      reason: { code: 'unreachable', message: expect.stringContaining('no answer in time') as string },
    });
    expect(seen).toEqual(['end']);
  });

  test.each(['', 'nonsense', 'ftp://a', 'ws://a#b'])('of the address %j is fatal', async (url) => {
    expect(await connect(url).ended).toMatchObject({ isFatal: true, reason: { code: 'bad-url' } });
  });

  test('does not repeat what is secret in the address', async () => {
    const processor = await processorWith();
    processor.refuseWith = 404;
    const url = processor.url.replace('ws://', 'ws://me:hunter2@');
    expect(JSON.stringify(await connect(`${url}/?token=hunter2`).ended)).not.toContain('hunter2');
    expect(JSON.stringify(await connect(`${url}/?token=hunter2#x`).ended)).not.toContain('hunter2');
  });
});

describe('a certificate', () => {
  test('that is not trusted is fatal, and the remedy names the CA file', async () => {
    const processor = await processorWith({ tls: TEST_TLS });
    const { reason, isFatal } = await connect(processor.url).ended;
    expect(isFatal).toBe(true);
    expect(inEnglish(reason)).toMatchObject({
      code: 'certificate',
      remedy: expect.stringContaining('CA file') as string,
    });
  });

  test.each([
    ['has expired', COMPANY_TLS.expired, 'renew'],
    ['is for another name', COMPANY_TLS.wrongName, 'Use the name'],
  ])('that %s is fatal, and the remedy is not the CA file', async (words, cert, remedy) => {
    const processor = await processorWith({ tls: { key: TEST_TLS.key, cert } });
    const ending = await connect(processor.url, { caFile: await fileWith(COMPANY_TLS.ca) }).ended;
    expect(inEnglish(ending)).toMatchObject({
      isFatal: true,
      reason: {
        code: 'certificate',
        message: expect.stringContaining(words) as string,
        remedy: expect.stringContaining(remedy) as string,
      },
    });
  });

  test('of the company’s own authority is trusted', async () => {
    const processor = await processorWith({ tls: TEST_TLS });
    const { isOpen } = connect(processor.url, { caFile: await fileWith(TEST_TLS.cert) });
    await isOpen;
    expect(processor.connections).toHaveLength(1);
  });

  describe('a CA file that does not answer', () => {
    const hanging = () => {
      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      return { answer, transport: webSocketTransportWith((file) => answered.then(() => readNamedFile(file))) };
    };

    test('[RETRY-10] is waited for as an answer is, and tried again like a connection that was lost', async () => {
      const processor = await processorWith({ tls: TEST_TLS });
      const caFile = await fileWith(TEST_TLS.cert);
      const { answer, transport } = hanging();
      const { ended, seen } = connect(processor.url, { caFile, connectTimeoutMs: 20 }, transport);
      expect(inEnglish(await ended)).toMatchObject({
        isFatal: false,
        reason: {
          code: 'ca-file',
          message: `The CA file ${caFile} can’t be read: it does not answer.`,
          remedy: expect.stringContaining('copy the file') as string,
        },
      });
      expect(seen).toEqual(['end']);
      expect(processor.handshakes).toHaveLength(0);
      answer();
      await connect(processor.url, { caFile }, transport).isOpen;
    });

    test('[RETRY-10] holds up no connection that does not need it', async () => {
      const processor = await processorWith();
      await connect(processor.url, { caFile: '/share/ca.pem' }, hanging().transport).isOpen;
    });
  });

  test('a CA file that is a pipe is told, and does not hang', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'transport-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const caFile = path.join(folder, 'ca.pem');
    execFileSync('mkfifo', [caFile]);
    const { reason, isFatal } = await connect('wss://127.0.0.1:1', { caFile }).ended;
    expect(isFatal).toBe(true);
    expect(inEnglish(reason)).toMatchObject({ message: expect.stringContaining('not an ordinary file') as string });
    const processor = await processorWith();
    await connect(processor.url, { caFile }).isOpen;
  });

  test.each(['close', 'terminate'] as const)('%s while the CA file is read ends it, once', async (how) => {
    const processor = await processorWith({ tls: TEST_TLS });
    const { connection, seen, ended } = connect(processor.url, { caFile: await fileWith(TEST_TLS.cert) });
    connection.send('x');
    connection.ping('x');
    connection[how]();
    connection[how]();
    expect(await ended).toMatchObject({ isFatal: false });
    await connect(processor.url, { caFile: await fileWith(TEST_TLS.cert) }).isOpen;
    expect(seen).toEqual(['end']);
    expect(connection.bytesRead).toBe(0);
  });

  test.each([
    ['a folder', (folder: string) => folder, 'it is not an ordinary file'],
    ['in no folder', (folder: string) => path.join(folder, 'not', 'there.pem'), 'there is no such file'],
    ['behind a file', (folder: string) => path.join(folder, 'file', 'x'), 'there is no such folder'],
    ['of too long a name', (folder: string) => path.join(folder, 'x'.repeat(300)), 'no file can have this name'],
    ['with a NUL in its name', (folder: string) => path.join(folder, 'a\0b'), 'no file can have this name'],
    ['a link to itself', (folder: string) => path.join(folder, 'loop'), 'its links lead in a circle'],
    ['far too large', (folder: string) => path.join(folder, 'large'), 'it is larger than 4 MiB'],
  ])('a CA file that is %s is fatal, in words', async (_, of, words) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'uccx-ca-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(path.join(folder, 'file'), '');
    await writeFile(path.join(folder, 'large'), Buffer.alloc(5 * 1024 * 1024));
    await symlink(path.join(folder, 'loop'), path.join(folder, 'loop'));
    const { reason, isFatal } = await connect('wss://127.0.0.1:1', { caFile: of(folder) }).ended;
    expect(isFatal).toBe(true);
    const { message, remedy } = inEnglish(reason) as Record<string, string>;
    expect(message).toContain(words);
    expect(`${String(message?.replace(of(folder), ''))} ${String(remedy)}`).not.toMatch(RAW_WORDS);
  });

  test('file that is not there is fatal', async () => {
    const { reason, isFatal } = await connect('wss://127.0.0.1:1', { caFile: '/not/there.pem' }).ended;
    expect(isFatal).toBe(true);
    expect(inEnglish(reason)).toMatchObject({
      code: 'ca-file',
      message: expect.stringContaining('/not/there.pem') as string,
    });
  });

  test.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n'])(
    'file that holds %j is fatal',
    async (text) => {
      const processor = await processorWith({ tls: TEST_TLS });
      const caFile = await fileWith(text);
      const { reason, isFatal } = await connect(processor.url, { caFile }).ended;
      expect(isFatal).toBe(true);
      expect(inEnglish(reason)).toMatchObject({ code: 'ca-file', message: expect.stringContaining(caFile) as string });
    },
  );
});

describe('an opening that fails in TLS is told in words, with what TLS said in the details:', () => {
  const { key } = TEST_TLS;
  const company = { key, cert: COMPANY_TLS.right };
  test.each<[string, TlsOptions, string, string]>([
    ['a certificate that begins later', { key, cert: CHAIN_TLS.notYetValid }, CHAIN_TLS.ca, 'is not valid yet'],
    ['a certificate without the one in between', { key, cert: CHAIN_TLS.leaf }, CHAIN_TLS.ca, 'is not trusted'],
    [
      'an authority that nobody knows',
      { key, cert: CHAIN_TLS.leaf + CHAIN_TLS.between + CHAIN_TLS.ca },
      COMPANY_TLS.ca,
      'is not trusted',
    ],
    ['a certificate signed by itself', { key, cert: TEST_TLS.cert }, COMPANY_TLS.ca, 'is signed by nobody but itself'],
    [
      'an old version',
      { ...company, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' },
      COMPANY_TLS.ca,
      'its encryption is too old',
    ],
    [
      'no cipher in common',
      { ...company, maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
      COMPANY_TLS.ca,
      'no encryption in common',
    ],
    [
      'a client certificate that is wanted',
      { ...company, requestCert: true, rejectUnauthorized: true },
      COMPANY_TLS.ca,
      'it wants a client certificate',
    ],
    [
      'a client certificate that is wanted, before TLS 1.3',
      { ...company, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
      COMPANY_TLS.ca,
      'it wants a client certificate',
    ],
  ])('%s', async (_, options, ca, words) => {
    const server = createHttpsServer(options);
    server.on('tlsClientError', () => undefined);
    const url = `wss://${(await listening(server)).replace('127.0.0.1', 'localhost')}`;
    const { reason } = await connect(url, { caFile: await fileWith(ca) }).ended;
    const { message, remedy, details } = inEnglish(reason) as Record<string, string>;
    expect(message).toContain(words);
    expect(`${String(message)} ${String(remedy)}`).not.toMatch(RAW_WORDS);
    expect(remedy).not.toBe('');
    expect(details).toMatch(RAW_WORDS);
  });

  test('an answer in the clear, and TLS that is spoken to in the clear', async () => {
    const plain = await listening(createHttpServer());
    expect(inEnglish((await connect(`wss://${plain}`).ended).reason)).toMatchObject({
      message: expect.stringContaining('it does not speak TLS; try ws:// instead of wss://') as string,
    });
    const secret = createHttpsServer({ key, cert: TEST_TLS.cert });
    secret.on('tlsClientError', () => undefined);
    expect(inEnglish((await connect(`ws://${await listening(secret)}`).ended).reason)).toMatchObject({
      message: expect.stringContaining('try wss:// instead of ws://') as string,
    });
  });

  test('a chain that is whole opens', async () => {
    const processor = await processorWith({ tls: { key, cert: CHAIN_TLS.leaf + CHAIN_TLS.between } });
    await connect(processor.url, { caFile: await fileWith(CHAIN_TLS.ca) }).isOpen;
  });
});

describe('an end', () => {
  test('[RETRY-4] that says that the credentials are refused is fatal', async () => {
    const { server, ended } = await connected();
    server.close(4401, 'token expired');
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: true,
      reason: {
        code: 'credentials',
        message: expect.stringContaining('(4401)') as string,
        details: '4401: token expired',
      },
    });
  });

  test('by the processor is told once, with its code and reason', async () => {
    const { server, ended, seen } = await connected();
    server.close(4001, 'going down');
    expect(inEnglish(await ended)).toMatchObject({
      isFatal: false,
      reason: { code: 'closed', message: expect.stringContaining('(4001)') as string, details: '4001: going down' },
    });
    expect(seen).toEqual(['open', 'end']);
  });

  test.each([
    [1000, 'The processor ended the connection (1000).'],
    [1012, 'The processor ended the connection: it is starting again (1012).'],
    [4000, 'The processor ended the connection (4000).'],
  ])('with code %i says what the code means', async (code, message) => {
    const { server, ended } = await connected();
    server.close(code);
    expect(inEnglish((await ended).reason.message)).toBe(message);
  });

  test('without a goodbye is told too', async () => {
    const { server, ended } = await connected();
    server.terminate();
    expect(inEnglish(await ended)).toMatchObject({ isFatal: false, reason: { message: 'The connection was cut.' } });
  });

  test('by ourselves says goodbye after what was sent', async () => {
    const { server, connection, ended } = await connected();
    connection.send('{"command":"last"}');
    connection.close();
    expect((await server.closed).code).toBe(1000);
    expect(server.received.map(({ command }) => command)).toEqual(['last']);
    await ended;
  });

  test('before the opening is told once', async () => {
    const processor = await processorWith();
    const { connection, ended, seen } = connect(processor.url);
    connection.close();
    await ended;
    expect(seen).toEqual(['end']);
  });

  test('makes sending and pinging do nothing', async () => {
    const { connection, ended, seen } = await connected();
    connection.terminate();
    connection.send('x');
    connection.ping('1');
    await ended;
    connection.send('x');
    connection.ping('1');
    connection.close();
    connection.terminate();
    expect(seen).toEqual(['open', 'end']);
  });
});
