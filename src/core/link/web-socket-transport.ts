/**
 * Carries frames over WebSocket with the `ws` package. It knows nothing about the content of frames; link-errors.ts
 * explains how it can fail.
 */
import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import WebSocket from 'ws';
import { MAX_FRAME_BYTES } from '../../shared/link/report.ts';
import { withTimeout, readNamedFile, type ReadNamedFile } from '../base/named-file.ts';
import { CaFileError, closedWith, failedWith, notOpenInTime, refusedBy, type Attempt } from './link-errors.ts';
import type { Connection, ConnectionHandlers, Ending, Transport, TransportOptions } from './transport.ts';

/**
 * The socket itself accepts frames up to this size, so that a frame over the contract's limit is counted and skipped
 * without losing the connection and the good frames after it. Bytes.
 */
const MAX_SOCKET_FRAME_BYTES = 16 * MAX_FRAME_BYTES;

/**
 * How long a goodbye from either side may take before the socket is cut. `ws` supports it, but its types do not yet.
 */
const CLOSING = { closeTimeout: 1000 };

const EXAMPLE_BYTES = 500;

/** `readFile`: replaced in tests by one that hangs. */
export function webSocketTransportWith(readFile: ReadNamedFile): Transport {
  return (url, options, handlers) =>
    options.caFile === '' || !isEncrypted(url)
      ? open(url, options, handlers, {})
      : openWithCaFile(url, options, handlers, certificateAuthorities(readFile, options));
}

export const webSocketTransport = webSocketTransportWith(readNamedFile);

interface Authorities {
  readonly ca: string[];
}

function isEncrypted(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'wss:';
}

/** The file may be on a share that hangs. It gets as long as an answer would, and nothing else waits for it. */
function openWithCaFile(
  url: string,
  options: TransportOptions,
  handlers: ConnectionHandlers,
  reading: Promise<Authorities>,
): Connection {
  let connection: Connection | null = null;
  let isCalledOff = false;
  const cancel = (): void => {
    if (isCalledOff) return;
    isCalledOff = true;
    queueMicrotask(() => {
      handlers.onEnd(closedWith(NO_GOODBYE, '', false, attemptOf(url, options)));
    });
  };
  reading.then(
    (authorities) => {
      if (!isCalledOff) connection = open(url, options, handlers, authorities);
    },
    (error: unknown) => {
      if (!isCalledOff) handlers.onEnd(failedWith(error, attemptOf(url, options)));
    },
  );
  return {
    send: (text) => connection?.send(text),
    ping: (text) => connection?.ping(text),
    get bytesRead() {
      return connection?.bytesRead ?? 0;
    },
    close: () => {
      if (connection === null) cancel();
      else connection.close();
    },
    terminate: () => {
      if (connection === null) cancel();
      else connection.terminate();
    },
  };
}

function open(
  url: string,
  options: TransportOptions,
  handlers: ConnectionHandlers,
  authorities: Partial<Authorities>,
): Connection {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, options.subprotocol === '' ? [] : [options.subprotocol], {
      headers: Object.fromEntries(options.headers),
      maxPayload: MAX_SOCKET_FRAME_BYTES,
      perMessageDeflate: false,
      ...CLOSING,
      ...authorities,
    });
  } catch (error) {
    // Later, like every other end: the caller has no connection yet.
    queueMicrotask(() => {
      handlers.onEnd(failedWith(error, attemptOf(url, options)));
    });
    return { send: nothing, ping: nothing, bytesRead: 0, close: nothing, terminate: nothing };
  }
  return listen(socket, url, options, handlers);
}

function listen(socket: WebSocket, url: string, options: TransportOptions, handlers: ConnectionHandlers): Connection {
  const attempt = attemptOf(url, options);
  let ending: Ending | null = null;
  let wasOpen = false;
  let stream: Socket | null = null;
  // The time-out of `ws` itself restarts with every byte that trickles in.
  const limit = setTimeout(() => {
    ending ??= notOpenInTime(attempt);
    socket.terminate();
  }, options.connectTimeoutMs);
  socket.on('upgrade', (response) => {
    stream = response.socket;
  });
  socket.on('open', () => {
    clearTimeout(limit);
    wasOpen = true;
    handlers.onOpen();
  });
  socket.on('pong', (data) => {
    handlers.onPong(data.toString('utf8'));
  });
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      // Enough to guess what it is, but too little to reveal anyone.
      const first = data.subarray(0, 4).toString('hex');
      handlers.onBadFrame('binary-frame', `${String(data.length)} bytes, the first of them ${first}`, '');
    } else if (data.length > MAX_FRAME_BYTES) {
      const example = data.subarray(0, EXAMPLE_BYTES).toString('utf8');
      handlers.onBadFrame('frame-too-large', `${String(data.length)} bytes`, example);
    } else {
      handlers.onFrame(data.toString('utf8'));
    }
  });
  socket.on('unexpected-response', (request, response) => {
    ending = refusedBy(response.statusCode ?? 0, response.statusMessage ?? '', attempt);
    request.destroy();
    socket.terminate();
  });
  socket.on('error', (error) => {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      handlers.onBadFrame('frame-too-large', `more than ${String(MAX_SOCKET_FRAME_BYTES)} bytes`, '');
    } else if (code.startsWith('WS_ERR_')) {
      handlers.onBadFrame('broken-frame', error.message, '');
    }
    ending ??= failedWith(error, attempt);
  });
  socket.on('close', (code, reason) => {
    clearTimeout(limit);
    handlers.onEnd(ending ?? closedWith(code, reason.toString('utf8'), wasOpen, attempt));
  });
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    ping: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.ping(text);
    },
    get bytesRead() {
      return stream?.bytesRead ?? 0;
    },
    close: () => {
      socket.close(1000);
    },
    terminate: () => {
      socket.terminate();
    },
  };
}

function nothing(): void {
  // There is no socket.
}

/** Stands for an end without a close frame. */
const NO_GOODBYE = 1006;

function attemptOf(url: string, { subprotocol, caFile }: TransportOptions): Attempt {
  return { url, subprotocol, caFile };
}

/** Rejects with a `CaFileError`. */
async function certificateAuthorities(
  readFile: ReadNamedFile,
  { caFile, connectTimeoutMs }: TransportOptions,
): Promise<Authorities> {
  const { bytes } = await withTimeout(readFile(caFile), connectTimeoutMs).catch((cause: unknown) => {
    throw new CaFileError(null, cause);
  });
  const certificates = new TextDecoder().decode(bytes ?? undefined).match(PEM_CERTIFICATE) ?? [];
  if (certificates.length === 0) throw new CaFileError({ key: 'link.caFileEmpty' });
  // TLS itself skips what it can't read, and would blame the processor's certificate.
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch (cause) {
      throw new CaFileError({ key: 'link.caFileBroken', values: { number: index + 1 } }, cause);
    }
  }
  return { ca: [...rootCertificates, ...certificates] };
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
