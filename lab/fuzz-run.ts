/**
 * Feeds malformed frames into a complete widget, round by round, and compares its board with an oracle that reads the
 * same frames by docs/PROTOCOL.md in its own slow way. Between rounds the connection breaks and the board settles, so
 * that each round begins empty. Part of it uses a real socket, with bytes that are not WebSocket frames at all. Knows
 * no test runner; it throws if anything is wrong.
 */
import { isDeepStrictEqual } from 'node:util';
import { plainCodec } from '../src/core/link/codec.ts';
import type { ConnectionHandlers, Transport } from '../src/core/link/transport.ts';
import { BUILT_IN, type Settings } from '../src/core/settings.ts';
import { Widget } from '../src/core/widget.ts';
import { BoardReader, sorted } from './board-reader.ts';
import { Chance } from './chance.ts';
import { FakeClock, settled } from './fake-clock.ts';
import { reason } from './fake-transport.ts';
import { FaultyProcessor, frameOf, type Session } from './faulty-processor.ts';
import { collectedHeap } from './heap.ts';
import { MalformedFrames } from './malformed-frames.ts';
import { ReferenceBoard } from './reference-board.ts';
import { readEvent } from './reference-decoder.ts';

export interface FuzzReport {
  readonly seed: number;
  readonly frames: number;
  readonly rounds: number;
  /** Rows on the board, summed over the ends of all rounds: shows whether there was anything to get wrong. */
  readonly rowsCompared: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly violations: Readonly<Record<string, number>>;
  /** Real connections broken by raw bytes, and what the widget reported about them. */
  readonly rawConnections: number;
  readonly rawViolations: Readonly<Record<string, number>>;
  /** Bytes of heap after a forced collection, at the end of each tenth; empty if collection can't be forced. */
  readonly heap: readonly number[];
}

const ROUND = 300;
const SETTLE_MS = 100;
/** The record is full before the first measurement, so that any later growth is a leak. */
const RECORD_ENTRIES = 500;
/** One raw connection per this many frames. */
const RAW_EVERY = 2000;
const WATCHED: readonly [readonly string[], ...(readonly string[])[]] = [
  ['1001', '__proto__', 'constructor'],
  ['__proto__'],
  ['1001', 'constructor'],
];
const SETTINGS: Settings = {
  ...BUILT_IN,
  settleMs: SETTLE_MS,
  // Heartbeats are covered by another test.
  heartbeatMs: 600_000,
};

export async function fuzz(frames: number, seed: number): Promise<FuzzReport> {
  const chance = new Chance(seed);
  const malformed = new MalformedFrames(chance);
  const line = new Line();
  const byKind: Record<string, number> = {};
  const heap: number[] = [];
  const prototypes = prototypesNow();
  let fed = 0;
  let rounds = 0;
  let rowsCompared = 0;
  while (fed < frames) {
    const count = Math.min(ROUND, frames - fed);
    const agentIds = chance.pick(WATCHED);
    await line.begin(agentIds);
    for (let index = 0; index < count; index += 1) {
      const frame = malformed.next();
      byKind[frame.kind] = (byKind[frame.kind] ?? 0) + 1;
      if ('bytes' in frame) line.feedBytes(frame.bytes);
      else line.feed(frame.text);
      if (chance.isTrue(0.1)) line.clock.advance(chance.below(20));
    }
    rowsCompared += line.compare(`seed ${String(seed)}, round ${String(rounds)}`);
    rounds += 1;
    fed += count;
    if (fed * 10 >= frames * (heap.length + 1)) {
      const bytes = collectedHeap();
      if (bytes !== null) heap.push(bytes);
    }
  }
  await line.end();
  const { violations } = line;
  const rawConnections = Math.ceil(frames / RAW_EVERY);
  const rawViolations = await breakConnections(rawConnections, chance, malformed);
  if (!isDeepStrictEqual(prototypesNow(), prototypes)) throw new Error('A prototype has been changed');
  return { seed, frames: fed, rounds, rowsCompared, byKind, violations, rawConnections, rawViolations, heap };
}

/** A widget without a network, and the oracle beside it. */
class Line {
  readonly clock = new FakeClock();
  readonly #widget: Widget;
  readonly #reader: BoardReader;
  #handlers: ConnectionHandlers | null = null;
  #begins = 0;
  #agentIds: readonly string[] = [];
  #oracle = new ReferenceBoard();
  #round = 0;
  /** Counts of violations by kind. */
  readonly violations: Record<string, number> = {};

  constructor() {
    this.clock.randomElse = 0;
    const transport: Transport = (_url, _options, handlers) => {
      this.#handlers = handlers;
      const nothing = (): void => undefined;
      const connection = {
        bytesRead: 0,
        send: (text: string) => {
          if (text.includes('report.teamstatus.begin')) this.#begins += 1;
        },
        ping: nothing,
        close: nothing,
        terminate: nothing,
      };
      return connection;
    };
    this.#widget = silentWidget(this.clock, transport);
    this.#reader = new BoardReader(this.#widget.boardSnapshot());
    this.#widget.subscribe({
      onBoard: (update) => {
        this.#reader.apply(update);
      },
      onState: () => undefined,
    });
  }

  /**
   * Another processor, begun for these agents, and an empty board. The same processor would know people by name and
   * time, which the next round's oracle can't.
   */
  async begin(agentIds: readonly string[]): Promise<void> {
    this.#handlers?.onEnd({ isFatal: false, reason: reason('closed') });
    this.#countViolations();
    this.#agentIds = agentIds;
    this.#round += 1;
    const processorUrls = [`ws://round-${String(this.#round)}.invalid`];
    await this.#widget.connect({ ...SETTINGS, processorUrls, agentIds: [...agentIds] });
    this.clock.advance(1);
    this.#handlers?.onOpen();
    await settled();
    for (let answered = 0; answered < this.#begins; answered += 1) {
      this.#handlers?.onFrame('{"command":"report.teamstatus.begin","result":"success","data":{}}');
      await settled();
    }
    this.#begins = 0;
    this.clock.advance(SETTLE_MS);
    const { teams, head } = this.#widget.boardSnapshot();
    const { name } = this.#widget.state.link.state;
    if (teams.length > 0 || name !== 'live') throw new Error(`Not live and empty after a break, but ${name}`);
    this.#oracle = new ReferenceBoard(head.feed);
  }

  feed(text: string): void {
    this.#handlers?.onFrame(text);
    const event = readEvent(text);
    if (event === null) return;
    const [only, ...others] = this.#agentIds;
    const agentId = event.agentId ?? (others.length === 0 ? only : undefined);
    if (agentId !== undefined && this.#agentIds.includes(agentId)) this.#oracle.apply(event, agentId, this.clock.now());
  }

  feedBytes(bytes: Buffer): void {
    this.#handlers?.onBadFrame('binary-frame', `${String(bytes.length)} bytes`, bytes.toString('hex'));
  }

  /** Throws if board, oracle or a reader of updates disagree. Returns how many rows there were. */
  compare(when: string): number {
    const { teams, head } = this.#widget.boardSnapshot();
    const shown = sorted(teams);
    agree(shown, this.#oracle.view, `the oracle, ${when}`);
    agree(head.counts, this.#oracle.counts, `the oracle’s counts, ${when}`);
    agree(head.unconfirmed, this.#oracle.unconfirmed, `the oracle’s unconfirmed, ${when}`);
    agree(shown, this.#reader.view, `a reader of updates, ${when}`);
    return shown.reduce((sum, { members }) => sum + members.length, 0);
  }

  #countViolations(): void {
    for (const [kind, count] of Object.entries(violationsOf(this.#widget))) {
      this.violations[kind] = (this.violations[kind] ?? 0) + count;
    }
  }

  async end(): Promise<void> {
    this.#countViolations();
    const gone = this.#widget.disconnect(reason('stopped'));
    await this.clock.run(1000);
    await gone;
    this.clock.advance(16);
    if (this.clock.timers > 0) throw new Error(`${String(this.clock.timers)} timers are left`);
  }
}

/** Real connections, each broken by raw bytes; after each, the widget must be live and correct again. */
async function breakConnections(
  count: number,
  chance: Chance,
  malformed: MalformedFrames,
): Promise<Record<string, number>> {
  const processor = await FaultyProcessor.start();
  const clock = new FakeClock();
  clock.randomElse = 0;
  const widget = silentWidget(clock, processor.transport);
  let session: Session | null = null;
  let ended = (): void => undefined;
  processor.handlers = {
    onOpen: (opened) => {
      session = opened;
    },
    onRequest: (from, { command, data }) => {
      from.send([
        { command, result: 'success', data: {} },
        ...(command.endsWith('begin') ? [team(data['agentId'])] : []),
      ]);
    },
    onPing: (from, text) => {
      from.pong(text);
    },
    onEnd: () => {
      ended();
    },
  };
  const current = (): Session => {
    if (session === null) throw new Error('There is no connection');
    return session;
  };
  await widget.connect({ ...SETTINGS, processorUrls: [processor.url], agentIds: ['1001'] });
  for (let index = 0; index < count; index += 1) {
    await clock.run(SETTLE_MS, () => processor.quiet());
    const names = widget.boardSnapshot().teams.map(({ team }) => team.teamName);
    agree(names, ['The one team'], `what was announced, raw connection ${String(index)}`);
    agree(widget.state.link.state.name, 'live', `a live link, raw connection ${String(index)}`);
    const over = new Promise<void>((resolve) => {
      ended = resolve;
    });
    current().sendBytes(brokenBytes(chance, malformed));
    current().cut('fin');
    await over;
    await processor.quiet();
  }
  const violations = violationsOf(widget);
  const gone = widget.disconnect(reason('stopped'));
  await clock.run(1000, () => processor.quiet());
  await gone;
  await processor.stop();
  return violations;
}

function team(agentId: unknown): unknown {
  const one = { teamId: 't', teamName: 'The one team', members: [] };
  return { name: 'report.teamstatus.teamadded', data: { agentId, team: one } };
}

/** The bytes of some valid frames, corrupted in a way that WebSocket itself does not allow, or no frames at all. */
function brokenBytes(chance: Chance, malformed: MalformedFrames): Buffer {
  const frame = malformed.next();
  const good = frameOf('text' in frame ? frame.text : '');
  switch (chance.below(7)) {
    case 0:
      return chance.bytes(1 + chance.below(200));
    case 1:
      // Another opcode, or reserved bits.
      good[0] = chance.below(256);
      return good;
    case 2:
      // Masked, which a server's frames never are.
      good[1] = (good[1] ?? 0) | 0x80;
      return good;
    case 3:
      // Text that is not UTF-8.
      return Buffer.concat([Buffer.from([0x81, 4]), Buffer.from([0xc3, 0x28, 0xff, 0xfe])]);
    case 4:
      // A length for which there is never room.
      return Buffer.concat([Buffer.from([0x81, 127]), chance.bytes(8)]);
    case 5:
      // A control frame that is too long, or fragmented.
      return Buffer.from(chance.isTrue(0.5) ? [0x89, 126, 1, 0] : [0x09, 0]);
    default:
      // A fragmented message that never ends.
      good[0] = 0x01;
      return good.subarray(0, 1 + chance.below(good.length));
  }
}

function silentWidget(clock: FakeClock, transport: Transport): Widget {
  const log = (): void => undefined;
  return new Widget({
    clock,
    transport,
    codec: plainCodec,
    log: { debug: log, info: log, warn: log, error: log },
    recordEntries: RECORD_ENTRIES,
  });
}

function violationsOf(widget: Widget): Record<string, number> {
  return Object.fromEntries(widget.state.violations.map(({ kind, count }) => [kind, count]));
}

function agree(shown: unknown, expected: unknown, who: string): void {
  if (isDeepStrictEqual(shown, expected)) return;
  const [is, should] = [shown, expected].map((one) => JSON.stringify(one, null, 1).slice(0, 20_000));
  throw new Error(`The board disagrees with ${who}.\nIt shows ${String(is)}\ninstead of ${String(should)}`);
}

function prototypesNow(): unknown {
  return [Object.prototype, Array.prototype, String.prototype, Map.prototype].map((prototype) =>
    Object.getOwnPropertyNames(prototype).sort(),
  );
}
