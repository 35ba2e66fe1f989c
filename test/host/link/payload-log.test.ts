/** Payloads are logged in full if wanted, and not at all otherwise. */
import { expect, test } from 'vitest';
import { payloadLogged } from '../../../src/host/link/payload-log.ts';
import type { ConnectionHandlers } from '../../../src/core/link/transport.ts';
import { FakeTransport } from '../../../lab/fake-transport.ts';

function logged() {
  const fake = new FakeTransport();
  const lines: string[] = [];
  const received: string[] = [];
  let isWanted = true;
  const transport = payloadLogged(
    fake.open,
    () => isWanted,
    (line) => lines.push(line),
  );
  const handlers: ConnectionHandlers = {
    onOpen: () => received.push('open'),
    onFrame: (text) => received.push(text),
    onBadFrame: (kind) => received.push(kind),
    onPong: (text) => received.push(`pong ${text}`),
    onEnd: ({ reason }) => received.push(`end ${reason.code}`),
  };
  const headers = new Map([['Authorization', 'Bearer s3cret']]);
  const connection = transport(
    'wss://uccx.example:8445/reports?token=s3cret',
    { subprotocol: '', headers, caFile: '', connectTimeoutMs: 1000 },
    handlers,
  );
  const [under] = fake.connections;
  if (under === undefined) throw new Error('There is no connection');
  return { connection, under, lines, received, want: (wanted: boolean) => (isWanted = wanted) };
}

test('frames are logged and passed on unchanged, and addresses and headers are not logged', () => {
  const { connection, under, lines, received } = logged();
  under.handlers.onOpen();
  connection.send('{"command":"begin"}');
  connection.ping('1');
  under.receive({ agent: 'Ana' });
  under.handlers.onBadFrame('binary-frame', '3 bytes', '');
  under.pong();
  under.end();
  expect(lines).toEqual([
    'uccx.example:8445 opened',
    'uccx.example:8445 sent {"command":"begin"}',
    'uccx.example:8445 received {"agent":"Ana"}',
    'uccx.example:8445 received binary-frame, 3 bytes: ',
    'uccx.example:8445 ended, closed',
  ]);
  expect(under.sent).toEqual(['{"command":"begin"}']);
  expect(received).toEqual(['open', '{"agent":"Ana"}', 'binary-frame', 'pong 1', 'end closed']);
  expect(connection.bytesRead).toBe(under.bytesRead);
});

test('logging starts and stops on demand, without a new connection', () => {
  const { connection, lines, want } = logged();
  want(false);
  connection.send('unseen');
  want(true);
  connection.send('seen');
  want(false);
  connection.close();
  expect(lines).toEqual(['uccx.example:8445 sent seen']);
});
