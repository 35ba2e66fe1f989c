/**
 * A widget on the real WebSocket transport with a fake clock, and a bare processor, for tests. Both are stopped when
 * the test is over, and no timer may be left by then.
 */
import { expect, onTestFinished } from 'vitest';
import { plainCodec } from '../src/core/link/codec.ts';
import { webSocketTransport } from '../src/core/link/web-socket-transport.ts';
import { BUILT_IN, type Settings } from '../src/core/settings.ts';
import { Widget } from '../src/core/widget.ts';
import type { LinkState } from '../src/shared/link/link.ts';
import { BareProcessor, type BareConnection, type BareProcessorOptions } from './bare-processor.ts';
import { BoardReader, sorted } from './board-reader.ts';
import { FakeClock, settled } from './fake-clock.ts';
import { reason } from './fake-transport.ts';

export async function harness(given: Partial<Settings> = {}, options: BareProcessorOptions = {}) {
  const processor = await BareProcessor.start(options);
  const clock = new FakeClock();
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  const log = (message: string): void => {
    logged.push(message);
    for (const look of waiting) look();
  };
  const widget = new Widget({
    clock,
    transport: webSocketTransport,
    codec: plainCodec,
    log: { debug: log, info: log, warn: log, error: log },
  });
  const settings: Settings = { ...BUILT_IN, processorUrls: [processor.url], agentIds: ['a'], ...given };
  const reader = new BoardReader(widget.boardSnapshot());
  let states = 0;
  const unsubscribe = widget.subscribe({
    onBoard: (update) => {
      reader.apply(structuredClone(update));
    },
    onState: () => {
      states += 1;
    },
  });

  onTestFinished(async () => {
    await processor.stop();
    const gone = widget.disconnect(reason('stopped'));
    await clock.run(1000);
    await gone;
    clock.advance(16);
    expect(clock.timers, 'timers left behind').toBe(0);
    unsubscribe();
  });

  /** Resolves when the link is in this state; at once if it already is. */
  const link = (name: LinkState['name']): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (widget.state.link.state.name !== name) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  /** Everything sent either way has been handled, and all its effects are done. */
  const sync = async (connection: BareConnection): Promise<void> => {
    await connection.roundTrip();
    await settled();
  };

  /** Connects, begins every agent, and returns the live link's connection. */
  const goLive = async (over: Partial<Settings> = {}): Promise<BareConnection> => {
    await widget.connect({ ...settings, ...over });
    return subscribed(over.agentIds ?? settings.agentIds);
  };
  const subscribed = async (agentIds: readonly string[] = settings.agentIds): Promise<BareConnection> => {
    const connection = await processor.connection();
    for (const agentId of agentIds) expect(await connection.begin()).toBe(agentId);
    await sync(connection);
    expect(widget.state.link.state.name).toBe('live');
    return connection;
  };

  /** The board as “team: member status, …”, with `old` after anything not confirmed since the last break. */
  const board = (): string[] => {
    const { teams, head } = widget.boardSnapshot();
    expect(reader.view, 'what a reader of updates has').toEqual(sorted(teams));
    return teams.map(({ team, members }) => {
      const rows = members.map(({ memberId, status, confirmedIn }) =>
        `${memberId} ${status}${confirmedIn < head.feed ? ' old' : ''}`.trim(),
      );
      return `${team.teamName}${team.confirmedIn < head.feed ? ' old' : ''}: ${rows.join(', ')}`;
    });
  };

  /** The violations as “kind count”. */
  const violations = (): string[] => widget.state.violations.map(({ kind, count }) => `${kind} ${String(count)}`);

  return {
    processor,
    clock,
    widget,
    settings,
    logged,
    link,
    sync,
    goLive,
    subscribed,
    board,
    violations,
    reader,
    states: () => states,
  };
}

export type Harness = Awaited<ReturnType<typeof harness>>;
