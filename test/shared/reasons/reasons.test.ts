/** Which reason explains which status: a reason left over from an earlier status is trusted nowhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import reasonCodes from '../../../src/shared/reasons/reason-codes.json' with { type: 'json' };
import { normalReason, ReasonBook } from '../../../src/shared/reasons/reasons.ts';

const book = new ReasonBook([
  { code: '27', label: 'Lunch', cause: 'agent', isFailure: null },
  { code: '33', label: 'Training', cause: null, isFailure: null },
  { code: '255', label: 'Coaching', cause: null, isFailure: null },
  { code: '32759', label: 'Headset broken', cause: null, isFailure: null },
]);

const NOT_READY = ['not_ready', 'NOT_READY', ' Not_Ready '];
const LOGGED_OUT = ['LOGOUT', 'Logged out', 'logged-out', 'Logged_Out', 'logoff', 'signed out', 'SIGN OFF'];
const AFTER_CALL = ['ACW', 'acw', 'Work', 'WORK_READY', 'wrap-up'];
const ON_CALL = ['TALKING', 'Talk', 'Hold', 'Reserved', 'RESERVED_OUTBOUND_PREVIEW'];
const READY = ['ready', 'READY', ' Ready'];
const KNOWN = [...NOT_READY, ...LOGGED_OUT, ...AFTER_CALL, ...ON_CALL, ...READY, 'Logged-In'];
const UNKNOWN = ['', '  ', 'UNKNOWN', 'Meditating', 'constructor'];

/** The statuses that a state of the table of UCCX’s own codes stands for. */
const OF_STATE: Readonly<Record<string, readonly string[]>> = {
  'Not Ready': NOT_READY,
  Logout: LOGGED_OUT,
  Ready: READY,
  Outbound: [...AFTER_CALL, ...ON_CALL],
};

test('a name for no reason is nobody’s reason', () => {
  const odd = new ReasonBook([
    { code: '0', label: 'No reason', cause: 'system', isFailure: true },
    { code: '-1', label: 'Unknown', cause: 'agent', isFailure: true },
  ]);
  expect([odd.causeOf(''), odd.isFailure(''), odd.siteLabel('')]).toEqual([null, false, null]);
});

test('a reason of zeros without end is looked at once, and not for each of them', () => {
  const zeros = '0'.repeat(1_000_000);
  expect([normalReason(zeros), normalReason(`${zeros}7`), normalReason(`${zeros}x`)]).toEqual(['', '7', `${zeros}x`]);
});

describe('a reason explains', () => {
  test.each(reasonCodes.codes.filter(({ code }) => code !== '0'))(
    '[REASON-2] the statuses of its state and no other that is known: $code, $state',
    ({ code, state }) => {
      const plain = new ReasonBook([]);
      const explained = KNOWN.filter((status) => plain.explaining({ status, reason: code }) === code);
      expect(explained.toSorted()).toEqual(OF_STATE[state]?.toSorted());
    },
  );

  test('[REASON-3] not ready and logged out where it is a site’s own, or nobody knows it', () => {
    for (const reason of ['27', '4711', 'Lunch', 'http://finesse/api/ReasonCode/12']) {
      const explained = KNOWN.filter((status) => book.explaining({ status, reason }) === reason);
      expect(explained, reason).toEqual([...NOT_READY, ...LOGGED_OUT]);
    }
  });

  test('what UCCX says where a site has given another name to a code that only UCCX can give', () => {
    expect(KNOWN.filter((status) => book.explaining({ status, reason: '32759' }) !== '')).toEqual(NOT_READY);
  });

  test('what a site’s own does where the site has made one of the low codes its own', () => {
    expect(book.explaining({ status: 'not_ready', reason: '255' })).toBe('255');
    expect(book.explaining({ status: 'logged out', reason: '33' })).toBe('33');
    expect(new ReasonBook([]).explaining({ status: 'not_ready', reason: '255' })).toBe('');
  });

  test('[REASON-4] nothing for certain where nobody knows the status, though it is shown', () => {
    for (const status of UNKNOWN) {
      for (const reason of ['27', '32759', '4711', 'Lunch']) {
        expect(book.explaining({ status, reason })).toBe('');
        expect(book.shown({ status, reason })).toBe(reason);
      }
    }
  });

  test('[REASON-1] a status, or is shown with one that nobody knows, and nothing else is shown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN, ...UNKNOWN),
        fc.constantFrom('27', '255', '32759', '7', 'Tea'),
        (status, reason) => {
          const one = { status, reason };
          expect(book.shown(one)).toBe(UNKNOWN.includes(status) ? reason : book.explaining(one));
        },
      ),
    );
  });
});

test('none and not told stay what they are in every status', () => {
  for (const status of [...KNOWN, ...UNKNOWN]) {
    expect(book.shown({ status, reason: '' })).toBe('');
    expect(book.shown({ status, reason: null })).toBeNull();
    expect(book.explaining({ status, reason: null })).toBeNull();
  }
});

test('[REASON-5] a site’s word for a code of UCCX brings its own cause, or none', () => {
  expect(['27', '33', '32759', '32763'].map((code) => book.causeOf(code))).toEqual(['agent', null, null, 'agent']);
});

test('[REASON-5] a code of UCCX that the site has only given another name still tells of a failure; one of its own does not', () => {
  expect(book.isFailure('32759')).toBe(true);
  expect(book.isFailure('255')).toBe(false);
});
