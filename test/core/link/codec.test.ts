/** The plain codec: the message itself without an envelope. */
import { expect, test } from 'vitest';
import { plainCodec } from '../../../src/core/link/codec.ts';

test('[WIRE-4] a request goes out as its own JSON', () => {
  expect(plainCodec.encode({ command: 'report.calljourney', data: { CallId: 'é"1' } })).toBe(
    '{"command":"report.calljourney","data":{"CallId":"é\\"1"}}',
  );
});

test('[WIRE-4] a frame is read as JSON and not checked', () => {
  expect(plainCodec.decode('{"any":[1]}')).toEqual({ any: [1] });
});

test.each(['', '{', 'hello', '{"a":1}{"b":2}', '\u0000'])('a frame %j is an error that says why', (frame) => {
  expect(() => plainCodec.decode(frame)).toThrow(SyntaxError);
});
