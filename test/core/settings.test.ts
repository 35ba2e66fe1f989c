/** Each setting's check: what it accepts, what it says about the rest, and what it never repeats. */
import { describe, expect, test } from 'vitest';
import { translateToEnglish } from '../../src/shared/texts/text.ts';
import { BUILT_IN, checkSetting, SETTING_KEYS, type SettingKey } from '../../src/core/settings.ts';

function check(key: SettingKey, value: unknown): unknown {
  const checked = checkSetting(key, value);
  return checked.ok ? checked.value : translateToEnglish(checked.problem);
}

test.each(SETTING_KEYS)('the built-in value of %s passes its own check', (key) => {
  expect(check(key, BUILT_IN[key])).toEqual(BUILT_IN[key]);
});

describe('what is let through', () => {
  test.each<[SettingKey, unknown, unknown]>([
    ['processorUrls', [' ws://a:1/x?y=1 ', 'wss://b'], ['ws://a:1/x?y=1', 'wss://b']],
    ['processorUrls', ['WS://a', 'ws://[::1]:8080'], ['WS://a', 'ws://[::1]:8080']],
    ['processorUrls', ['ws://a', ' ws://a'], ['ws://a']],
    ['agentIds', [' 007 ', 'b', '007', '__proto__'], ['007', 'b', '__proto__']],
    ['subprotocol', ' uccx.v1 ', 'uccx.v1'],
    ['headers', { Authorization: 'Bearer x' }, { Authorization: 'Bearer x' }],
    ['caFile', ' /etc/ca.pem ', '/etc/ca.pem'],
    ['heartbeatMs', 100, 100],
    ['settleMs', 600_000, 600_000],
  ])('%s: %j', (key, value, read) => {
    expect(check(key, value)).toEqual(read);
  });
});

describe('what is not', () => {
  test.each<[SettingKey, unknown, string]>([
    ['processorUrls', 'ws://a', 'is not a list'],
    ['processorUrls', ['ws://a', 'nonsense'], 'entry 2 (“nonsense”) is not an address'],
    ['processorUrls', ['http://a'], 'entry 1 (“http://a”) does not begin with ws:// or wss://'],
    ['processorUrls', ['ws://a#b'], 'has a part after “#”'],
    ['processorUrls', [''], 'entry 1 (“”) is not an address'],
    ['processorUrls', [7], 'entry 1 is not text'],
    ['agentIds', [1001], 'entry 1 is not text; put the id in quotes'],
    ['agentIds', ['a', ' '], 'entry 2 (“”) is empty'],
    ['agentIds', ['é'.repeat(65)], 'is longer than 129 bytes'],
    ['subprotocol', 'a b', '(“a b”) has a character that a sub-protocol can’t have'],
    ['subprotocol', 7, 'is not text'],
    ['headers', [], 'is not an object'],
    ['headers', { 'X-Key': 7 }, '“X-Key” has a value that is not text'],
    ['headers', { 'not a name': 'x' }, 'has a name that HTTP does not allow'],
    ['headers', { X: 'a\r\nb' }, 'has a value that HTTP does not allow'],
    ['caFile', null, 'is not text'],
    ['heartbeatMs', 99, 'is not a number of milliseconds from 100 to 600000'],
    ['heartbeatMs', '10000', 'is not a number of milliseconds'],
    ['answerTimeoutMs', Number.NaN, 'is not a number of milliseconds'],
    ['settleMs', 100.5, 'is not a number of milliseconds'],
  ])('%s: %j', (key, value, problem) => {
    expect(check(key, value)).toContain(problem);
  });
});

describe('secrets are not repeated in what is said of', () => {
  test.each<[SettingKey, unknown]>([
    ['headers', { Authorization: 'hunter2\n' }],
    ['headers', { 'bad name': 'hunter2' }],
    ['headers', { A: ['hunter2'] }],
    ['headers', 'hunter2'],
    ['headers', ['Authorization: hunter2']],
    ['processorUrls', ['http://me:hunter2@host/']],
    ['processorUrls', ['http://me:hun@ter:hunter2@host/']],
    ['processorUrls', ['http://host/x?token=hunter2']],
    ['processorUrls', ['wss://me:hunter2@host/']],
    ['processorUrls', ['wss://hunter2@host/']],
    ['processorUrls', ['wss:me:hunter2@host']],
    ['processorUrls', ['wss:/me:hunter2@host']],
    ['processorUrls', ['me:hunter2@host:8445']],
    ['processorUrls', ['wss://me:hun/hunter2@host']],
    ['processorUrls', ['wss://me:hunter2?x@host']],
    ['updatesFeed', 'https:me:hunter2@host/x'],
    ['updatesFeed', 'https://me:hunter2@host/'],
    ['updatesFeed', 'http://host/?token=hunter2'],
    ['processorUrls', ['//me:hunter2@ho st?hunter2']],
  ])('%s: %j', (key, value) => {
    const problem = check(key, value);
    expect(problem).toEqual(expect.any(String));
    expect(problem).not.toContain('hunter2');
  });

  test('an address with a password is not taken', () => {
    const remedy = / has a user name or a password in it; leave them out and give a header “Authorization” instead$/;
    expect(check('processorUrls', ['wss://me:hunter2@host/'])).toMatch(remedy);
    expect(check('processorUrls', ['ws://me@host/'])).toMatch(remedy);
    expect(check('updatesFeed', 'https://me:hunter2@host/')).toMatch(
      / has a user name .+, and the feed is fetched without$/,
    );
  });

  test('an address, which is still told from others', () => {
    expect(check('processorUrls', ['http://me:hunter2@host:1/x?token=hunter2'])).toBe(
      'entry 1 (“http://…@host:1/x?…”) does not begin with ws:// or wss://',
    );
  });
});
