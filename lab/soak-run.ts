/**
 * A widget on real sockets and a real clock with a processor that disconnects a thousand times and sends a million
 * events in between. Checks heap, sockets and timers after each tenth, and the board against the truth. Knows no test
 * runner; it throws if the board is wrong.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../src/core/base/clock.ts';
import { systemClock } from '../src/core/base/clock.ts';
import { plainCodec } from '../src/core/link/codec.ts';
import { BUILT_IN } from '../src/core/settings.ts';
import { Widget } from '../src/core/widget.ts';
import { BoardReader, sorted } from './board-reader.ts';
import { Chance } from './chance.ts';
import { ContactCentre, type CentreEvent } from './contact-centre.ts';
import { reason } from './fake-transport.ts';
import { FaultyProcessor, type Cut, type Session } from './faulty-processor.ts';
import { collectedHeap } from './heap.ts';

export interface Tenth {
  readonly flaps: number;
  readonly events: number;
  /** Bytes after a forced collection; null if it can't be forced. */
  readonly heap: number | null;
  /** Sockets of this process, counting both ends of the connection. */
  readonly sockets: number;
  /** Timers that the widget has set. */
  readonly timers: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly warmUp: number;
  readonly flaps: number;
  readonly events: number;
  readonly seconds: number;
  readonly tenths: readonly Tenth[];
  readonly teams: number;
  readonly members: number;
  /** Resources that keep the process alive, by kind, before the widget was created and after it was stopped. */
  readonly resourcesBefore: Readonly<Record<string, number>>;
  readonly resourcesAfter: Readonly<Record<string, number>>;
  readonly timersAfter: number;
}

const AGENTS: readonly string[] = ['1001', '1002'];
const TEAMS = Array.from({ length: 12 }, (_, index) => `t${String(index)}`) as [string, ...string[]];
const MEMBERS = Array.from({ length: 200 }, (_, index) => `m${String(index)}`) as [string, ...string[]];
const SETTLE_MS = 100;
/** The record is full before the first measurement, so that any later growth is a leak. */
const RECORD_ENTRIES = 500;
/** How many frames to send before waiting for the widget. */
const BURST = 200;

/**
 * `warmUp`: this many flaps come first, without events and not counted. The ledger of blind time keeps the last
 * thousand gaps, and the heap is stable only once it is full.
 */
export async function soak(flaps: number, events: number, warmUp: number, seed: number): Promise<SoakReport> {
  const begin = performance.now();
  const resourcesBefore = resources();
  const chance = new Chance(seed);
  const clock = new CountedClock();
  const processor = await FaultyProcessor.start();
  const centre = contactCentre(chance);
  const line = new Line(processor, centre);
  const log = (): void => undefined;
  const widget = new Widget({
    clock,
    transport: processor.transport,
    codec: plainCodec,
    log: { debug: log, info: log, warn: log, error: log },
    recordEntries: RECORD_ENTRIES,
  });
  const reader = new BoardReader(widget.boardSnapshot());
  const unsubscribe = widget.subscribe({
    onBoard: (update) => {
      reader.apply(update);
    },
    onState: () => undefined,
  });
  await widget.connect({
    ...BUILT_IN,
    processorUrls: [processor.url],
    agentIds: [...AGENTS],
    settleMs: SETTLE_MS,
  });
  for (let flap = 0; flap < warmUp; flap += 1) {
    await line.stands();
    line.cut('fin', 1, []);
  }
  await line.stands();
  line.sent = 0;
  const tenths: Tenth[] = [];
  for (let flap = 0; flap < flaps; flap += 1) {
    await line.stands();
    while (line.sent * flaps < events * (flap + 1)) {
      for (let burst = 0; burst < BURST;) burst += line.send(happening(chance, centre));
      await processor.quiet();
    }
    if ((flap + 1) * 10 >= flaps * (tenths.length + 1)) {
      await after(2 * SETTLE_MS);
      compare(widget, reader, centre);
      const sockets = resources()['TCPSocketWrap'] ?? 0;
      tenths.push({ flaps: flap + 1, events: line.sent, heap: collectedHeap(), sockets, timers: clock.running });
    }
    line.cut((['close', 'fin', 'rst'] as const)[flap % 3] ?? 'fin', chance.number(), happening(chance, centre));
  }
  await line.stands();
  await after(2 * SETTLE_MS);
  const { teams, members } = compare(widget, reader, centre);
  await widget.disconnect(reason('stopped'));
  unsubscribe();
  await processor.stop();
  // Changes are published after a screen frame, and a socket is gone only some turns after it was released.
  for (let turn = 0; turn < 250 && (clock.running > 0 || !isDeepStrictEqual(resources(), resourcesBefore)); turn += 1) {
    await after(20);
  }
  const seconds = (performance.now() - begin) / 1000;
  const [resourcesAfter, timersAfter] = [resources(), clock.running];
  return {
    seed,
    warmUp,
    flaps,
    events: line.sent,
    seconds,
    tenths,
    teams,
    members,
    resourcesBefore,
    resourcesAfter,
    timersAfter,
  };
}

/** The processor's side: reports what happens to everyone subscribed, on whatever connection stands. */
class Line {
  sent = 0;
  readonly #processor: FaultyProcessor;
  #session: Session | null = null;
  readonly #subscribed = new Set<string>();
  #opened: () => void = () => undefined;

  constructor(processor: FaultyProcessor, centre: ContactCentre) {
    this.#processor = processor;
    processor.handlers = {
      onOpen: (session) => {
        this.#session = session;
        this.#opened();
      },
      onRequest: (session, { command, data }) => {
        const agentId = String(data['agentId']);
        const isBegin = command === 'report.teamstatus.begin';
        if (isBegin) this.#subscribed.add(agentId);
        else this.#subscribed.delete(agentId);
        session.send([{ command, result: 'success', data: {} }]);
        if (isBegin) this.send(centre.announce(agentId));
      },
      onPing: (session, text) => {
        session.pong(text);
      },
      onEnd: () => {
        this.#session = null;
        this.#subscribed.clear();
      },
    };
  }

  /** Resolves when a connection stands, with everyone subscribed. */
  async stands(): Promise<void> {
    while (this.#session === null) {
      await new Promise<void>((resolve) => {
        this.#opened = resolve;
        if (this.#session !== null) resolve();
      });
      await this.#processor.quiet();
    }
  }

  /** Returns how many frames that took. */
  send(events: readonly CentreEvent[]): number {
    const messages = events.filter(({ agentId }) => this.#subscribed.has(agentId)).map(({ message }) => message);
    this.#session?.send(messages);
    this.sent += messages.length;
    return messages.length;
  }

  cut(how: Cut, part: number, [event]: readonly CentreEvent[]): void {
    this.#session?.cut(how, event?.message, part);
    this.#session = null;
  }
}

/** Counts the running timers. It leaves nothing to chance: retries come at once. */
class CountedClock implements Clock {
  running = 0;

  now(): number {
    return systemClock.now();
  }

  after(delayMs: number, callback: () => void): () => void {
    this.running += 1;
    let isRunning = true;
    const over = (): void => {
      if (isRunning) this.running -= 1;
      isRunning = false;
    };
    const cancel = systemClock.after(delayMs, () => {
      over();
      callback();
    });
    return () => {
      over();
      cancel();
    };
  }

  random(): number {
    return 0;
  }
}

/** Half of everything possible, around which it varies: a growing board would change the heap. */
function contactCentre(chance: Chance): ContactCentre {
  const centre = new ContactCentre();
  for (const teamId of TEAMS) {
    centre.addMembers(
      teamId,
      MEMBERS.filter(() => chance.isTrue(0.5)),
      'Agent',
    );
  }
  for (const agentId of AGENTS) {
    centre.addAgent(agentId);
    for (const teamId of TEAMS) if (chance.isTrue(0.5)) centre.joinTeam(agentId, teamId);
  }
  return centre;
}

/** Statuses change all the time; now and then people and teams come and go. */
function happening(chance: Chance, centre: ContactCentre): CentreEvent[] {
  const teamId = chance.pick(TEAMS);
  const memberId = chance.pick(MEMBERS);
  switch (chance.below(100)) {
    case 0:
      return centre.renameTeam(teamId, `Team ${String(chance.below(1000))}`);
    case 1:
      return centre.addMembers(teamId, [memberId], 'Supervisor');
    case 2:
      return centre.removeMembers(teamId, [memberId]);
    case 3:
      return centre.leaveTeam(chance.pick(['1001', '1002']), teamId);
    case 4:
      return centre.joinTeam(chance.pick(['1001', '1002']), teamId);
    default:
      return centre.change([memberId], {
        status: chance.pick(['ready', 'not_ready', 'ACW']),
        reason: chance.pick(['0', '32763', '7']),
      });
  }
}

function compare(widget: Widget, reader: BoardReader, centre: ContactCentre): { teams: number; members: number } {
  const { teams, head } = widget.boardSnapshot();
  const shown = sorted(teams);
  const rows = shown.map(({ team, members }) => ({
    team: [team.teamId, team.teamName, team.agentIds, team.confirmedIn === head.feed],
    members: members.map((row) => [row.memberId, row.memberType, row.memberName, row.status, row.reason]),
  }));
  const byId = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
    [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  const truth = byId(centre.teamsOf(AGENTS).map((team) => ({ id: team.teamId, team }))).map(({ team }) => ({
    team: [team.teamId, team.teamName, [...team.agentIds].sort(), true],
    members: byId(team.members.map((member) => ({ id: member.memberId, member }))).map(({ member }) => [
      member.memberId,
      member.memberType,
      member.memberName,
      member.status,
      member.reason === '0' ? '' : member.reason,
    ]),
  }));
  if (!isDeepStrictEqual(rows, truth)) throw new Error('The board is not what is true');
  if (!isDeepStrictEqual(reader.view, shown)) throw new Error('A reader of updates has another board');
  if (widget.state.link.state.name !== 'live') throw new Error(`The link is ${widget.state.link.state.name}`);
  return { teams: rows.length, members: rows.reduce((sum, { members }) => sum + members.length, 0) };
}

function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
