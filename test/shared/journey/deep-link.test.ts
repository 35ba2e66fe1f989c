/** Which links ask for a journey, and that no other link does anything. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksLikeCallId, MAX_CALL_ID_LENGTH } from '../../../src/shared/journey/journey.ts';
import { callIdOfLink, isLink } from '../../../src/shared/journey/deep-link.ts';

test.each([
  ['uccx-widget://journey/16817230', '16817230'],
  ['UCCX-Widget://JOURNEY/16817230/', '16817230'],
  ['uccx-widget://journey/1-80000251377-0', '1-80000251377-0'],
  ['uccx-widget://journey/%20%2216817230%22', '16817230'],
  ['uccx-widget://journey/a%2Fb', 'a/b'],
  ['uccx-widget://journey/0016817230', '0016817230'],
  [`uccx-widget://journey/${'9'.repeat(MAX_CALL_ID_LENGTH)}`, '9'.repeat(MAX_CALL_ID_LENGTH)],
])('%s asks for a call', (link, callId) => {
  expect(callIdOfLink(link)).toBe(callId);
});

test.each([
  'https://journey/1',
  'uccx-widget:journey/1',
  'uccx-widget://journey',
  'uccx-widget://journey/',
  'uccx-widget://journey//1',
  'uccx-widget://journey/1/2',
  'uccx-widget://settings/1',
  'uccx-widget://journey.evil.example/1',
  'uccx-widget://journey:80/1',
  'uccx-widget://user:secret@journey/1',
  'uccx-widget://journey/1?processor=ws://evil',
  'uccx-widget://journey/1#x',
  'uccx-widget://journey/%',
  'uccx-widget://journey/%00',
  'uccx-widget://journey/1%0A2',
  'uccx-widget://journey/%E2%80%AE1',
  'uccx-widget://journey/%22%22',
  `uccx-widget://journey/${'9'.repeat(MAX_CALL_ID_LENGTH + 1)}`,
  `uccx-widget://journey/${'9'.repeat(10_000)}`,
  '',
])('%s asks for nothing', (link) => {
  expect(callIdOfLink(link)).toBeNull();
});

test('whatever is handed over, an id has no control and no more than its length', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.webPath());
  fc.assert(
    fc.property(anything, (text) => {
      for (const link of [text, `uccx-widget://journey/${text}`, `uccx-widget:${text}`]) {
        const callId = callIdOfLink(link);
        if (callId === null) continue;
        expect(callId).not.toMatch(/\p{Cc}/u);
        expect(callId.length).toBeLessThanOrEqual(MAX_CALL_ID_LENGTH);
        expect(isLink(link)).toBe(true);
      }
    }),
  );
});

test('every id comes back out of its link', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w\-+/?#%:@. ]{1,40}$/), (id) => {
      const wanted = id.trim();
      // A path of dots is no path.
      if (!/^\.*$/.test(wanted))
        expect(callIdOfLink(`uccx-widget://journey/${encodeURIComponent(wanted)}`)).toBe(wanted);
    }),
  );
});

test.each(['16817230', '4294967295', '1-80000251377-0', 'B5F2C0D8100001A4C9F3A2217AC0FFEE'])(
  '%s is like an id',
  (text) => {
    expect(looksLikeCallId(text)).toBe(true);
  },
);

test.each([
  '',
  'hunter2',
  'correct horse battery',
  '16817230 16817231',
  '+4915550123456',
  'Passw0rd-2026',
  '1-2-',
  'f00',
])('“%s” is not like an id', (text) => {
  expect(looksLikeCallId(text)).toBe(false);
});
