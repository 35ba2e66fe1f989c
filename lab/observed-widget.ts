/**
 * A widget on real sockets and in real time that records everything it showed, and whether it could know that what it
 * showed as fresh was. It also knows the truth, over its own connection to the processor that no fault touches. It
 * knows no test runner.
 */
import { isDeepStrictEqual } from 'node:util';
import { systemClock, type Clock } from '../src/core/base/clock.ts';
import { plainCodec } from '../src/core/link/codec.ts';
import { webSocketTransport } from '../src/core/link/web-socket-transport.ts';
import { Widget } from '../src/core/widget.ts';
import type { LinkReason, LinkState } from '../src/shared/link/link.ts';
import { Client, ReferenceBoard, viewOf } from './simulator-client.ts';
import { BoardReader } from './board-reader.ts';
import type { FaultProxy } from './fault-proxy.ts';

/** Resolves when the condition holds. It is checked repeatedly, until the caller's own time limit. */
export function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (condition()) resolve();
      else setTimeout(look, 5);
    };
    look();
  });
}

export interface Shown {
  /** On the monotonic clock. Milliseconds. */
  readonly at: number;
  readonly state: LinkState['name'];
  readonly reason: LinkReason | null;
}

export interface ObservedWidgetOptions {
  /** What the widget connects through. Without it, what is shown as fresh is not compared with what arrived. */
  readonly proxy?: FaultProxy;
  /** The random source that spreads retries; the real one by default. */
  readonly random?: () => number;
  /** How long a connection may take to open; the product's limit by default. */
  readonly connectTimeoutMs?: number;
  /** Changes how long a timer runs. */
  readonly delayMs?: (ms: number) => number;
}

export class ObservedWidget {
  readonly widget: Widget;
  /** What the link showed, in order: a new entry for each change of its state or its reason's code. */
  readonly shown: Shown[] = [];
  /** What was shown as fresh without having arrived on the connection of that time. Must stay empty. */
  readonly falseClaims = new Set<string>();
  /** Running timers of the core. */
  timers = 0;
  readonly #reader: BoardReader;
  readonly #passed: PassedRows | null;
  readonly #waiting = new Set<() => void>();

  constructor({ proxy, random, connectTimeoutMs, delayMs = (ms) => ms }: ObservedWidgetOptions = {}) {
    const clock: Clock = {
      ...systemClock,
      ...(random === undefined ? {} : { random }),
      after: (ms, callback) => {
        let isRunning = true;
        const end = (): boolean => {
          if (!isRunning) return false;
          isRunning = false;
          this.timers -= 1;
          return true;
        };
        this.timers += 1;
        const cancel = systemClock.after(delayMs(ms), () => {
          if (end()) callback();
        });
        return () => {
          end();
          cancel();
        };
      },
    };
    const log = (): void => undefined;
    this.widget = new Widget({
      clock,
      transport: (url, options, handlers) =>
        webSocketTransport(
          url,
          { ...options, connectTimeoutMs: connectTimeoutMs ?? options.connectTimeoutMs },
          handlers,
        ),
      codec: plainCodec,
      log: { debug: log, info: log, warn: log, error: log },
    });
    this.#passed = proxy === undefined ? null : new PassedRows(proxy);
    this.#reader = new BoardReader(this.widget.boardSnapshot());
    this.widget.subscribe({
      onState: ({ link: { state } }) => {
        const reason = 'reason' in state ? state.reason : null;
        const last = this.shown.at(-1);
        if (last?.state !== state.name || last.reason?.code !== reason?.code) {
          this.shown.push({ at: performance.now(), state: state.name, reason });
        }
        // State and board are published one after the other, and drawn together.
        queueMicrotask(() => {
          this.#look();
        });
      },
      onBoard: (update) => {
        this.#reader.apply(update);
        queueMicrotask(() => {
          this.#look();
        });
      },
    });
  }

  /** Resolves when the condition holds. It is checked whenever something new is shown. */
  when(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** What was shown from an entry on, each as “state” or “state code”. */
  wordsFrom(start: number): string[] {
    return this.shown.slice(start).map(({ state, reason }) => (reason === null ? state : `${state} ${reason.code}`));
  }

  get state(): LinkState['name'] | null {
    return this.shown.at(-1)?.state ?? null;
  }

  get isLive(): boolean {
    return this.state === 'live';
  }

  /** Whether the link is live and nothing on the board is old. */
  get isFresh(): boolean {
    const { head, view } = this.#reader;
    return (
      this.isLive &&
      head.unconfirmed === 0 &&
      view.every(
        ({ team, members }) => team.confirmedIn === head.feed && members.every((row) => row.confirmedIn === head.feed),
      )
    );
  }

  /** Whether, in addition, everything on the board is exactly as the processor has it. */
  isRight(truth: Truth): boolean {
    return this.isFresh && isDeepStrictEqual(this.board, truth.board);
  }

  /** The board as shown, fresh or old, for comparison with the truth. */
  get board(): unknown {
    return viewOf(
      this.#reader.view.map(({ team, members }) => [
        team.teamId,
        team.teamName,
        members.map(({ memberId, memberName, memberType, status, reason }) => ({
          memberId,
          memberType,
          memberName,
          status,
          reason: reason ?? 'not known',
        })),
      ]),
    );
  }

  #look(): void {
    this.#check();
    for (const look of this.#waiting) look();
  }

  #check(): void {
    if (this.#passed === null || !this.isLive) return;
    const { view, head } = this.#reader;
    for (const { team, members } of view) {
      for (const { memberId, confirmedIn } of members) {
        if (confirmedIn === head.feed && !this.#passed.has(team.teamId, memberId)) {
          this.falseClaims.add(`member ${memberId} of team ${team.teamId} in feed ${String(head.feed)}`);
        }
      }
    }
  }
}

/** The members that the processor named on the latest connection, as far as its frames have been passed on. */
class PassedRows {
  readonly #proxy: FaultProxy;
  #connection = -1;
  #read = 0;
  #rows = new Set<string>();

  constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
  }

  has(teamId: string, memberId: string): boolean {
    const latest = this.#proxy.connections.length - 1;
    if (latest !== this.#connection) {
      this.#connection = latest;
      this.#read = 0;
      this.#rows = new Set();
    }
    const texts = this.#proxy.connections[latest]?.passedTexts ?? [];
    for (; this.#read < texts.length; this.#read += 1) {
      const { data } = readEvent(texts[this.#read] ?? '');
      for (const member of data?.team?.members ?? []) this.#rows.add(key(data?.team?.teamId ?? '', member.memberId));
    }
    return this.#rows.has(key(teamId, memberId));
  }
}

function key(teamId: string, memberId: string): string {
  return JSON.stringify([teamId, memberId]);
}

interface EventText {
  readonly data?: { readonly team?: { readonly teamId: string; readonly members?: readonly { memberId: string }[] } };
}

function readEvent(text: string): EventText {
  // The proxy itself inserts frames without content.
  return text.startsWith('{') ? (JSON.parse(text) as EventText) : {};
}

/** What the processor considers true of one agent's teams, received by a client of its own. */
export class Truth {
  readonly #board = new ReferenceBoard();
  readonly #client: Client;

  private constructor(client: Client, agentId: string) {
    this.#client = client;
    client.socket.on('message', (data: Buffer) => {
      const { name, data: report } = JSON.parse(data.toString('utf8')) as (typeof client.received)[number];
      if (name !== undefined && report?.team !== undefined) this.#board.apply(name, report.team);
    });
    client.request('report.teamstatus.begin', { agentId });
  }

  static async of(url: string, agentId: string): Promise<Truth> {
    return new Truth(await Client.open(url), agentId);
  }

  get board(): unknown {
    return viewOf(
      Array.from(this.#board.teams, ([teamId, { name, members }]) => [
        teamId,
        name,
        // `0` and empty both mean no reason.
        Array.from(members.values(), (member) => ({ ...member, reason: member.reason === '0' ? '' : member.reason })),
      ]),
    );
  }

  close(): void {
    this.#client.socket.terminate();
  }
}
