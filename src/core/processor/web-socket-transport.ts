/**
 * Carries frames over WebSocket with the `ws` package, and puts the ways in which a connection can fail into words.
 * It knows nothing of what the frames say.
 */
import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import WebSocket from 'ws';
import { MAX_FRAME_BYTES } from '../../shared/report.ts';
import type { PlainKey } from '../../shared/texts/languages.ts';
import { sentences, type Text } from '../../shared/texts/text.ts';
import { FileFault, patiently, readNamedFile } from '../named-file.ts';
import type { Connection, ConnectionHandlers, Ending, Transport, TransportOptions } from './transport.ts';

/**
 * The socket itself takes frames up to this size, so that one over the contract's limit is counted and passed over
 * without the loss of the connection and of the good frames behind it. Bytes.
 */
const MAX_SOCKET_FRAME_BYTES = 16 * MAX_FRAME_BYTES;

/** How long a goodbye, theirs or ours, may take before the socket is cut. `ws` has it, its types do not yet. */
const CLOSING = { closeTimeout: 1000 };

const EXAMPLE_BYTES = 500;

export const webSocketTransport: Transport = (url, options, handlers) =>
  options.caFile === '' || !/^wss:/i.test(url)
    ? open(url, options, handlers, {})
    : openWithCaFile(url, options, handlers);

/** The file may be on a share that hangs: it is waited for as long as an answer would be, and nothing else stops for it. */
function openWithCaFile(url: string, options: TransportOptions, handlers: ConnectionHandlers): Connection {
  let connection: Connection | null = null;
  let isCalledOff = false;
  const callOff = (): void => {
    if (isCalledOff) return;
    isCalledOff = true;
    queueMicrotask(() => {
      handlers.onEnd(closed(NO_GOODBYE, '', false));
    });
  };
  certificateAuthorities(options).then(
    (authorities) => {
      if (!isCalledOff) connection = open(url, options, handlers, authorities);
    },
    (error: unknown) => {
      if (!isCalledOff) handlers.onEnd(endingOf(error, url, options));
    },
  );
  return {
    send: (text) => connection?.send(text),
    ping: (text) => connection?.ping(text),
    get bytesRead() {
      return connection?.bytesRead ?? 0;
    },
    close: () => {
      if (connection === null) callOff();
      else connection.close();
    },
    terminate: () => {
      if (connection === null) callOff();
      else connection.terminate();
    },
  };
}

function open(
  url: string,
  options: TransportOptions,
  handlers: ConnectionHandlers,
  authorities: { readonly ca?: string[] },
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
    // Later, as every other end comes: the caller has no connection yet.
    queueMicrotask(() => {
      handlers.onEnd(endingOf(error, url, options));
    });
    return { send: nothing, ping: nothing, bytesRead: 0, close: nothing, terminate: nothing };
  }
  return listen(socket, url, options, handlers);
}

function listen(socket: WebSocket, url: string, options: TransportOptions, handlers: ConnectionHandlers): Connection {
  let ending: Ending | null = null;
  let wasOpen = false;
  let stream: Socket | null = null;
  // The time-out of `ws` itself begins anew with every byte that trickles in.
  const limit = setTimeout(() => {
    ending ??= unreachable(url, { key: 'link.unreachableBecause.noAnswer' });
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
  readonly why: Text;

  constructor(why: Text, cause?: unknown) {
    super('The CA file is of no use', { cause });
    this.why = why;
  }
}

async function certificateAuthorities({
  caFile,
  connectTimeoutMs,
}: TransportOptions): Promise<{ readonly ca: string[] }> {
  try {
    const { bytes } = await patiently(readNamedFile(caFile), connectTimeoutMs);
    const certificates = new TextDecoder().decode(bytes ?? undefined).match(PEM_CERTIFICATE) ?? [];
    if (certificates.length === 0) throw new CaFileError({ key: 'link.caFileEmpty' });
    // TLS itself passes over what it can't read, and would lay the blame on the processor's certificate.
    for (const certificate of certificates) new X509Certificate(certificate);
    return { ca: [...rootCertificates, ...certificates] };
  } catch (cause) {
    if (cause instanceof CaFileError) throw cause;
    if (cause instanceof FileFault) throw new CaFileError(cause.text, cause);
    throw new CaFileError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** What a close code says, as a clause behind “The processor ended the connection”; RFC 6455 and IANA's registry. */
const CLOSE_CODES: Readonly<Record<number, PlainKey>> = {
  1001: 'link.closeCodes.goingAway',
  1002: 'link.closeCodes.rulesBroken',
  1003: 'link.closeCodes.notTaken',
  1007: 'link.closeCodes.notReadable',
  1008: 'link.closeCodes.forbidden',
  1009: 'link.closeCodes.tooBig',
  1011: 'link.closeCodes.ownError',
  1012: 'link.closeCodes.starting',
  1013: 'link.closeCodes.busy',
};

function closed(code: number, reason: string, wasOpen: boolean): Ending {
  return { isFatal: false, reason: { code: 'closed', message: closedWords(code, reason, wasOpen), remedy: '' } };
}

function closedWords(code: number, reason: string, wasOpen: boolean): Text {
  if (!wasOpen) return { key: 'link.notOpened' };
  if (code === NO_GOODBYE) return { key: 'link.cut' };
  const meaning = CLOSE_CODES[code];
  const given = reason === '' ? String(code) : `${String(code)}: ${reason}`;
  return meaning === undefined
    ? { key: 'link.closed', values: { code: given } }
    : { key: 'link.closedBecause', values: { meaning: { key: meaning }, code: given } };
}

/** Stands for an end without a close frame. */
const NO_GOODBYE = 1006;

function refusal(status: number, text: string, url: string): Ending {
  const isPage = status < 400;
  const values = { host: host(url), answer: text === '' ? String(status) : `${String(status)} ${text}` };
  if (status === 401 || status === 403) {
    // A web server at a wrong address may forbid what it does not know.
    const checks: Text[] = [
      { key: 'link.checkHeaders' },
      ...(status === 403 ? [{ key: 'link.checkAddress' } as const] : []),
    ];
    return fatal('credentials', { key: 'link.refused', values }, sentences(checks));
  }
  const isProxy = status === 407;
  const key = isPage ? 'link.refusedByPage' : isProxy ? 'link.refusedByProxy' : 'link.refused';
  const remedy: Text = isProxy ? { key: 'link.askNetwork' } : status >= 500 ? '' : { key: 'link.checkAddress' };
  return { isFatal: false, reason: { code: 'refused', message: { key, values }, remedy } };
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

const NETWORK_ERRORS: Readonly<Record<string, PlainKey>> = {
  ECONNREFUSED: 'link.unreachableBecause.nothingListens',
  ECONNRESET: 'link.unreachableBecause.reset',
  EHOSTUNREACH: 'link.unreachableBecause.noHost',
  ENETUNREACH: 'link.unreachableBecause.noNetwork',
  ENOTFOUND: 'link.unreachableBecause.nameUnknown',
  EAI_AGAIN: 'link.unreachableBecause.nameNotFound',
  ETIMEDOUT: 'link.unreachableBecause.noAnswer',
};

/** What `ws` finds wrong with a frame, where that says more than that it breaks the rules. */
const BROKEN_FRAMES: Readonly<Record<string, PlainKey>> = {
  WS_ERR_INVALID_UTF8: 'link.brokenBecause.noUtf8',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'link.brokenBecause.tooLong',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'link.brokenBecause.tooLong',
};

/** What is wrong with a certificate, and what can be done, where that is not a matter of the authority. */
const CERTIFICATE_FAULTS: Readonly<Record<string, readonly [what: PlainKey, remedy: PlainKey]>> = {
  CERT_HAS_EXPIRED: ['link.certificate.expired', 'link.certificate.renew'],
  CERT_NOT_YET_VALID: ['link.certificate.notYetValid', 'link.certificate.setDate'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['link.certificate.otherName', 'link.certificate.useName'],
};

function endingOf(error: unknown, url: string, options: TransportOptions): Ending {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  if (error instanceof CaFileError) {
    const values = { file: options.caFile, why: error.why };
    return fatal('ca-file', { key: 'link.caFile', values }, { key: 'link.checkCaFile' });
  }
  if (error instanceof SyntaxError || code === 'ERR_INVALID_URL') {
    // The message on an address that can't even be read repeats it, with whatever secret is in it.
    const why: Text = URL.canParse(url)
      ? { key: 'link.notConnectable', values: { host: host(url), message } }
      : { key: 'link.badAddress' };
    return fatal('bad-url', why, { key: 'link.addressForm' });
  }
  if (code !== '' && CERTIFICATE_ERRORS.has(code)) {
    const [what, remedy] = CERTIFICATE_FAULTS[code] ?? ['link.certificate.untrusted', 'link.certificate.nameCaFile'];
    return fatal('certificate', { key: what, values: { host: host(url), code } }, { key: remedy });
  }
  if (message === 'Server sent no subprotocol' || message === 'Server sent an invalid subprotocol') {
    return fatal(
      'subprotocol',
      { key: 'link.subprotocolNotSpoken', values: { host: host(url), subprotocol: options.subprotocol } },
      { key: 'link.checkSubprotocol' },
    );
  }
  if (message === 'Server sent a subprotocol but none was requested') {
    return fatal(
      'subprotocol',
      { key: 'link.subprotocolWanted', values: { host: host(url) } },
      { key: 'link.askSubprotocol' },
    );
  }
  if (code.startsWith('WS_ERR_')) {
    const why: Text = { key: BROKEN_FRAMES[code] ?? 'link.brokenBecause.rules', values: { code } };
    const broken: Text = { key: 'link.brokenFrame', values: { host: host(url), message: why } };
    return { isFatal: false, reason: { code: 'broken-frame', message: broken, remedy: { key: 'link.brokenRemedy' } } };
  }
  const why = NETWORK_ERRORS[code];
  return unreachable(url, why === undefined ? ownWords(code, message) : { key: why });
}

function unreachable(url: string, why: Text): Ending {
  const message: Text = { key: 'link.unreachable', values: { host: host(url), why } };
  return { isFatal: false, reason: { code: 'unreachable', message, remedy: '' } };
}

/** For what Node and `ws` say in words of their own. */
function ownWords(code: string, message: string): Text {
  if (code === 'EPROTO') {
    // Only so does one answer that speaks no TLS at all; who sent secrets there in the clear for less would be ill advised.
    const isPlain = /wrong version number|packet length too long/.test(message);
    return isPlain
      ? { key: 'link.unreachableBecause.noTls' }
      : { key: 'link.unreachableBecause.tlsNotAgreed', values: { message: message.trim() } };
  }
  if (code.startsWith('HPE_')) return { key: 'link.unreachableBecause.noHttp' };
  return message === '' ? code : message;
}

function fatal(code: string, message: Text, remedy: Text): Ending {
  return { isFatal: true, reason: { code, message, remedy } };
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried: the last one speaks for all.
  return error instanceof AggregateError ? errorCode(error.errors.at(-1)) : '';
}

/** Host and port alone: a URL may carry a secret. */
function host(url: string): Text {
  return URL.canParse(url) ? new URL(url).host : { key: 'link.theProcessor' };
}
