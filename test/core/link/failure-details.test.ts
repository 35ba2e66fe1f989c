/** What “Details” shows, whatever the processor sent. */
import { expect, test } from 'vitest';
import { failureDetails } from '../../../src/core/link/failure-details.ts';
import { isNotFound } from '../../../src/shared/link/refusals.ts';

test.each<[string, string, unknown, string]>([
  ['nothing', '', undefined, ''],
  ['a context', 'at X', undefined, 'at X'],
  ['the original', '', { a: 1 }, 'Original request:\n{\n  "a": 1\n}'],
  ['both', 'at X', null, 'at X\n\nOriginal request:\nnull'],
])('tells %s', (_, context, original, text) => {
  expect(failureDetails(context, original)).toBe(text);
});

test('is never longer than a person would read', () => {
  expect(failureDetails('x'.repeat(1_000_000), 'y'.repeat(1_000_000)).length).toBeLessThanOrEqual(20_000);
});

test('says so where the original is nested too deeply to be shown', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(failureDetails('at X', deep)).toMatch(/^at X\n\nOriginal request:\n\(can’t be shown/);
});

test.each([
  ['jdbc:informix://db.example:1526/x;user=uccxhruser;password=s3cr3t;', 'password=***;'],
  ['at https://admin:hunter2@cs.example/adminapi', '//***@cs.example/adminapi'],
  ['Authorization: Basic dXNlcjpwYXNz\n\tat X', 'Authorization: ***\n\tat X'],
  ['sent Bearer eyJhbGciOi.J9.abc to', 'sent Bearer *** to'],
  ['{"api_key": "abc123", "a": 1}', '"api_key": "***", "a": 1'],
  ['Cookie: JSESSIONID=77AA; other=1', 'Cookie: ***'],
  ['sessionId=77AA&x=1', 'sessionId=***&x=1'],
])('%s is shown without its secret', (context, shown) => {
  expect(failureDetails(context, undefined)).toContain(shown);
});

test.each([
  'at Journey.find(Journey.java:7)',
  'Caused by: java.sql.SQLTimeoutException: no connection within 5000 ms',
  'a token of',
])('what is no secret stays: %s', (context) => {
  expect(failureDetails(context, undefined)).toBe(context);
});

test('no text, however made, takes long', () => {
  for (const piece of ['//', 'password', ' ', ':', 'bearer ', '//a:', '"']) {
    expect(failureDetails(piece.repeat(200_000), undefined).length).toBeLessThanOrEqual(200_000);
  }
});

test('shows what is no text with the digits that came', () => {
  const frame =
    '{"command":"report.calljourney","result":"failure","failure":{"code":"E","message":"m","context":{"at":9007199254740993}},"original":{"data":{"CallId":1909807854436409606}}}';
  const { failure, original } = JSON.parse(frame) as { failure: { context: unknown }; original: unknown };
  expect(failureDetails(JSON.stringify(failure.context), original, frame)).toBe(
    '{\n  "at": 9007199254740993\n}\n\nOriginal request:\n{\n  "data": {\n    "CallId": 1909807854436409606\n  }\n}',
  );
});

test.each([
  ['AGENT_NOT_FOUND', ''],
  ['CallNotFound', ''],
  ['NO_SUCH_CALL', ''],
  ['UNKNOWN_CALL', ''],
  ['unknown', ''],
  ['404', 'Call not found'],
  ['E17', 'No such agent'],
  ['E17', 'no such call: 7'],
  ['E17', 'Unknown call id 7'],
  ['E17', 'The contact does not exist.'],
  ['E17', 'Agent doesn’t exist'],
  ['E17', 'The call could not be found'],
  ['E17', 'Cannot find the agent 1001'],
  ['', 'There is no call with this id'],
  ['', 'call id unknown'],
])('[REQ-1] [BEGIN-3] %s “%s” says that it is not there', (code, message) => {
  expect(isNotFound({ code, message })).toBe(true);
});

test.each([
  ['DB_DOWN', 'No database connection'],
  ['UNKNOWN_ERROR', 'Unknown error'],
  ['', ''],
  ['E1', 'The processor is busy'],
  ['E1', 'Not allowed'],
])('%s “%s” does not', (code, message) => {
  expect(isNotFound({ code, message })).toBe(false);
});
