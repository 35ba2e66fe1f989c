/**
 * Carries frames over WebSocket with the `ws` package, and puts the ways in which a connection can fail into words.
 * It knows nothing of what the frames say.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import WebSocket from 'ws';
import { MAX_FRAME_BYTES } from '../../shared/report.ts';
import type { Connection, ConnectionHandlers, Ending, Transport, TransportOptions } from './transport.ts';

/**
 * The socket itself takes frames up to this size, so that one over the contract's limit is counted and passed over
 * without the loss of the connection and of the good frames behind it. Bytes.
 */
const MAX_SOCKET_FRAME_BYTES = 16 * MAX_FRAME_BYTES;

/** How long a goodbye, theirs or ours, may take before the socket is cut. `ws` has it, its types do not yet. */
const CLOSING = { closeTimeout: 1000 };

const EXAMPLE_BYTES = 500;

export const webSocketTransport: Transport = (url, options, handlers) => {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, options.subprotocol === '' ? [] : [options.subprotocol], {
      headers: Object.fromEntries(options.headers),
      maxPayload: MAX_SOCKET_FRAME_BYTES,
      perMessageDeflate: false,
      ...CLOSING,
      ...certificateAuthorities(options),
    });
  } catch (error) {
    // Later, as every other end comes: the caller has no connection yet.
    queueMicrotask(() => {
      handlers.onEnd(endingOf(error, url, options));
    });
    return { send: nothing, ping: nothing, bytesRead: 0, close: nothing, terminate: nothing };
  }
  return listen(socket, url, options, handlers);
};

function listen(socket: WebSocket, url: string, options: TransportOptions, handlers: ConnectionHandlers): Connection {
  let ending: Ending | null = null;
  let wasOpen = false;
  let stream: Socket | null = null;
  // The time-out of `ws` itself begins anew with every byte that trickles in.
  const limit = setTimeout(() => {
    ending ??= unreachable(url, 'no answer in time');
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
      // Enough to tell what it may be, and too little to tell of anybody.
      const first = data.subarray(0, 4).toString('hex');
      handlers.onOddFrame('binary-frame', `${String(data.length)} bytes, the first of them ${first}`, '');
    } else if (data.length > MAX_FRAME_BYTES) {
      const example = data.subarray(0, EXAMPLE_BYTES).toString('utf8');
      handlers.onOddFrame('frame-too-large', `${String(data.length)} bytes`, example);
    } else {
      handlers.onFrame(data.toString('utf8'));
    }
  });
  socket.on('unexpected-response', (request, response) => {
    ending = refusal(response.statusCode ?? 0, response.statusMessage ?? '', url);
    request.destroy();
    socket.terminate();
  });
  socket.on('error', (error) => {
    const code = errorCode(error);
    if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      handlers.onOddFrame('frame-too-large', `more than ${String(MAX_SOCKET_FRAME_BYTES)} bytes`, '');
    } else if (code.startsWith('WS_ERR_')) {
      handlers.onOddFrame('broken-frame', error.message, '');
    }
    ending ??= endingOf(error, url, options);
  });
  socket.on('close', (code, reason) => {
    clearTimeout(limit);
    handlers.onEnd(ending ?? closed(code, reason.toString('utf8'), wasOpen));
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

class CaFileError extends Error {
  override readonly name = 'CaFileError';
}

function certificateAuthorities({ caFile }: TransportOptions): { ca?: string[] } {
  if (caFile === '') return {};
  try {
    const certificates = readFileSync(caFile, 'utf8').match(PEM_CERTIFICATE) ?? [];
    if (certificates.length === 0) throw new Error('it holds no certificate in PEM form');
    // TLS itself passes over what it can't read, and would lay the blame on the processor's certificate.
    for (const certificate of certificates) new X509Certificate(certificate);
    return { ca: [...rootCertificates, ...certificates] };
  } catch (cause) {
    throw new CaFileError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** What a close code says, as a clause behind “The processor ended the connection”; RFC 6455 and IANA's registry. */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1001: 'it is going away, or starting again',
  1002: 'it says that what it was sent breaks the rules of WebSocket',
  1003: 'it does not take what it was sent',
  1007: 'it could not read what it was sent',
  1008: 'its own rules forbid it',
  1009: 'it says that what it was sent is too big',
  1011: 'it had an error of its own',
  1012: 'it is starting again',
  1013: 'it has too much to do',
};

function closed(code: number, reason: string, wasOpen: boolean): Ending {
  return { isFatal: false, reason: { code: 'closed', message: closedWords(code, reason, wasOpen), remedy: '' } };
}

function closedWords(code: number, reason: string, wasOpen: boolean): string {
  if (!wasOpen) return 'The connection ended before it was open.';
  if (code === NO_GOODBYE) return 'The connection was cut.';
  const meaning = CLOSE_CODES[code];
  const why = reason === '' ? '' : `: ${reason}`;
  return `The processor ended the connection${meaning === undefined ? '' : `: ${meaning}`} (${String(code)}${why}).`;
}

/** Stands for an end without a close frame. */
const NO_GOODBYE = 1006;

function refusal(status: number, text: string, url: string): Ending {
  const isPage = status < 400;
  const answer = `${host(url)} answered ${String(status)}${text === '' ? '' : ` ${text}`} instead of opening a WebSocket`;
  if (status === 401 || status === 403) {
    return fatal(
      'credentials',
      `${answer}.`,
      'Check the headers that the processor wants (--header, or “headers” in the settings file).',
    );
  }
  const message = isPage
    ? `${answer}: this may be the network’s sign-in page, or another server.`
    : status === 407
      ? `${answer}: a proxy on the way wants to know who you are.`
      : `${answer}.`;
  const remedy =
    status === 407
      ? 'Ask whoever runs the network to let this address through.'
      : status >= 500
        ? ''
        : 'Check the address and its path with whoever runs the server.';
  return { isFatal: false, reason: { code: 'refused', message, remedy } };
}

const CERTIFICATE_ERRORS: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const NETWORK_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host can’t be reached',
  ENETUNREACH: 'the network can’t be reached',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'no answer in time',
};

/** What is wrong with a certificate, and what can be done, where that is not a matter of the authority. */
const CERTIFICATE_FAULTS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  CERT_HAS_EXPIRED: [
    'has expired',
    'Whoever runs the server has to renew it. If this computer’s date is wrong, set it right.',
  ],
  CERT_NOT_YET_VALID: [
    'is not valid yet',
    'If this computer’s date is wrong, set it right; else ask whoever runs the server.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'is for another name',
    'Use the name that the certificate is for; whoever runs the server knows it.',
  ],
};

function endingOf(error: unknown, url: string, options: TransportOptions): Ending {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (error instanceof CaFileError) {
    return fatal(
      'ca-file',
      `The CA file ${options.caFile} can’t be read: ${message}`,
      'Check “caFile” in the settings.',
    );
  }
  if (error instanceof SyntaxError || code === 'ERR_INVALID_URL') {
    // The message on an address that can't even be read repeats it, with whatever secret is in it.
    const why = URL.canParse(url) ? `${host(url)} can’t be connected to: ${message}` : 'The address can’t be read.';
    return fatal('bad-url', why, 'An address looks like ws://host:port/path or wss://host/path.');
  }
  if (code !== '' && CERTIFICATE_ERRORS.has(code)) {
    const [what, remedy] = CERTIFICATE_FAULTS[code] ?? [
      'is not trusted',
      'If the company signs its own certificates, name its CA file in the connection settings.',
    ];
    return fatal('certificate', `The certificate of ${host(url)} ${what} (${code}).`, remedy);
  }
  if (message === 'Server sent no subprotocol' || message === 'Server sent an invalid subprotocol') {
    return fatal(
      'subprotocol',
      `${host(url)} does not speak the sub-protocol “${options.subprotocol}”.`,
      'Check the sub-protocol in the connection settings.',
    );
  }
  if (message === 'Server sent a subprotocol but none was requested') {
    return fatal(
      'subprotocol',
      `${host(url)} wants a sub-protocol, and none was asked for.`,
      'Ask whoever runs the server for its name, and enter it in the connection settings.',
    );
  }
  if (code.startsWith('WS_ERR_')) {
    const broken = `${host(url)} sent what WebSocket does not allow: ${message}.`;
    return { isFatal: false, reason: { code: 'broken-frame', message: broken, remedy: '' } };
  }
  return unreachable(url, NETWORK_ERRORS[code] ?? ownWords(code, message));
}

function unreachable(url: string, why: string): Ending {
  const message = `${host(url)} can’t be reached: ${why}.`;
  return { isFatal: false, reason: { code: 'unreachable', message, remedy: '' } };
}

/** For what Node and `ws` say in words of their own. */
function ownWords(code: string, message: string): string {
  if (code === 'EPROTO') {
    // Only so does one answer that speaks no TLS at all; who sent secrets there in the clear for less would be ill advised.
    const isPlain = /wrong version number|packet length too long/.test(message);
    return isPlain
      ? 'it does not speak TLS; try ws:// instead of wss://'
      : `no TLS could be agreed on (${message.trim()})`;
  }
  if (code.startsWith('HPE_')) return 'what answers there does not speak HTTP';
  return message === '' ? code : message;
}

function fatal(code: string, message: string, remedy: string): Ending {
  return { isFatal: true, reason: { code, message, remedy } };
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried: the last one speaks for all.
  return error instanceof AggregateError ? errorCode(error.errors.at(-1)) : '';
}

/** Host and port alone: a URL may carry a secret. */
function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The processor';
}
