/**
 * Explains every way in which a connection can fail. One table leads from the names that the system, TLS, HTTP and
 * WebSocket use to a plain sentence, and to what helps and who can do it. Their own names appear only in the details.
 * It opens nothing.
 */
import { errorText } from '../../shared/base/error-text.ts';
import { foldWord } from '../../shared/base/folding.ts';
import type { LinkCode } from '../../shared/link/link.ts';
import type { PlainKey } from '../../shared/texts/languages.ts';
import { sentences, type Text } from '../../shared/texts/text.ts';
import { fileFailure } from '../base/file-failure.ts';
import { withoutSecrets } from './failure-details.ts';
import type { Ending } from './transport.ts';

/** What was being connected to when it failed. */
export interface Attempt {
  readonly url: string;
  readonly subprotocol: string;
  readonly caFile: string;
}

/** A CA file that can't be used. */
export class CaFileError extends Error {
  override readonly name = 'CaFileError';
  readonly why: Text;
  readonly isTemporary: boolean;

  /** `cause`: the error found in it, of any kind. */
  constructor(why: Text | null, cause?: unknown) {
    const { text, isTemporary, details } = fileFailure(cause);
    super(cause === undefined ? '' : details, { cause });
    this.why = why ?? text;
    this.isTemporary = why === null && isTemporary;
  }
}

/**
 * One way to fail. The sentence may contain the {{host}}, why in a clause, and the number that was {{given}} as an
 * answer.
 */
interface ErrorEntry {
  /** The code of the link reason. */
  readonly code: LinkCode;
  /** Whether trying again at once would only fail again. */
  readonly isFatal: boolean;
  readonly message: PlainKey;
  readonly why: PlainKey | null;
  readonly remedies: readonly PlainKey[];
}

type Kind = Pick<ErrorEntry, 'code' | 'isFatal' | 'message'>;

/** Our own name, because the time limit is ours. */
const NO_ANSWER = 'no answer in time';
/** Node's words for a connection that the other side closed before answering anything. */
const HUNG_UP = 'socket hang up';

const UNREACHABLE: Kind = { code: 'unreachable', isFatal: false, message: 'link.unreachable' };
const REFUSED: Kind = { code: 'refused', isFatal: false, message: 'link.refused' };
const CREDENTIALS: Kind = { code: 'credentials', isFatal: true, message: 'link.refused' };
const CLOSED: Kind = { code: 'closed', isFatal: false, message: 'link.closedBecause' };
const CREDENTIALS_CLOSED: Kind = { ...CLOSED, code: 'credentials', isFatal: true };
const BROKEN: Kind = { code: 'broken-frame', isFatal: false, message: 'link.brokenFrame' };

/** For anything not in the table. */
const UNKNOWN: ErrorEntry = {
  ...UNREACHABLE,
  why: 'link.unreachableBecause.unknown',
  remedies: ['link.remedies.handDetails'],
};

const ERRORS: readonly (readonly [name: string, entry: ErrorEntry])[] = [
  // The system's errors for sockets and names.
  ...when('ECONNREFUSED').is(UNREACHABLE, 'link.unreachableBecause.nothingListens', 'link.remedies.seeThatItRuns'),
  ...when('ECONNRESET', 'ECONNABORTED', 'EPIPE').is(
    UNREACHABLE,
    'link.unreachableBecause.reset',
    'link.remedies.goesOn',
  ),
  ...when('EHOSTUNREACH', 'EHOSTDOWN').is(UNREACHABLE, 'link.unreachableBecause.noHost', 'link.remedies.checkNetwork'),
  ...when('ENETUNREACH', 'ENETDOWN', 'EAFNOSUPPORT').is(
    UNREACHABLE,
    'link.unreachableBecause.noNetwork',
    'link.remedies.checkNetwork',
  ),
  ...when('ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_NONAME').is(
    UNREACHABLE,
    'link.unreachableBecause.nameUnknown',
    'link.remedies.checkName',
  ),
  ...when('EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL').is(
    UNREACHABLE,
    'link.unreachableBecause.nameNotFound',
    'link.remedies.checkNetwork',
  ),
  ...when('ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ETIMEOUT', NO_ANSWER).is(
    UNREACHABLE,
    'link.unreachableBecause.noAnswer',
    'link.remedies.seeThatItRuns',
  ),
  ...when('EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EADDRINUSE', 'EAI_MEMORY').is(
    UNREACHABLE,
    'link.unreachableBecause.noRoom',
    'link.remedies.freeComputer',
  ),
  ...when('EACCES', 'EPERM').is(UNREACHABLE, 'link.unreachableBecause.forbidden', 'link.remedies.askComputer'),
  ...when('HPE', 'no WebSocket').is(UNREACHABLE, 'link.unreachableBecause.noHttp', 'link.checkAddress'),
  ...when(HUNG_UP).is(UNREACHABLE, 'link.unreachableBecause.hungUp', 'link.checkAddress'),
  ...when('TLS in the clear').is(UNREACHABLE, 'link.unreachableBecause.wantsTls', 'link.checkAddress'),

  // TLS: what either side finds wrong, and the alert numbers with which the other side reports it (RFC 8446, 6).
  ...when(
    // A server that does not speak TLS at all causes only these. Sending secrets in the clear because of anything less
    // would be unwise.
    ...['TLS wrong version number', 'TLS packet length too long', 'TLS http request', 'TLS https proxy request'],
  ).is(UNREACHABLE, 'link.unreachableBecause.noTls', 'link.checkAddress'),
  ...when(
    ...['TLS alert 70', 'TLS alert 71', 'TLS alert 86', 'TLS unsupported protocol', 'TLS version too low'],
    ...['TLS no protocols available', 'TLS unsafe legacy renegotiation disabled', 'TLS legacy sigalg disallowed'],
    ...['TLS dh key too small', 'TLS ee key too small', 'TLS ca md too weak', 'TLS ca key too small'],
  ).is(UNREACHABLE, 'link.unreachableBecause.oldTls', 'link.remedies.newerTls'),
  ...when('TLS alert 40', 'TLS no shared cipher', 'TLS wrong cipher returned', 'TLS no ciphers available').is(
    UNREACHABLE,
    'link.unreachableBecause.nothingInCommon',
    'link.remedies.seeTlsLog',
  ),
  ...when(
    ...['TLS alert 41', 'TLS alert 42', 'TLS alert 43', 'TLS alert 44', 'TLS alert 45', 'TLS alert 46'],
    ...['TLS alert 48', 'TLS alert 49', 'TLS alert 116'],
  ).is(UNREACHABLE, 'link.unreachableBecause.wantsCertificate', 'link.remedies.letWithout'),
  ...when('TLS alert 112').is(UNREACHABLE, 'link.unreachableBecause.otherName', 'link.checkAddress'),
  ...when('TLS alert 80').is(UNREACHABLE, 'link.unreachableBecause.tlsError', 'link.remedies.goesOn'),
  ...when('TLS').is(UNREACHABLE, 'link.unreachableBecause.tlsNotAgreed', 'link.remedies.handDetails'),

  // Certificates, by Node's names for what OpenSSL finds.
  ...when('CERT_HAS_EXPIRED').is(certificate('expired'), null, 'link.certificate.renew'),
  ...when('CERT_NOT_YET_VALID').is(certificate('notYetValid'), null, 'link.certificate.setDate'),
  ...when('ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT', 'HOSTNAME_MISMATCH').is(
    certificate('otherName'),
    null,
    'link.certificate.useName',
  ),
  ...when('CERT_REVOKED').is(certificate('revoked'), null, 'link.certificate.replace'),
  ...when('DEPTH_ZERO_SELF_SIGNED_CERT').is(certificate('selfSigned'), null, 'link.certificate.nameItself'),
  ...when('SELF_SIGNED_CERT_IN_CHAIN', 'CERT_UNTRUSTED').is(
    certificate('untrusted'),
    null,
    'link.certificate.nameCaFile',
  ),
  ...when('UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE').is(
    certificate('untrusted'),
    null,
    'link.certificate.nameCaFile',
    'link.certificate.sendChain',
  ),
  ...when(
    ...['CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG', 'CERT_REJECTED', 'INVALID_CA', 'INVALID_PURPOSE'],
    ...['PATH_LENGTH_EXCEEDED', 'UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY'],
    ...['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD', 'UNABLE_TO_GET_CRL', 'CRL_HAS_EXPIRED'],
    ...['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'CRL_SIGNATURE_FAILURE', 'CRL_NOT_YET_VALID', 'UNSPECIFIED', 'OUT_OF_MEM'],
    ...['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'ERROR_IN_CRL_NEXT_UPDATE_FIELD'],
  ).is(certificate('faulty'), null, 'link.certificate.replace'),

  // An HTTP answer that does not open a WebSocket.
  ...when('HTTP 401').is(CREDENTIALS, 'link.refusedBecause.credentials', 'link.checkHeaders'),
  // A web server at a wrong address may forbid paths that it does not know.
  ...when('HTTP 403').is(CREDENTIALS, 'link.refusedBecause.forbidden', 'link.checkHeaders', 'link.checkAddress'),
  ...when('HTTP 404', 'HTTP 410').is(REFUSED, 'link.refusedBecause.notFound', 'link.checkAddress'),
  ...when('HTTP 407', 'HTTP 511').is(REFUSED, 'link.refusedBecause.proxy', 'link.askNetwork'),
  ...when('HTTP 408', 'HTTP 504').is(REFUSED, 'link.refusedBecause.slow', 'link.remedies.goesOn'),
  ...when('HTTP 425', 'HTTP 429').is(REFUSED, 'link.refusedBecause.tooOften', 'link.remedies.goesOn'),
  ...when('HTTP 502', 'HTTP 503').is(REFUSED, 'link.refusedBecause.away', 'link.remedies.goesOn'),
  ...when('HTTP 1xx', 'HTTP 2xx', 'HTTP 3xx').is(REFUSED, 'link.refusedBecause.page', 'link.checkAddress'),
  ...when('HTTP 4xx').is(REFUSED, 'link.refusedBecause.notTaken', 'link.checkAddress'),
  ...when('HTTP 5xx').is(REFUSED, 'link.refusedBecause.ownError', 'link.remedies.goesOn'),
  ...when('HTTP').is(REFUSED, 'link.refusedBecause.odd', 'link.checkAddress'),

  // Close codes (RFC 6455, 7.4, and IANA's registry; 4401 and 4403 are common usage, after HTTP's).
  ...when('goodbye 1000').is({ ...CLOSED, message: 'link.closed' }, null, 'link.remedies.goesOn'),
  ...when('goodbye 1001').is(CLOSED, 'link.closeCodes.goingAway', 'link.remedies.goesOn'),
  ...when('goodbye 1002').is(CLOSED, 'link.closeCodes.rulesBroken', 'link.brokenRemedy'),
  ...when('goodbye 1003').is(CLOSED, 'link.closeCodes.notTaken', 'link.brokenRemedy'),
  ...when('goodbye 1005').is({ ...CLOSED, message: 'link.closedUnsaid' }, null, 'link.remedies.goesOn'),
  ...when('goodbye 1006').is({ ...CLOSED, message: 'link.cut' }, null, 'link.remedies.goesOn'),
  ...when('goodbye 1007').is(CLOSED, 'link.closeCodes.notReadable', 'link.brokenRemedy'),
  ...when('goodbye 1008').is(CLOSED, 'link.closeCodes.forbidden', 'link.checkHeaders', 'link.checkAddress'),
  ...when('goodbye 1009').is(CLOSED, 'link.closeCodes.tooBig', 'link.brokenRemedy'),
  ...when('goodbye 1010').is(CLOSED, 'link.closeCodes.extension', 'link.checkAddress'),
  ...when('goodbye 1011').is(CLOSED, 'link.closeCodes.ownError', 'link.remedies.goesOn'),
  ...when('goodbye 1012').is(CLOSED, 'link.closeCodes.starting', 'link.remedies.goesOn'),
  ...when('goodbye 1013').is(CLOSED, 'link.closeCodes.busy', 'link.remedies.goesOn'),
  ...when('goodbye 1014').is(CLOSED, 'link.closeCodes.behind', 'link.remedies.goesOn'),
  ...when('goodbye 3000', 'goodbye 4401').is(
    CREDENTIALS_CLOSED,
    'link.refusedBecause.credentials',
    'link.checkHeaders',
  ),
  ...when('goodbye 3003', 'goodbye 4403').is(CREDENTIALS_CLOSED, 'link.refusedBecause.forbidden', 'link.checkHeaders'),
  ...when('goodbye 3008').is(CLOSED, 'link.closeCodes.slow', 'link.remedies.goesOn'),
  ...when('goodbye').is({ ...CLOSED, message: 'link.closed' }, null, 'link.remedies.goesOn'),
  ...when('never open').is({ ...CLOSED, message: 'link.notOpened' }, null, 'link.remedies.goesOn'),

  // Frames that break the rules of WebSocket, by the names that `ws` uses.
  ...when('WS_ERR_INVALID_UTF8').is(BROKEN, 'link.brokenBecause.noUtf8', 'link.brokenRemedy'),
  ...when('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH').is(
    BROKEN,
    'link.brokenBecause.tooLong',
    'link.brokenRemedy',
  ),
  ...when('WS_ERR').is(BROKEN, 'link.brokenBecause.rules', 'link.brokenRemedy'),

  // Errors of `ws` during the opening handshake.
  ...when('Server sent no subprotocol', 'Server sent an invalid subprotocol').is(
    { code: 'subprotocol', isFatal: true, message: 'link.subprotocolNotSpoken' },
    null,
    'link.checkSubprotocol',
  ),
  ...when('Server sent a subprotocol but none was requested').is(
    { code: 'subprotocol', isFatal: true, message: 'link.subprotocolWanted' },
    null,
    'link.askSubprotocol',
  ),
  ...when('bad address').is({ code: 'bad-url', isFatal: true, message: 'link.badAddress' }, null, 'link.addressForm'),
];

function when(...names: readonly string[]) {
  return {
    is: (kind: Kind, why: PlainKey | null, ...remedies: readonly PlainKey[]): typeof ERRORS =>
      names.map((name) => [name, { ...kind, why, remedies }]),
  };
}

function certificate(what: CertificateProblem): Kind {
  return { code: 'certificate', isFatal: true, message: `link.certificate.${what}` };
}

type CertificateProblem = 'expired' | 'notYetValid' | 'otherName' | 'revoked' | 'selfSigned' | 'untrusted' | 'faulty';

/** BoringSSL, which Electron uses, writes OpenSSL's words in capitals and with underscores. */
const TABLE: ReadonlyMap<string, ErrorEntry> = new Map(ERRORS.map(([name, entry]) => [foldWord(name), entry]));

/** For a connection that did not open in time. */
export function notOpenInTime(attempt: Attempt): Ending {
  return ending([NO_ANSWER], attempt, '');
}

/** For an HTTP answer that does not open a WebSocket. */
export function refusedBy(status: number, text: string, attempt: Attempt): Ending {
  const given = String(status);
  const names = [`HTTP ${given}`, `HTTP ${given.charAt(0)}xx`, 'HTTP'];
  return ending(given.length === 3 ? names : ['HTTP'], attempt, `HTTP ${given} ${text}`.trim(), { given });
}

/** For a connection closed by either side; 1006 stands for an end without a close frame. */
export function closedWith(code: number, text: string, wasOpen: boolean, attempt: Attempt): Ending {
  const given = String(code);
  const names = wasOpen ? [`goodbye ${given}`, 'goodbye'] : ['never open'];
  return ending(names, attempt, text === '' ? '' : `${given}: ${text}`, { given });
}

/** For any error that ended a connection or prevented it. */
export function failedWith(error: unknown, attempt: Attempt): Ending {
  const text = messageOf(error);
  if (error instanceof CaFileError) {
    const { why, isTemporary } = error;
    const message: Text = { key: 'link.caFile', values: { file: attempt.caFile, why } };
    const remedy: Text = { key: isTemporary ? 'link.remedies.copyFile' : 'link.checkCaFile' };
    return { isFatal: !isTemporary, reason: { code: 'ca-file', message, remedy, ...detailsOf(text) } };
  }
  // Its message repeats the address, including any secret in it.
  if (error instanceof SyntaxError || codeOf(error) === 'ERR_INVALID_URL') return ending(['bad address'], attempt, '');
  const code = codeOf(error);
  return ending(namesOf(error, text, attempt), attempt, text.includes(code) ? text : `${code}: ${text}`);
}

/** The names under which to look up an error, most specific first. */
function namesOf(error: unknown, text: string, { url }: Attempt): readonly string[] {
  const code = codeOf(error);
  // A TLS server does this when it is addressed without TLS.
  if (text === HUNG_UP && /^ws:/i.test(url)) return [HUNG_UP];
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    const [, alert] = /SSL alert number (\d+)/.exec(text) ?? [];
    const [, found = code.slice('ERR_SSL_'.length)] = /SSL routines:[^:]*:([^:]+)/.exec(text) ?? [];
    return [...(alert === undefined ? [] : [`TLS alert ${alert}`]), `TLS ${found}`, 'TLS'];
  }
  if (code.startsWith('HPE_')) return [isTls(error) ? 'TLS in the clear' : 'HPE'];
  if (code.startsWith('WS_ERR_')) return [code, 'WS_ERR'];
  if (/^Invalid (?:Upgrade|Sec-WebSocket)|^Server sent a Sec-WebSocket/i.test(text)) return ['no WebSocket'];
  return [code, text];
}

/** Whether the data received instead of HTTP is a TLS alert: its type, and a version whose first number is 3. */
function isTls(error: unknown): boolean {
  if (!(error instanceof Error) || !('rawPacket' in error) || !(error.rawPacket instanceof Uint8Array)) return false;
  return error.rawPacket[0] === 21 && error.rawPacket[1] === 3;
}

function ending(
  names: readonly string[],
  { url, subprotocol }: Attempt,
  details: string,
  given: { readonly given?: string } = {},
): Ending {
  const found = names.map((name) => TABLE.get(foldWord(name))).find((entry) => entry !== undefined) ?? UNKNOWN;
  const { code, isFatal, message, why, remedies } = found;
  const values = { host: host(url), subprotocol, ...given, ...(why === null ? {} : { why: { key: why } }) };
  return {
    isFatal,
    reason: {
      code,
      message: { key: message, values },
      remedy: sentences(remedies.map((key) => ({ key }))),
      ...detailsOf(details),
    },
  };
}

const MAX_DETAILS = 2000;

function detailsOf(text: string): { readonly details?: string } {
  const details = withoutSecrets(text.slice(0, MAX_DETAILS).trim());
  return details === '' ? {} : { details };
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('\n');
  return errorText(error);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried; the last one represents all.
  return error instanceof AggregateError ? codeOf(error.errors.at(-1)) : '';
}

/** Host and port only: a URL may contain a secret. */
function host(url: string): Text {
  return URL.canParse(url) ? new URL(url).host : { key: 'link.theProcessor' };
}
