/**
 * Every way to fail, in words that anyone can read and act on, in every language; the system's own message is in the
 * details.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  CaFileError,
  closedWith,
  failedWith,
  notOpenInTime,
  refusedBy,
  type Attempt,
} from '../../../src/core/link/link-errors.ts';
import { fileFailure } from '../../../src/core/base/file-failure.ts';
import type { Ending } from '../../../src/core/link/transport.ts';
import { LANGUAGES } from '../../../src/shared/texts/languages.ts';
import { translate, translateToEnglish } from '../../../src/shared/texts/text.ts';
import { ENGLISH, translatorFor, setTranslator } from '../../../src/shared/texts/texts.ts';
import { RAW_WORDS } from '../../support/raw-words.ts';
import { inEnglish } from '../../support/in-english.ts';

const WSS: Attempt = { url: 'wss://processor.example:8443/x?token=hunter2', subprotocol: 'v1', caFile: '/ca.pem' };
const WS: Attempt = { ...WSS, url: 'ws://processor.example/x?token=hunter2' };

afterEach(() => {
  setTranslator(() => ENGLISH);
});

function error(code: string, message = `connect ${code} 10.0.0.1:8443`): Error {
  return Object.assign(new Error(message), { code });
}

/** As worded by OpenSSL, in Node, and BoringSSL, in Electron. */
function tlsErrors(reason: string, alert?: number): readonly Error[] {
  const number = alert === undefined ? '' : `SSL alert number ${String(alert)}`;
  const open = `8032E5:error:0A000410:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/ssl/rec_layer_s3.c:1605:${number}\n`;
  const upper = reason.replaceAll(' ', '_').toUpperCase();
  const boring = `140:error:10000410:SSL routines:OPENSSL_internal:${upper}:../../third_party/boringssl/src/ssl/tls_record.cc:592:${number}\n`;
  return [
    error('EPROTO', `write EPROTO ${open}`),
    error(`ERR_SSL_${upper}`, open),
    error('EPROTO', `write EPROTO ${boring}`),
  ];
}

function judge({ reason }: Ending): void {
  for (const { code } of LANGUAGES) {
    setTranslator(() => translatorFor(code, []));
    const message = translate(reason.message);
    const remedy = translate(reason.remedy);
    expect(message).not.toMatch(RAW_WORDS);
    expect(remedy).not.toMatch(RAW_WORDS);
    expect(message).not.toContain('hunter2');
    expect(message.length).toBeGreaterThan(8);
    expect(remedy.length).toBeGreaterThan(8);
    expect(message).toMatch(/[.。]$/);
  }
  setTranslator(() => ENGLISH);
  expect(reason.details ?? '').not.toContain('hunter2');
}

const said = ({ reason }: Ending): string => `${reason.code}: ${translateToEnglish(reason.message)}`;

describe('a socket’s error', () => {
  test.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ECONNRESET', 'the connection was reset'],
    ['EPIPE', 'the connection was reset'],
    ['EHOSTUNREACH', 'the host can’t be reached'],
    ['ENETUNREACH', 'the network can’t be reached'],
    ['ENOTFOUND', 'the name is not known'],
    ['EAI_AGAIN', 'the name could not be looked up'],
    ['ETIMEDOUT', 'no answer in time'],
    ['EADDRNOTAVAIL', 'this computer has no connection left to give'],
    ['EMFILE', 'this computer has no connection left to give'],
    ['EACCES', 'this computer does not allow the connection'],
    ['HPE_INVALID_CONSTANT', 'what answers there speaks neither HTTP nor WebSocket'],
    ['ESOMETHING', 'the cause is not known'],
    ['', 'the cause is not known'],
  ])('%s is told as: %s', (code, why) => {
    const ending = failedWith(error(code), WS);
    expect(said(ending)).toBe(`unreachable: processor.example can’t be reached: ${why}.`);
    expect(ending.isFatal).toBe(false);
    expect(ending.reason.details).toContain(code);
    judge(ending);
  });

  test('of several addresses is told by the last, with all of them in the details', () => {
    const all = new AggregateError([error('ENETUNREACH'), error('ECONNREFUSED')], '');
    const ending = failedWith(all, WS);
    expect(said(ending)).toContain('nothing listens there');
    expect(ending.reason.details).toContain('ENETUNREACH');
    judge(ending);
  });

  test('that is a hang-up may come of plain words to a server of TLS, and only then', () => {
    const hangUp = error('ECONNRESET', 'socket hang up');
    expect(said(failedWith(hangUp, WS))).toContain('wss://');
    expect(said(failedWith(hangUp, WSS))).toContain('the connection was reset');
  });

  test('that is an answer in TLS to plain words says so', () => {
    const rawPacket = Buffer.from([0x15, 3, 1, 0, 2, 2, 70]);
    const ending = failedWith(Object.assign(error('HPE_INVALID_CONSTANT', 'Parse Error'), { rawPacket }), WS);
    expect(said(ending)).toContain('it wants TLS');
    judge(ending);
  });
});

describe('an error of TLS', () => {
  test.each([
    ['wrong version number', undefined, 'it does not speak TLS'],
    ['http request', undefined, 'it does not speak TLS'],
    ['unsupported protocol', undefined, 'its encryption is too old'],
    ['tlsv1 alert protocol version', 70, 'its encryption is too old'],
    ['dh key too small', undefined, 'its encryption is too old'],
    ['sslv3 alert handshake failure', 40, 'no encryption in common'],
    ['tlsv13 alert certificate required', 116, 'wants a client certificate'],
    ['sslv3 alert bad certificate', 42, 'wants a client certificate'],
    ['tlsv1 unrecognized name', 112, 'does not know this name'],
    ['tlsv1 alert internal error', 80, 'an error of its own'],
    ['something new', 999, 'no encryption could be agreed on'],
    ['something new', undefined, 'no encryption could be agreed on'],
  ])('“%s” (%s) is told in words, whichever library found it', (reason, alert, why) => {
    for (const one of tlsErrors(reason, alert)) {
      const ending = failedWith(one, WSS);
      expect(said(ending)).toContain(why);
      expect(ending.reason.details).toContain(one.message.trim());
      judge(ending);
    }
  });
});

describe('a certificate', () => {
  test.each<readonly [string, string]>([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['CERT_NOT_YET_VALID', 'is not valid yet'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is signed by nobody but itself'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'is not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'is not trusted'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'is not trusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'is not trusted'],
    ['CERT_UNTRUSTED', 'is not trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another name'],
    ['HOSTNAME_MISMATCH', 'is for another name'],
    ['CERT_REVOKED', 'has been revoked'],
    ...[
      ...['INVALID_CA', 'CERT_SIGNATURE_FAILURE', 'CERT_CHAIN_TOO_LONG', 'CERT_REJECTED', 'PATH_LENGTH_EXCEEDED'],
      ...['INVALID_PURPOSE', 'ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD', 'UNSPECIFIED'],
      ...['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'CRL_HAS_EXPIRED'],
    ].map((code) => [code, 'is faulty'] as const),
  ])('with %s %s, which no try at once mends', (code, what) => {
    const ending = failedWith(error(code, 'in the words of the system'), WSS);
    expect(said(ending)).toBe(`certificate: The certificate of processor.example:8443 ${what}.`);
    expect(ending.isFatal).toBe(true);
    expect(ending.reason.details).toBe(`${code}: in the words of the system`);
    judge(ending);
  });
});

describe('an answer of HTTP', () => {
  test.each([
    [101, 'refused', 'another server'],
    [200, 'refused', 'sign-in page'],
    [301, 'refused', 'sign-in page'],
    [302, 'refused', 'sign-in page'],
    [400, 'refused', 'does not take such a request'],
    [401, 'credentials', 'credentials are missing or not accepted'],
    [403, 'credentials', 'access is not allowed'],
    [404, 'refused', 'nothing at this path'],
    [407, 'refused', 'a proxy on the way'],
    [418, 'refused', 'does not take such a request'],
    [426, 'refused', 'does not take such a request'],
    [429, 'refused', 'asked too often'],
    [500, 'refused', 'an error of its own'],
    [502, 'refused', 'down or overloaded'],
    [503, 'refused', 'down or overloaded'],
    [504, 'refused', 'did not answer in time'],
    [599, 'refused', 'an error of its own'],
    [0, 'refused', 'no WebSocket server answers like this'],
    [999, 'refused', 'no WebSocket server answers like this'],
    [2000, 'refused', 'no WebSocket server answers like this'],
  ])('%i is %s: %s', (status, code, why) => {
    const ending = refusedBy(status, 'ERR_IN_ITS_WORDS', WS);
    expect(said(ending)).toContain(why);
    expect(ending.reason.code).toBe(code);
    expect(ending.isFatal).toBe(code === 'credentials');
    expect(ending.reason.details).toBe(`HTTP ${String(status)} ERR_IN_ITS_WORDS`);
    judge(ending);
  });
});

describe('the code of a goodbye', () => {
  test('is told in words, known or not, and refuses the credentials only where it says so', () => {
    const codes = Array.from({ length: 16 }, (_, index) => 1000 + index);
    for (const code of [...codes, 2999, 3000, 3003, 3008, 3500, 4000, 4401, 4403, 4999]) {
      const ending = closedWith(code, '', true, WS);
      expect(ending.isFatal).toBe([3000, 3003, 4401, 4403].includes(code));
      expect(ending.reason.code).toBe(ending.isFatal ? 'credentials' : 'closed');
      judge(ending);
      judge(closedWith(code, '', false, WS));
    }
  });

  test.each([true, false])('has its words in the details alone, without secrets (was open: %s)', (wasOpen) => {
    for (const code of [1000, 1008, 3000, 4000, 4401]) {
      const { reason } = closedWith(code, 'x.AuthException: token=abcdef for Ana Torres', wasOpen, WS);
      expect(JSON.stringify([reason.message, reason.remedy])).not.toMatch(/Auth|abcdef|Ana/);
      expect(reason.details).toBe(`${String(code)}: x.AuthException: token=*** for Ana Torres`);
      judge(closedWith(code, 'ERR_IN_ITS_WORDS', wasOpen, WS));
    }
  });
});

test('nothing that a server writes freely gets into a sentence', () => {
  const free = 'token=hunter3 Ana';
  const endings = [
    refusedBy(401, free, WS),
    refusedBy(777, free, WS),
    closedWith(4000, free, true, WS),
    failedWith(error('WS_ERR_INVALID_UTF8', free), WS),
    failedWith(error('', `Server sent a subprotocol ${free}`), WS),
    failedWith(error('ERR_TLS_CERT_ALTNAME_INVALID', `Host: is not in the cert's altnames: DNS:${free}`), WSS),
    failedWith(error('HPE_INVALID_CONSTANT', `Parse Error: ${free}`), WS),
  ];
  for (const { reason } of endings) {
    expect(JSON.stringify([reason.message, reason.remedy])).not.toMatch(/hunter3|Ana/);
    expect(reason.details).toContain('token=*** Ana');
  }
});

test('a connection that was not open in time says so', () => {
  expect(said(notOpenInTime(WS))).toContain('no answer in time');
  judge(notOpenInTime(WS));
});

describe('a CA file', () => {
  test.each([
    ['ENOENT', true, 'there is no such file'],
    ['EACCES', true, 'this user may not open it'],
    ['EBUSY', false, 'another program is using it'],
    ['ETIMEDOUT', false, 'its disk or share can’t be reached'],
    ['ENEW', false, 'the cause is not known'],
  ])('that ends with %s: fatal %s, %s', (code, isFatal, why) => {
    const ending = failedWith(new CaFileError(null, error(code, `${code}: open '/ca.pem'`)), WSS);
    expect(inEnglish(ending)).toMatchObject({
      isFatal,
      reason: {
        code: 'ca-file',
        message: `The CA file /ca.pem can’t be read: ${why}.`,
        details: `${code}: open '/ca.pem'`,
      },
    });
    judge(ending);
  });

  test('with a certificate that can’t be read is no passing fault', () => {
    const cause = error('ERR_OSSL_ASN1_X', 'error:0680009B:asn1 encoding routines::too long');
    const ending = failedWith(new CaFileError({ key: 'link.caFileBroken', values: { number: 2 } }, cause), WSS);
    expect(inEnglish(ending)).toMatchObject({
      isFatal: true,
      reason: { message: 'The CA file /ca.pem can’t be read: certificate 2 in it can’t be read.' },
    });
    judge(ending);
    const empty = failedWith(new CaFileError({ key: 'link.caFileEmpty' }), WSS);
    expect(empty.reason).not.toHaveProperty('details');
    judge(empty);
  });
});

test('[RETRY-11] whatever error there is, nobody is shown it raw', () => {
  const codes = fc.oneof(
    fc.stringMatching(/^(E|ERR_|ERR_SSL_|HPE_|WS_ERR_|CERT_|EAI_|UNABLE_TO_)[A-Z0-9_]{1,30}$/),
    fc.constantFrom('', 'EPROTO', 'ERR_INVALID_URL', 'toString', '__proto__'),
  );
  const things = fc.oneof(
    fc.record({ code: codes, message: fc.string({ maxLength: 200 }) }).map((one) => error(one.code, one.message)),
    codes.map((code) => new CaFileError(null, error(code))),
    codes.map((code) => new AggregateError([error(code)], '')),
    fc.constantFrom(new SyntaxError(`Invalid URL: ${WS.url}`), 'EFAULT', null, undefined, 7),
  );
  fc.assert(
    fc.property(things, fc.constantFrom(WS, WSS, { ...WS, url: 'x y?token=hunter2' }), (thing, attempt) => {
      judge(failedWith(thing, attempt));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.nat({ max: 70_000 }), (number) => {
      judge(refusedBy(number, '', WS));
      judge(closedWith(number, '', true, WS));
    }),
    { numRuns: 100 },
  );
});

describe('a file’s error', () => {
  test.each([
    ['ENOENT', 'there is no such file', false],
    ['ENOTDIR', 'there is no such folder', false],
    ['EISDIR', 'it is not an ordinary file', false],
    ['EACCES', 'this user may not open it', false],
    ['EPERM', 'this user may not open it', false],
    ['ENAMETOOLONG', 'no file can have this name', false],
    ['ERR_INVALID_ARG_VALUE', 'no file can have this name', false],
    ['ELOOP', 'its links lead in a circle', false],
    ['EROFS', 'its disk is read-only', false],
    ['ENOSPC', 'the disk is full', true],
    ['EBUSY', 'another program is using it', true],
    ['EMFILE', 'this computer has too many files open', true],
    ['EIO', 'its disk or share reports an error', true],
    ['EHOSTDOWN', 'its disk or share can’t be reached', true],
    ['UNKNOWN', 'its disk or share can’t be reached', true],
    ['ESOMETHING', 'the cause is not known', true],
    ['', 'the cause is not known', true],
  ])('%s is told as: %s (passing: %s)', (code, why, isTemporary) => {
    const fault = fileFailure(error(code, `${code}: open '/x'`));
    expect(inEnglish(fault.text)).toBe(why);
    expect(fault.isTemporary).toBe(isTemporary);
    expect(fault.isMissing).toBe(code === 'ENOENT');
    expect(fault.details).toBe(`${code}: open '/x'`);
    expect(fileFailure(fault)).toBe(fault);
  });
});
