/**
 * The benchmark's processor in a process of its own: a real WebSocket server that answers `begin`, announces a roster
 * and sends events as its parent orders. Widget and floor receive the same frames from it.
 */
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Sent } from '../latencies.ts';
import { burst, journeyAnswer, pick, random, roster, statusAt, statusChanged, teamAdded } from '../load.ts';
import type { Order, ProcessorOptions, Report } from '../processor.ts';

/** How many bytes to pass to the socket at once. */
const CHUNK_BYTES = 64 * 1024;

const options = JSON.parse(process.argv[2] ?? '') as ProcessorOptions;
const teams = roster(options);
const sockets = new Set<Socket>();

// The bare pages come from here too, because a browser lets only a page of this machine connect to it.
const http = createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>Floor</title><body></body>');
});
http.listen(0, '127.0.0.1', () => {
  send({ type: 'listening', port: (http.address() as AddressInfo).port });
});
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on('connection', (client, { socket }) => {
  sockets.add(socket);
  client.on('close', () => sockets.delete(socket));
  client.on('error', () => undefined);
  client.on('message', (data: Buffer) => {
    const { command } = JSON.parse(data.toString('utf8')) as { readonly command: string };
    if (command === 'report.calljourney') {
      client.send(journeyAnswer(options.steps ?? 0));
      return;
    }
    client.send(JSON.stringify({ command, result: 'success', data: {} }));
    if (command !== 'report.teamstatus.begin') return;
    if (options.announcesAtOnce) for (const team of teams) client.send(teamAdded(team));
    send({ type: 'begun' });
  });
});

process.on('message', (order: Order) => {
  switch (order.type) {
    case 'announce':
      announce();
      break;
    case 'burst':
      void sendBurst(order.count);
      break;
    case 'stream':
      stream(order);
      break;
  }
});
// The parent is gone, or needs no more.
process.on('disconnect', () => process.exit(0));

function send(report: Report): void {
  process.send?.(report);
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The first team last: it is at the top of the screen, and once it is visible, everything has arrived. */
function announce(): void {
  const bytes = Buffer.concat([...teams].reverse().map((team) => frameBytes(teamAdded(team))));
  const at = now();
  for (const socket of sockets) socket.write(bytes);
  send({ type: 'announced', at });
}

/**
 * As fast as the sockets accept them. The frames are created beforehand, because the sender must not be what is
 * measured.
 */
async function sendBurst(count: number): Promise<void> {
  const chunks: Buffer[] = [];
  let chunk: Buffer[] = [];
  let size = 0;
  for (const text of burst(teams, count)) {
    const bytes = frameBytes(text);
    chunk.push(bytes);
    size += bytes.length;
    if (size < CHUNK_BYTES) continue;
    chunks.push(Buffer.concat(chunk));
    chunk = [];
    size = 0;
  }
  chunks.push(Buffer.concat(chunk));
  for (const socket of sockets) {
    for (const bytes of chunks) {
      if (!socket.write(bytes)) await new Promise((resolve) => socket.once('drain', resolve));
    }
  }
}

/**
 * Events at a steady rate. Some go to the members watched on the screen, in turn, with their sending time as the
 * reason; the others go to anyone else.
 */
function stream({ perSecond, watchedPerSecond, watched, seconds }: Extract<Order, { readonly type: 'stream' }>): void {
  const [first] = teams;
  if (first === undefined) throw new Error('There is no team');
  const others = teams.slice(1);
  const next = random(perSecond);
  const startedAt = performance.now();
  let sent = 0;
  const sentWatched: Sent[] = [];
  const timer = setInterval(() => {
    const elapsed = (performance.now() - startedAt) / 1000;
    for (; sent < Math.min(elapsed, seconds) * perSecond; sent += 1) {
      let text: string;
      if (sentWatched.length < (sent * watchedPerSecond) / perSecond) {
        const row = sentWatched.length % watched;
        const member = first.members[row];
        if (member === undefined) throw new Error('The first team has too few members');
        const reason = now().toFixed(3);
        sentWatched.push({ row, sentAt: Number(reason) });
        text = statusChanged(first, { ...member, status: 'not_ready', reason });
      } else {
        const { team, member } = pick(others, next());
        text = statusChanged(team, { ...member, ...statusAt(sent) });
      }
      for (const socket of sockets) socket.write(frameBytes(text));
    }
    if (elapsed < seconds) return;
    clearInterval(timer);
    send({ type: 'streamed', watched: sentWatched });
  }, 1);
}

/** An unmasked text frame of RFC 6455, as a server sends it. */
function frameBytes(text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  if (body.length < 126) header[1] = body.length;
  else if (body.length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(body.length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([header, body]);
}
