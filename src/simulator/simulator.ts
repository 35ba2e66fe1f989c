/**
 * A simulated processor: a WebSocket server that serves the documented reports about an invented contact centre. It
 * joins the world, the pace and the connections, and knows nothing about the widget.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { WebSocketServer } from 'ws';
import type { SampleCall } from '../shared/link/connection-settings.ts';
import { sampleCalls } from './journey/journeys.ts';
import { completeOptions, type SimulatorOptions } from './options.ts';
import { startPacer } from './base/pacer.ts';
import { eventFrame } from './link/reply.ts';
import { Session } from './session.ts';
import { World, type WorldChange } from './board/world.ts';

export type { SimulatorOptions } from './options.ts';

export interface Simulator {
  /** Where a client on this machine connects, such as `ws://127.0.0.1:8123`. */
  readonly url: string;
  /** The agents that can be watched: first the supervisor of every team, then an agent of the first team. */
  readonly agentIds: readonly string[];
  /** Calls that it knows, and the ids with special answers. */
  readonly sampleCalls: readonly SampleCall[];
  /** Cuts every connection, stops every timer and frees the port. Calling it twice is safe. */
  close(): Promise<void>;
}

/** Requests are short; a longer frame closes the connection with 1009. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/**
 * Starts a simulator. It is listening when the promise resolves, and changes begin at once. Rejects with a RangeError
 * for an option out of range, and with an Error that says why if it can't listen.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port, host, ratePerSecond, ...worldOptions } = completeOptions(options);
  const server = await listen(host, port);
  const sockets = new WebSocketServer({ server, maxPayload: MAX_REQUEST_BYTES });
  const world = new World(worldOptions);
  const sessions = new Set<Session>();

  // For example a connection refused for lack of file handles, which `ws` passes on. Existing connections remain.
  sockets.on('error', () => undefined);
  sockets.on('connection', (socket) => {
    const session = new Session(socket, world);
    sessions.add(session);
    // `ws` passes text and binary alike as one Buffer unless its `binaryType` is changed.
    socket.on('message', (data, isBinary) => {
      session.receive(data as Buffer, isBinary);
    });
    // A broken frame or connection: `ws` closes the socket itself, and `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      session.close();
      sessions.delete(session);
    });
  });

  const tell = (change: WorldChange): void => {
    for (const agentId of world.agentIds) {
      if (!world.concerns(agentId, change.team.teamId)) continue;
      const listeners = [...sessions].filter((session) => session.isSubscribed(agentId));
      if (listeners.length === 0) continue;
      const frame = eventFrame(agentId, change);
      for (const session of listeners) session.deliver(agentId, frame);
    }
  };
  const stopPacer = startPacer(ratePerSecond, () => {
    for (const change of world.step()) tell(change);
  });

  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server.address() as AddressInfo),
    agentIds: world.agentIds,
    sampleCalls,
    close: () => {
      closing ??= new Promise((resolve) => {
        stopPacer();
        for (const session of sessions) session.close();
        sockets.close();
        server.close(() => {
          resolve();
        });
        // A client that has connected but not yet asked for a WebSocket would hold the port open.
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

function listen(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((_request, response) => {
      response.writeHead(426, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
      response.end('This is a simulated processor; it speaks WebSocket only.\n');
    });
    const refuse = (error: NodeJS.ErrnoException): void => {
      const place = `port ${String(port)} on ${host}`;
      reject(new Error(`The simulator can't listen at ${place}: ${listenProblem(error)}`, { cause: error }));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve(server);
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return 'another program has it. Choose another port, or 0 for any free one.';
    case 'EACCES':
      return 'the system does not allow it. Choose a port above 1023.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address. Try 127.0.0.1.';
    default:
      return error.message;
  }
}

function urlOf({ address, port }: AddressInfo): string {
  // A client can't connect to the address that stands for all addresses.
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `ws://${isIPv6(host) ? `[${host}]` : host}:${String(port)}`;
}
