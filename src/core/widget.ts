/**
 * Puts the core together: link, request queue, subscriptions, board and journeys, as one object with requests, events
 * and a stop. It owns the truth that page, tray and notifications show, and knows no host.
 */
import type { Notice } from '../shared/alerts/alerts.ts';
import type { BlindTime } from '../shared/link/blind-time.ts';
import type { BoardHead, BoardSnapshot, BoardUpdate } from '../shared/board/board.ts';
import type { WidgetState } from '../shared/contract.ts';
import type { JourneyAnswer } from '../shared/journey/journey.ts';
import { RETRY_BEGIN_MS, type LinkReason, type LinkView } from '../shared/link/link.ts';
import { sayInEnglish } from '../shared/texts/text.ts';
import { BlindTimeLedger } from './link/blind-time.ts';
import { Board } from './board/board.ts';
import { askJourney } from './journey/ask-journey.ts';
import type { Log } from './base/log.ts';
import type { Clock } from './base/clock.ts';
import type { Codec } from './link/codec.ts';
import { ViolationLog } from './link/violation-log.ts';
import { ProcessorLink } from './link/link.ts';
import { decodeMessage, type Decoded, type TeamEvent } from './link/message.ts';
import { RequestQueue } from './link/request-queue.ts';
import { TeamSubscriptions } from './link/team-subscriptions.ts';
import type { Transport } from './link/transport.ts';
import { LINK_KEYS, type Settings } from './settings/settings.ts';
import { SerialQueue } from './base/serial-queue.ts';
import { quoted } from './base/unknown.ts';
import { Supervision } from './supervision.ts';

export const CONNECT_TIMEOUT_MS = 10_000;
export const RETRY_BASE_MS = 1000;
export const RETRY_CAP_MS = 30_000;
const PROBE_MS = 2000;
export const RETURN_BASE_MS = 300_000;
export const RETURN_CAP_MS = 3_600_000;
const MAX_WAITING = 20;
/** How long a goodbye may take when the widget stops. */
const FAREWELL_MS = 1000;
/** A busy hour of 400 agents, or most of a day of a hundred. */
const RECORD_ENTRIES = 50_000;
/** One frame of a screen: changes that come closer together are published together. */
const PUBLISH_EVERY_MS = 16;

export interface WidgetOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly codec: Codec;
  readonly log: Log;
  /** How much of what is over is kept on record; tests for leaks want little. */
  readonly recordEntries?: number;
}

/** What the core knows beside the board. */
export type CoreState = Pick<WidgetState, 'now' | 'link' | 'agents' | 'violations' | 'blindTime' | 'alerts' | 'digest'>;

export interface WidgetListener {
  onBoard(update: BoardUpdate): void;
  onState(state: CoreState): void;
  /** Something is to be told aloud. */
  onNotice?(notice: Notice): void;
}

/** The parts that belong to one processor and go when another one is set. */
interface Session {
  readonly settings: Settings;
  readonly link: ProcessorLink;
  readonly queue: RequestQueue;
  readonly subscriptions: TeamSubscriptions;
}

export class Widget {
  readonly #options: WidgetOptions;
  readonly #listeners = new Set<WidgetListener>();
  readonly #violations: ViolationLog;
  readonly #board: Board;
  readonly #blindTime: BlindTimeLedger;
  readonly #supervision: Supervision;
  /** Agents whose teams may still not be whole since the link was last begun. */
  readonly #unsettled = new Set<string>();
  #session: Session | null = null;
  #stopped: LinkView;
  #isStateChanged = false;
  #isPublishing = false;
  #publishedAt = Number.NEGATIVE_INFINITY;
  /** The frame that is being taken in, for the example of a violation. */
  #frame = '';
  /** A goodbye takes its time, and the next connection must not begin before it is over. */
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
        this.#violations.add(kind, detail, this.#frame);
      },
    });
  }

  /** Returns a function that ends the subscription and may be called twice. */
  subscribe(listener: WidgetListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get state(): CoreState {
    return {
      now: this.#options.clock.now(),
      link: this.#session?.link.view ?? this.#stopped,
      agents: this.#session?.subscriptions.views ?? [],
      violations: this.#violations.list(),
      blindTime: this.#blindTime.summary,
      alerts: this.#supervision.alerts,
      digest: this.#supervision.digestSummary,
    };
  }

  /** What watches the board: its limits, alerts and record. */
  get supervision(): Supervision {
    return this.#supervision;
  }

  /** The ledger of blind time as a whole. */
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

  /** The whole board; an update with a later version than its own follows it. */
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

  /** Somebody asked to try again, whatever has stopped the link. */
  tryNow(): void {
    this.#session?.link.tryNow();
  }

  /** The machine woke, or its network changed. */
  machineChanged(): void {
    this.#session?.link.machineChanged();
  }

  /**
   * Connects with these settings. Where only the agents differ from what is set already, the connection stays (and is
   * tried again if it had stopped); else it ends, the board is emptied, and a new connection begins.
   */
  connect(settings: Settings): Promise<void> {
    return this.#changes.run(() => this.#connect(settings));
  }

  /**
   * Ends what was begun, says goodbye and empties the board. The link stays stopped, for this reason, until `connect`.
   * `nextLookAt`: when the caller looks whether the reason has gone.
   */
  disconnect(reason: LinkReason, nextLookAt: number | null = null): Promise<void> {
    return this.#changes.run(() => this.#disconnect(reason, nextLookAt));
  }

  async #connect(settings: Settings): Promise<void> {
    const before = this.#session;
    if (before !== null && isSameProcessor(before.settings, settings)) {
      this.#session = { ...before, settings };
      // Not before the whole change is made: what comes of it is no news.
      before.subscriptions.watch(settings.agentIds);
      this.#checkComplete();
      before.link.start();
      return;
    }
    await this.#disconnect(null);
    const session = this.#createSession(settings);
    this.#session = session;
    session.subscriptions.watch(settings.agentIds);
    session.link.start();
    this.#changeState();
  }

  /** Without a reason it is only on the way to another connection. */
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
      await this.#goodbye(session);
      session.link.stop(reason ?? { code: 'changed', message: { key: 'link.settingsChanged' }, remedy: '' });
      session.subscriptions.watch([]);
      this.#board.forgetEnds();
      this.#violations.clear();
      this.#blindTime.clear();
      this.#unsettled.clear();
      this.#supervision.clear();
    }
    this.#changeState();
  }

  async #goodbye({ queue, subscriptions }: Session): Promise<void> {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(FAREWELL_MS, resolve);
    });
    await Promise.race([subscriptions.endAll(), limit]);
    cancel();
    queue.sendWaiting('report.teamstatus.end');
  }

  #createSession(settings: Settings): Session {
    const { clock, transport, codec, log } = this.#options;
    const queue = new RequestQueue({
      clock,
      answerTimeoutMs: settings.answerTimeoutMs,
      // Longer than the one before can keep the lane: its time-out and its quarantine.
      maxWaitMs: 3 * settings.answerTimeoutMs,
      quarantineMs: settings.answerTimeoutMs,
      maxWaiting: MAX_WAITING,
      onViolation: (kind, detail) => {
        this.#violations.add(kind, detail, this.#frame);
      },
      onAmbiguous: () => {
        link.giveUp({
          code: 'untold-answer',
          message: { key: 'link.untoldAnswer' },
          remedy: '',
        });
      },
      onUnasked: (answer, frame) => {
        if (answer.command === 'report.teamstatus.begin') subscriptions.noteUnasked(answer, frame);
      },
    });
    const subscriptions: TeamSubscriptions = new TeamSubscriptions({
      clock,
      queue,
      settleMs: settings.settleMs,
      retryBeginMs: RETRY_BEGIN_MS,
      teamsOf: (agentId) => this.#board.teamsOf(agentId),
      onSubscribed: () => {
        link.subscribed();
      },
      onAllRefused: () => {
        link.unsubscribed();
        // Nothing is sent to whom nothing was begun.
        this.#blindTime.lose();
      },
      onUnanswered: (reason) => {
        link.giveUp(reason);
      },
      onBegin: (agentId) => {
        this.#board.awaitTeams(agentId);
        this.#unsettled.add(agentId);
      },
      onSettle: (agentId) => {
        this.#board.settle(agentId, clock.now());
        this.#unsettled.delete(agentId);
        this.#checkComplete();
      },
      onUnheard: (agentId) => {
        this.#board.ignore(agentId, clock.now());
        this.#unsettled.delete(agentId);
        this.#checkComplete();
      },
      onForget: (agentId) => {
        this.#board.forgetAgent(agentId, clock.now());
        this.#unsettled.delete(agentId);
      },
      onChange: () => {
        this.#changeState();
      },
    });
    const link: ProcessorLink = new ProcessorLink({
      urls: settings.processorUrls,
      heartbeatMs: settings.heartbeatMs,
      retryBaseMs: RETRY_BASE_MS,
      retryCapMs: RETRY_CAP_MS,
      probeMs: PROBE_MS,
      returnBaseMs: RETURN_BASE_MS,
      returnCapMs: RETURN_CAP_MS,
      clock,
      transport,
      transportOptions: {
        subprotocol: settings.subprotocol,
        headers: new Map(Object.entries(settings.headers)),
        caFile: settings.caFile,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
      },
      codec,
      listener: {
        onAttach: (send) => {
          queue.attach(send);
          subscriptions.attach();
        },
        onDetach: (at) => {
          queue.detach();
          subscriptions.detach();
          // A link that looked live may have been cut at any time within a heartbeat.
          this.#board.breakFeed(at, Math.min(clock.now(), at + settings.heartbeatMs));
          this.#blindTime.follow(link.view);
          this.#blindTime.lose();
        },
        onFrame: (text, at) => {
          this.#receive(text, at, session);
        },
        onOddFrame: (kind, detail, example) => {
          this.#violations.add(kind, detail, example);
        },
        onChange: () => {
          const { state } = link.view;
          this.#blindTime.follow(link.view);
          this.#supervision.followLink(link.view);
          this.#checkComplete();
          log.info(`link: ${state.name}${'reason' in state ? whyInLog(state.reason) : ''}`);
          // Nobody will ask what still waits.
          if (state.name === 'stopped') queue.abandon();
          this.#changeState();
        },
      },
    });
    const session: Session = { settings, link, queue, subscriptions };
    return session;
  }

  /** Once the link is live and every agent’s teams have had their time, nobody waits for what is older than the link. */
  #checkComplete(): void {
    if (this.#unsettled.size === 0 && this.state.link.state.name === 'live') this.#supervision.markComplete();
  }

  #receive(text: string, at: number, { link, queue, subscriptions }: Session): void {
    this.#frame = text;
    const { message, violations } = this.#decode(text);
    for (const { kind, detail } of violations) this.#violations.add(kind, detail, text);
    if (message !== null) {
      if (message.type === 'event') this.#takeEvent(message, at, subscriptions, link.isPrompt);
      else queue.answer(message, text);
    }
    this.#frame = '';
  }

  #decode(text: string): Decoded {
    try {
      return decodeMessage(this.#options.codec.decode(text));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { message: null, violations: [{ kind: 'malformed-json', detail }] };
    }
  }

  #takeEvent(event: TeamEvent, at: number, subscriptions: TeamSubscriptions, isPrompt: boolean): void {
    const whose = subscriptions.recognise(event.agentId);
    if (whose === 'stranger') {
      this.#violations.add(
        'unknown-agent',
        event.agentId === null ? 'no agent' : `agent ${quoted(event.agentId)}`,
        this.#frame,
      );
    } else if (whose !== 'ending') {
      this.#board.apply(event, whose.agentId, at, isPrompt);
      subscriptions.noteEvent(whose.agentId);
      // A team more or less changes what is told of the agent.
      if (event.name === 'report.teamstatus.teamadded') subscriptions.noteTeam(whose.agentId);
      else if (event.name === 'report.teamstatus.teamremoved') this.#changeState();
    }
  }

  #changeState(): void {
    this.#isStateChanged = true;
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    // What comes alone is told at once; what comes close behind waits for the end of the frame.
    const { clock } = this.#options;
    clock.after(Math.max(0, this.#publishedAt + PUBLISH_EVERY_MS - clock.now()), () => {
      this.#publish();
    });
  }

  #publish(): void {
    this.#isPublishing = false;
    this.#publishedAt = this.#options.clock.now();
    const update = this.#board.takeUpdate();
    // First, so that what ends with the change is told with it.
    const marked = update === null ? null : this.#supervision.mark(update);
    if (this.#isStateChanged) {
      this.#isStateChanged = false;
      const { state } = this;
      for (const listener of this.#listeners) listener.onState(state);
    }
    if (marked !== null) for (const listener of this.#listeners) listener.onBoard(marked);
    // Last, so that nobody is alerted to what the board does not show.
    this.#supervision.look();
  }
}

function neverLive(state: LinkView['state']): LinkView {
  return { state, wasLive: false, blindSince: null, blindReason: null };
}

function whyInLog({ code, message, details }: LinkReason): string {
  const more = details === undefined ? '' : ` (${details})`;
  return `, ${code}: ${sayInEnglish(message)}${more}`;
}

/** Whether a connection made with the one would be the same with the other. The agents asked for on it may differ. */
export function isSameProcessor(a: Settings, b: Settings): boolean {
  return LINK_KEYS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
