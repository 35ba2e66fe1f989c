/**
 * Everything that belongs to one processor and goes when another one is set: the link, its requests and the subscribed
 * agents. It turns frames into team events and answers. It knows no board, and nothing about how its events are used.
 */
import { errorText } from '../../shared/base/error-text.ts';
import { isSame } from '../../shared/base/same.ts';
import { RETRY_BEGIN_MS, type AgentView, type LinkReason, type LinkView } from '../../shared/link/link.ts';
import type { ViolationKind } from '../../shared/link/violations.ts';
import type { Clock } from '../base/clock.ts';
import { quoted } from '../base/unknown.ts';
import { LINK_KEYS } from './link-settings.ts';
import type { Settings } from '../settings.ts';
import type { Codec } from './codec.ts';
import { ProcessorLink } from './link.ts';
import { decodeMessage, type Decoded, type TeamEvent } from './message.ts';
import { RequestQueue } from './request-queue.ts';
import { TeamSubscriptions } from './team-subscriptions.ts';
import type { Transport, TransportOptions } from './transport.ts';

const CONNECT_TIMEOUT_MS = 10_000;
export const RETRY_BASE_MS = 1000;
export const RETRY_CAP_MS = 30_000;
const PROBE_MS = 2000;
export const RETURN_BASE_MS = 300_000;
export const RETURN_CAP_MS = 3_600_000;
const MAX_WAITING = 20;
/** How long a goodbye may take. */
const MAX_GOODBYE_MS = 1000;

/**
 * What happened to an agent.
 * - `awaited`: subscribed again; its teams may arrive one after the other.
 * - `settled`: its teams have had time to arrive.
 * - `ignored`: refused or silent for so long that it is given up.
 * - `forgotten`: no longer watched.
 */
export type AgentStep = 'awaited' | 'settled' | 'ignored' | 'forgotten';

/** What a session reports to its owner. */
export interface SessionListener {
  onLink(view: LinkView): void;
  /** The feed broke at some moment between `from` and `to` (milliseconds). */
  onBreak(from: number, to: number, view: LinkView): void;
  /** The processor refused every agent, so it sends nothing. */
  onAllRefused(): void;
  /** `isPrompt`: the event arrived when it was sent, not after a time when nobody checked the link. */
  onTeamEvent(event: TeamEvent, agentId: string, at: number, isPrompt: boolean): void;
  onAgent(agentId: string, step: AgentStep): void;
  /** The state of the agents changed. */
  onAgents(): void;
  onViolation(kind: ViolationKind, detail: string, example: string): void;
}

export interface SessionOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly codec: Codec;
  readonly settings: Settings;
  /** How many teams the agent has on the board. */
  readonly teamsOf: (agentId: string) => number;
  readonly listener: SessionListener;
}

export class ProcessorSession {
  readonly #options: SessionOptions;
  readonly #listener: SessionListener;
  readonly #link: ProcessorLink;
  readonly #subscriptions: TeamSubscriptions;
  readonly queue: RequestQueue;
  #settings: Settings;
  /** The frame being handled. */
  #frame = '';

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#listener = options.listener;
    this.#settings = options.settings;
    this.queue = this.#createQueue();
    this.#subscriptions = this.#createSubscriptions();
    this.#link = this.#createLink();
  }

  get settings(): Settings {
    return this.#settings;
  }

  get linkView(): LinkView {
    return this.#link.view;
  }

  get agents(): readonly AgentView[] {
    return this.#subscriptions.views;
  }

  /** The frame being handled, as an example of a violation; empty between frames. */
  get frame(): string {
    return this.#frame;
  }

  /** Watches the agents of these settings, which have the same processor. */
  watch(settings: Settings): void {
    this.#settings = settings;
    this.#subscriptions.watch(settings.agentIds);
  }

  /** Connects, or tries again if the link was stopped. */
  start(): void {
    this.#link.start();
  }

  tryNow(): void {
    this.#link.tryNow();
  }

  machineChanged(): void {
    this.#link.machineChanged();
  }

  /** Says goodbye, for a bounded time. */
  async sayGoodbye(): Promise<void> {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(MAX_GOODBYE_MS, resolve);
    });
    await Promise.race([this.#subscriptions.endAll(), limit]);
    cancel();
    this.queue.sendWaiting('report.teamstatus.end');
  }

  stop(reason: LinkReason): void {
    this.#link.stop(reason);
    this.#subscriptions.watch([]);
  }

  #createQueue(): RequestQueue {
    const { answerTimeoutMs } = this.#settings;
    return new RequestQueue({
      clock: this.#options.clock,
      answerTimeoutMs,
      // Longer than one request can occupy the lane: its time-out and its quarantine.
      maxWaitMs: 3 * answerTimeoutMs,
      quarantineMs: answerTimeoutMs,
      maxWaiting: MAX_WAITING,
      onViolation: (kind, detail) => {
        this.#listener.onViolation(kind, detail, this.#frame);
      },
      onAmbiguous: () => {
        this.#link.giveUp({ code: 'untold-answer', message: { key: 'link.untoldAnswer' }, remedy: '' });
      },
      onUnsolicited: (answer, frame) => {
        if (answer.command === 'report.teamstatus.begin') this.#subscriptions.noteUnsolicited(answer, frame);
      },
    });
  }

  #createSubscriptions(): TeamSubscriptions {
    const { clock, teamsOf } = this.#options;
    const notify = (step: AgentStep) => (agentId: string) => {
      this.#listener.onAgent(agentId, step);
    };
    return new TeamSubscriptions({
      clock,
      queue: this.queue,
      settleMs: this.#settings.settleMs,
      retryBeginMs: RETRY_BEGIN_MS,
      teamsOf,
      onSubscribed: () => {
        this.#link.subscribed();
      },
      onAllRefused: () => {
        this.#link.allRefused();
        this.#listener.onAllRefused();
      },
      onUnanswered: (reason) => {
        this.#link.giveUp(reason);
      },
      onBegin: notify('awaited'),
      onSettle: notify('settled'),
      onGivenUp: notify('ignored'),
      onForget: notify('forgotten'),
      onChange: () => {
        this.#listener.onAgents();
      },
    });
  }

  #createLink(): ProcessorLink {
    const { clock, transport, codec } = this.#options;
    const settings = this.#settings;
    const { heartbeatMs } = settings;
    return new ProcessorLink({
      urls: settings.processorUrls,
      heartbeatMs,
      retryBaseMs: RETRY_BASE_MS,
      retryCapMs: RETRY_CAP_MS,
      probeMs: PROBE_MS,
      returnBaseMs: RETURN_BASE_MS,
      returnCapMs: RETURN_CAP_MS,
      clock,
      transport,
      transportOptions: transportOptionsOf(settings),
      codec,
      listener: {
        onAttach: (send) => {
          this.queue.attach(send);
          this.#subscriptions.attach();
        },
        onDetach: (at) => {
          this.queue.detach();
          this.#subscriptions.detach();
          // A link that looked live may have been cut at any time within a heartbeat.
          this.#listener.onBreak(at, Math.min(clock.now(), at + heartbeatMs), this.#link.view);
        },
        onFrame: (text, at) => {
          this.#receive(text, at);
        },
        onBadFrame: (kind, detail, example) => {
          this.#listener.onViolation(kind, detail, example);
        },
        onChange: () => {
          const { view } = this.#link;
          this.#listener.onLink(view);
          // Nobody will answer what still waits.
          if (view.state.name === 'stopped') this.queue.abandon();
        },
      },
    });
  }

  #receive(text: string, at: number): void {
    this.#frame = text;
    const { message, violations } = this.#decode(text);
    for (const { kind, detail } of violations) this.#listener.onViolation(kind, detail, text);
    if (message?.type === 'event') this.#receiveEvent(message, at);
    else if (message !== null) this.queue.answer(message, text);
    this.#frame = '';
  }

  #decode(text: string): Decoded {
    try {
      return decodeMessage(this.#options.codec.decode(text));
    } catch (error) {
      const detail = errorText(error);
      return { message: null, violations: [{ kind: 'malformed-json', detail }] };
    }
  }

  #receiveEvent(event: TeamEvent, at: number): void {
    const { agentId } = event;
    const whose = this.#subscriptions.recognise(agentId);
    if (whose === 'unknown') {
      const detail = agentId === null ? 'no agent' : `agent ${quoted(agentId)}`;
      this.#listener.onViolation('unknown-agent', detail, this.#frame);
    } else if (whose !== 'ending') {
      this.#listener.onTeamEvent(event, whose.agentId, at, this.#link.isPrompt);
      this.#subscriptions.noteEvent(whose.agentId);
      // The number of teams is part of an agent's published state.
      if (event.name === 'report.teamstatus.teamadded') this.#subscriptions.noteTeam(whose.agentId);
      else if (event.name === 'report.teamstatus.teamremoved') this.#listener.onAgents();
    }
  }
}

/** The transport options for these settings. */
export function transportOptionsOf({
  subprotocol,
  headers,
  caFile,
}: Pick<Settings, 'subprotocol' | 'headers' | 'caFile'>): TransportOptions {
  return { subprotocol, headers: new Map(Object.entries(headers)), caFile, connectTimeoutMs: CONNECT_TIMEOUT_MS };
}

/** Whether both settings make the same connection. The watched agents may differ. */
export function isSameProcessor(a: Settings, b: Settings): boolean {
  return LINK_KEYS.every((key) => isSame(a[key], b[key]));
}
