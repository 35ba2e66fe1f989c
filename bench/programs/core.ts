/**
 * The widget's core without a network and without waiting: frames are passed to it as by a socket, and it publishes
 * when the program says so. For the programs that measure only the core.
 */
import { plainCodec } from '../../src/core/link/codec.ts';
import { systemClock } from '../../src/core/base/clock.ts';
import type { ConnectionHandlers } from '../../src/core/link/transport.ts';
import { BUILT_IN } from '../../src/core/settings.ts';
import { Widget } from '../../src/core/widget.ts';
import { total } from '../../src/shared/board/statuses.ts';
import { AGENT_ID, teamAdded, type Team } from '../load.ts';

/** One screen frame: a timer no longer than this is a publish. */
const FRAME_MS = 17;

export interface Core {
  readonly receive: (frame: string) => void;
  /** A screen frame has passed. */
  readonly publish: () => void;
  /** How many rows and team heads have been published. */
  readonly published: () => number;
  readonly violations: () => number;
}

/** A widget that shows these teams, with a subscriber that takes every update. */
export async function coreWith(teams: readonly Team[]): Promise<Core> {
  let due = new Set<() => void>();
  const nothing = (): void => undefined;
  const connections: ConnectionHandlers[] = [];
  const widget = new Widget({
    clock: {
      ...systemClock,
      // Longer timers, such as the heartbeat, do not run during the measurement.
      after: (delayMs, callback) => {
        if (delayMs <= FRAME_MS) due.add(callback);
        return () => due.delete(callback);
      },
    },
    transport: (_url, _options, handlers) => {
      connections.push(handlers);
      const ping = (text: string): void => {
        queueMicrotask(() => {
          handlers.onPong(text);
        });
      };
      return { send: nothing, ping, bytesRead: 0, close: nothing, terminate: nothing };
    },
    codec: plainCodec,
    log: { debug: () => undefined, info: nothing, warn: nothing, error: console.error },
  });
  let published = 0;
  widget.subscribe({
    onBoard: ({ changes }) => {
      published += changes.length;
    },
    onState: nothing,
  });
  await widget.connect({ ...BUILT_IN, processorUrls: ['ws://bench'], agentIds: [AGENT_ID] });
  const [connection] = connections;
  if (connection === undefined) throw new Error('The widget did not connect');
  const receive = (frame: string): void => {
    connection.onFrame(frame);
  };
  const publish = (): void => {
    const callbacks = due;
    due = new Set();
    for (const callback of callbacks) callback();
  };
  connection.onOpen();
  receive(JSON.stringify({ command: 'report.teamstatus.begin', result: 'success', data: {} }));
  // Promises handle the answer.
  await new Promise((resolve) => setImmediate(resolve));
  for (const team of teams) receive(teamAdded(team));
  publish();
  const members = teams.reduce((sum, team) => sum + team.members.length, 0);
  if (total(widget.boardHead.counts) !== members) throw new Error('The board does not show the roster');
  return {
    receive,
    publish,
    published: () => published,
    violations: () => widget.state.violations.reduce((sum, { count }) => sum + count, 0),
  };
}
