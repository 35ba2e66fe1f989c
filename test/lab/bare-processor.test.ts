/** The bare processor itself: nothing early is missed, and nothing waits for what can't arrive. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { BareProcessor } from '../../lab/bare-processor.ts';

async function start(): Promise<BareProcessor> {
  const processor = await BareProcessor.start();
  onTestFinished(() => processor.stop());
  return processor;
}

function client(processor: BareProcessor): WebSocket {
  return new WebSocket(processor.url).on('error', () => undefined);
}

test('connections and requests that came before anybody asked are kept, in their order', async () => {
  const processor = await start();
  const socket = client(processor);
  await once(socket, 'open');
  for (const command of ['x', 'y', 'x']) socket.send(JSON.stringify({ command, data: { n: command } }));
  const connection = await processor.connection();
  await connection.roundTrip();
  expect(connection.received.map(({ command }) => command)).toEqual(['x', 'y', 'x']);
  expect((await connection.request('y')).data).toEqual({ n: 'y' });
  await connection.request('x');
  await connection.request('x');
});

test('a request that can’t come any more is not waited for', async () => {
  const processor = await start();
  const socket = client(processor);
  const connection = await processor.connection();
  const waiting = connection.request('x');
  socket.terminate();
  await expect(waiting).rejects.toThrow('Waited for a request x. The connection ended');
  await expect(connection.request('x')).rejects.toThrow();
});

test('stopping ends connections and waiting; the same port listens again after it', async () => {
  const processor = await start();
  const { port } = processor;
  const socket = client(processor);
  await once(socket, 'open');
  await processor.connection();
  const waiting = processor.connection();
  const [stopped] = await Promise.allSettled([waiting, processor.stop(), once(socket, 'close')]);
  expect(stopped.status).toBe('rejected');
  await processor.restart();
  expect(processor.port).toBe(port);
  client(processor);
  await processor.connection();
});
