/**
 * Joins the parts of the core into one object with requests, events and a stop: a session with the processor, the
 * board, its record, alerts and journeys. It owns the state that page, tray and notifications show, and knows no host.
 */
import type { Notice } from '../shared/alerts/alerts.ts';
import type { BlindTime } from '../shared/link/blind-time.ts';
import type { BoardHead, BoardSnapshot, BoardUpdate } from '../shared/board/board.ts';
import type { WidgetState } from '../shared/contract.ts';
import type { JourneyAnswer } from '../shared/journey/journey.ts';
import type { LinkReason, LinkView } from '../shared/link/link.ts';
import { translateToEnglish } from '../shared/texts/text.ts';
import { BlindTimeLedger } from './link/blind-time.ts';
import { Board } from './board/board.ts';
import { askJourney } from './journey/ask-journey.ts';
import type { Log } from './base/log.ts';
import type { Clock } from './base/clock.ts';
import type { Codec } from './link/codec.ts';
import { ProcessorSession, isSameProcessor, type AgentStep } from './link/session.ts';
import { ViolationLog } from './link/violation-log.ts';
import type { Transport } from './link/transport.ts';
import type { Settings } from './settings.ts';
import { SerialQueue } from './base/serial-queue.ts';
import { Supervision } from './supervision.ts';

/** Enough for a busy hour of 400 agents, or most of a day of a hundred. */
const RECORD_ENTRIES = 50_000;
/** One screen frame: changes closer together than this are published together. */
const PUBLISH_EVERY_MS = 16;

export interface WidgetOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly codec: Codec;
  readonly log: Log;
  /** How much of the past to record; tests for leaks want little. */
  readonly recordEntries?: number;
}

/** What the core knows besides the board. */
export type CoreState = Pick<WidgetState, 'now' | 'link' | 'agents' | 'violations' | 'blindTime' | 'alerts' | 'digest'>;

export interface WidgetListener {
  onBoard(update: BoardUpdate): void;
  onState(state: CoreState): void;
  /** Show or sound a notification. */
  onNotice?(notice: Notice): void;
}

export class Widget {
  readonly #options: WidgetOptions;
  readonly #listeners = new Set<WidgetListener>();
  readonly #violations: ViolationLog;
  readonly #board: Board;
  readonly #blindTime: BlindTimeLedger;
  readonly #supervision: Supervision;
  /** Agents whose teams may still be incomplete since the link was last live. */
  readonly #unsettled = new Set<string>();
  #session: ProcessorSession | null = null;
  #stopped: LinkView;
  #isStateChanged = false;
  #isPublishing = false;
  #publishedAt = Number.NEGATIVE_INFINITY;
  /**
   * Serializes changes of the connection: a goodbye takes time, and the next connection must not begin before it ends.
   */
  readonly #changes = new SerialQueue();

  constructor(options: WidgetOptions) {
    this.#options = options;
    const now = (): number => options.clock.now();
    this.#stopped = neverLive({ name: 'idle', since: now() });
    this.#blindTime = new BlindTimeLedger(now);
    this.#violations = new ViolationLog({
      now,
      onFirst: ({ kind, detail }) => {
        options.log.warn(`The processor departed from the contract: ${kind}, ${detail}`);
      },
      onChange: () => {
        this.#changeState();
      },
    });
    this.#supervision = new Supervision({
      clock: options.clock,
      recordEntries: options.recordEntries ?? RECORD_ENTRIES,
      touch: (teamId, memberId) => {
        this.#board.touch(teamId, memberId);
      },
      touchTeam: (teamId) => {
        this.#board.touchTeam(teamId);
      },
      onLate: () => {
        this.machineChanged();
      },
      onDue: () => {
        this.#publishSoon();
      },
      snapshot: () => this.boardSnapshot(),
      gaps: () => this.#blindTime.whole.gaps,
      onNotice: (notice) => {
        for (const listener of this.#listeners) listener.onNotice?.(notice);
      },
      onChange: () => {
        this.#changeState();
      },
    });
    this.#board = new Board({
      observer: this.#supervision.observer,
      onChange: () => {
        this.#publishSoon();
      },
      onViolation: (kind, detail) => {
        this.#violations.add(kind, detail, this.#session?.frame ?? '');
      },
    });
  }

  /** Returns a function that ends the subscription; calling it twice is safe. */
  subscribe(listener: WidgetListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get state(): CoreState {
    return {
      now: this.#options.clock.now(),
      link: this.#session?.linkView ?? this.#stopped,
      agents: this.#session?.agents ?? [],
      violations: this.#violations.list(),
      blindTime: this.#blindTime.summary,
      alerts: this.#supervision.alerts,
      digest: this.#supervision.digestSummary,
    };
  }

  /** What watches the board: limits, alerts and the record. */
  get supervision(): Supervision {
    return this.#supervision;
  }

  /** The complete ledger of blind time. */
  get blindTime(): BlindTime {
    return this.#blindTime.whole;
  }

  get boardHead(): BoardHead {
    return this.#board.head;
  }

  /** The names and ids of all teams and members on the board. */
  get namesAndIds(): Iterable<string> {
    return this.#board.namesAndIds();
  }

  /** The whole board; updates with a higher version follow it. */
  boardSnapshot(): BoardSnapshot {
    this.#publish();
    return this.#supervision.markSnapshot(this.#board.snapshot());
  }

  askJourney(typed: string): Promise<JourneyAnswer> {
    const session = this.#session;
    return askJourney(typed, {
      clock: this.#options.clock,
      queue: session?.queue ?? null,
      link: this.state.link.state,
      answerTimeoutMs: session?.settings.answerTimeoutMs ?? 0,
      onViolation: ({ kind, detail }, answer) => {
        this.#violations.add(kind, detail, answer);
      },
    });
  }

  /** The user asked to try again, whatever stopped the link. */
  tryNow(): void {
    this.#session?.tryNow();
  }

  /** The machine woke, or its network changed. */
  machineChanged(): void {
    this.#session?.machineChanged();
  }

  /**
   * Connects with these settings. If only the agents differ from the current settings, the connection stays, and is
   * tried again if it was stopped. Otherwise it ends, the board is cleared, and a new connection begins.
   */
  connect(settings: Settings): Promise<void> {
    return this.#changes.run(() => this.#connect(settings));
  }

  /**
   * Ends the subscriptions, says goodbye and clears the board. The link stays stopped for this reason until `connect`.
   * `nextLookAt`: when the caller checks whether the reason is gone.
   */
  disconnect(reason: LinkReason, nextLookAt: number | null = null): Promise<void> {
    return this.#changes.run(() => this.#disconnect(reason, nextLookAt));
  }

  async #connect(settings: Settings): Promise<void> {
    const before = this.#session;
    if (before !== null && isSameProcessor(before.settings, settings)) {
      before.watch(settings);
      // Only once the change is complete, because its effects are not news.
      this.#checkComplete();
      before.start();
      return;
    }
    await this.#disconnect(null);
    const session = this.#createSession(settings);
    this.#session = session;
    session.watch(settings);
    session.start();
    this.#changeState();
  }

  /** Without a reason, another connection follows. */
  async #disconnect(reason: LinkReason | null, nextLookAt: number | null = null): Promise<void> {
    const session = this.#session;
    const since = this.#options.clock.now();
    this.#stopped = neverLive(
      reason === null
        ? { name: 'idle', since }
        : { name: 'stopped', since, reason, ...(nextLookAt === null ? {} : { nextLookAt }) },
    );
    if (session !== null) {
      this.#session = null;
      await session.sayGoodbye();
      session.stop(reason ?? { code: 'changed', message: { key: 'link.settingsChanged' }, remedy: '' });
      this.#board.forgetEnds();
      this.#violations.clear();
      this.#blindTime.clear();
      this.#unsettled.clear();
      this.#supervision.clear();
    }
    this.#changeState();
  }

  #createSession(settings: Settings): ProcessorSession {
    const { clock, transport, codec, log } = this.#options;
    return new ProcessorSession({
      clock,
      transport,
      codec,
      settings,
      teamsOf: (agentId) => this.#board.teamsOf(agentId),
      listener: {
        onLink: (view) => {
          this.#blindTime.follow(view);
          this.#supervision.followLink(view);
          this.#checkComplete();
          const { state } = view;
          log.info(`link: ${state.name}${'reason' in state ? whyInLog(state.reason) : ''}`);
          this.#changeState();
        },
        onBreak: (from, to, view) => {
          this.#board.breakFeed(from, to);
          this.#blindTime.follow(view);
          this.#blindTime.markLost();
        },
        onAllRefused: () => {
          // An agent that was never begun has nothing to end.
          this.#blindTime.markLost();
        },
        onTeamEvent: (event, agentId, at, isPrompt) => {
          this.#board.apply(event, agentId, at, isPrompt);
        },
        onAgent: (agentId, step) => {
          this.#followAgent(agentId, step);
        },
        onAgents: () => {
          this.#changeState();
        },
        onViolation: (kind, detail, example) => {
          this.#violations.add(kind, detail, example);
        },
      },
    });
  }

  #followAgent(agentId: string, step: AgentStep): void {
    const now = this.#options.clock.now();
    if (step === 'awaited') {
      this.#board.awaitTeams(agentId);
      this.#unsettled.add(agentId);
      return;
    }
    if (step === 'settled') this.#board.settle(agentId, now);
    else if (step === 'ignored') this.#board.ignore(agentId, now);
    else this.#board.forgetAgent(agentId, now);
    this.#unsettled.delete(agentId);
    if (step !== 'forgotten') this.#checkComplete();
  }

  /** Once the link is live and all teams have had time to arrive, nothing older than the link is expected. */
  #checkComplete(): void {
    if (this.#unsettled.size === 0 && this.state.link.state.name === 'live') this.#supervision.markComplete();
  }

  #changeState(): void {
    this.#isStateChanged = true;
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    // A change on its own is published at once. Changes that follow closely wait for the end of the frame.
    const { clock } = this.#options;
    clock.after(Math.max(0, this.#publishedAt + PUBLISH_EVERY_MS - clock.now()), () => {
      this.#publish();
    });
  }

  #publish(): void {
    this.#isPublishing = false;
    this.#publishedAt = this.#options.clock.now();
    const update = this.#board.takeUpdate();
    // First, so that whatever ends with this change is published with it.
    const marked = update === null ? null : this.#supervision.mark(update);
    if (this.#isStateChanged) {
      this.#isStateChanged = false;
      const { state } = this;
      for (const listener of this.#listeners) listener.onState(state);
    }
    if (marked !== null) for (const listener of this.#listeners) listener.onBoard(marked);
    // Last, so that nobody is alerted to something the board does not show yet.
    this.#supervision.look();
  }
}

function neverLive(state: LinkView['state']): LinkView {
  return { state, wasLive: false, blindSince: null, blindReason: null };
}

function whyInLog({ code, message, details }: LinkReason): string {
  const more = details === undefined ? '' : ` (${details})`;
  return `, ${code}: ${translateToEnglish(message)}${more}`;
}
