/**
 * Which agents are watched, and the progress of each one's `begin`. On every new connection it begins again, one agent
 * after the other, and lets the board settle. It retries what the processor refused. It does not know how the board
 * uses the events.
 */
import { isBlank, trimId } from '../../shared/base/folding.ts';
import type { AgentView, LinkReason } from '../../shared/link/link.ts';
import type { Clock } from '../base/clock.ts';
import { failureDetails } from './failure-details.ts';
import type { Answer } from './message.ts';
import { originalId, type Outcome, type RequestQueue } from './request-queue.ts';

/**
 * A processor that is starting may refuse at first. For this long, an agent's teams are still expected, as after an
 * accepted begin.
 */
const MAX_WAIT_MS = 60_000;

/** An agent refused for this long, at every attempt, is assumed to have no teams. */
const MAX_REFUSED_MS = 30 * 60_000;

export interface TeamSubscriptionsOptions {
  readonly clock: Clock;
  readonly queue: RequestQueue;
  /** How long after a begin the teams may take to arrive before unconfirmed ones are removed. */
  readonly settleMs: number;
  /** How long after a refusal to repeat the begin. */
  readonly retryBeginMs: number;
  readonly teamsOf: (agentId: string) => number;
  /** Every begin has been answered, at least one of them with success (or there is no agent). */
  readonly onSubscribed: () => void;
  /** Every begin has been answered, none with success. */
  readonly onAllRefused: () => void;
  /** The processor left a begin unanswered: the connection is useless, or another one would be more useful. */
  readonly onUnanswered: (reason: LinkReason) => void;
  /** The agent's teams have had time to arrive: anything still unconfirmed is no longer true. */
  readonly onSettle: (agentId: string) => void;
  /** The agent has been refused for so long that nothing waits for its teams any more. */
  readonly onGivenUp: (agentId: string) => void;
  /** The agent's teams have been requested, and may be incomplete until they settle. */
  readonly onBegin: (agentId: string) => void;
  readonly onForget: (agentId: string) => void;
  readonly onChange: () => void;
}

interface Subscription {
  readonly agentId: string;
  state: AgentView['state'];
  since: number;
  failure: AgentView['failure'];
  /** For how long its begins have been refused or unanswered on standing connections, until one succeeds. */
  refusedMs: number;
  /** When that last happened on this connection. */
  refusedAt: number | null;
  hadTeams: boolean;
  /**
   * Whether an event arrived for it on this connection: its begin then succeeded, whichever answer was taken for its
   * own.
   */
  hadEvent: boolean;
  /** Whether its begin was repeated on this connection because the answer may have been another agent's. */
  isAskedAgain: boolean;
  /**
   * How far its last begin has come: not answered yet; accepted, while its teams may still arrive; accepted, and they
   * have had time to; or over without being accepted.
   */
  begin: 'in-progress' | 'settling' | 'settled' | 'over';
  /**
   * Whether the last begin was not answered in time. Such an agent is begun last, so that it does not hold up the
   * others.
   */
  isUnresponsive: boolean;
  cancelTimer: () => void;
}

type Refusal = Extract<Answer, { readonly type: 'failure' }>;

export class TeamSubscriptions {
  readonly #options: TeamSubscriptionsOptions;
  readonly #agents = new Map<string, Subscription>();
  /** By agent: how many of its ends are in progress. Events for it may still arrive and are ignored. */
  readonly #ending = new Map<string, number>();
  /** Agents with an end that was not answered in time; they stay here until the next connection. */
  readonly #unansweredEnds = new Set<string>();
  /** By agent: its last request, while it is in progress. */
  readonly #underWay = new Map<string, Promise<Outcome>>();
  /**
   * Whether an unsolicited answer to a begin arrived on this connection: one of the agents may have another's answer.
   */
  #isAmbiguous = false;
  /** Counts connections; null without one. */
  #connection: number | null = null;
  #connections = 0;

  constructor(options: TeamSubscriptionsOptions) {
    this.#options = options;
  }

  get views(): AgentView[] {
    return Array.from(this.#agents.values(), ({ agentId, state, since, failure, hadTeams }) => ({
      agentId,
      state,
      since,
      failure,
      hadTeams,
      teams: this.#options.teamsOf(agentId),
    }));
  }

  /** Watches exactly these agents from now on: begins new ones and ends those left out. */
  watch(agentIds: readonly string[]): void {
    const wanted = new Set(agentIds);
    const left = [...this.#agents.values()].filter(({ agentId }) => !wanted.has(agentId));
    for (const subscription of left) {
      this.#agents.delete(subscription.agentId);
      void this.#end(subscription);
    }
    for (const { agentId } of left) this.#options.onForget(agentId);
    for (const agentId of wanted) {
      if (this.#agents.has(agentId)) continue;
      this.#agents.set(agentId, {
        agentId,
        state: 'not-subscribed',
        since: this.#options.clock.now(),
        failure: null,
        refusedMs: 0,
        refusedAt: null,
        hadTeams: false,
        hadEvent: false,
        isAskedAgain: false,
        begin: 'over',
        isUnresponsive: false,
        cancelTimer: () => undefined,
      });
    }
    this.#options.onChange();
    if (this.#connection !== null) void this.#beginAll(this.#connection);
  }

  /** There is a connection on which the processor knows nothing about us yet. */
  attach(): void {
    this.#connections += 1;
    this.#connection = this.#connections;
    void this.#beginAll(this.#connection);
  }

  detach(): void {
    this.#connection = null;
    this.#ending.clear();
    this.#unansweredEnds.clear();
    this.#isAmbiguous = false;
    for (const subscription of this.#agents.values()) {
      subscription.cancelTimer();
      subscription.begin = 'over';
      subscription.hadTeams = false;
      subscription.hadEvent = false;
      subscription.isAskedAgain = false;
      subscription.refusedAt = null;
      this.#move(subscription, 'not-subscribed');
    }
  }

  /**
   * Whose event it is: a watched agent's, one that is ending, or unknown. Null stands for an event without an agent.
   */
  recognise(sentId: string | null): { readonly agentId: string } | 'ending' | 'unknown' {
    if (sentId === null) {
      const [only, ...others] = this.#agents.keys();
      return only !== undefined && others.length === 0 ? { agentId: only } : 'unknown';
    }
    const agentId = this.#ownSpelling(sentId);
    // Even if it is watched again: until the end is answered, events are due to the earlier begin.
    if (this.#ending.has(agentId) || this.#unansweredEnds.has(agentId)) return 'ending';
    return this.#agents.has(agentId) ? { agentId } : 'unknown';
  }

  /** Our spelling of an agent's id, which an event may have with quotes or blanks around it. */
  #ownSpelling(sentId: string): string {
    if (this.#agents.has(sentId)) return sentId;
    const bare = trimId(sentId);
    const own = [...this.#agents.keys(), ...this.#ending.keys(), ...this.#unansweredEnds];
    return own.find((agentId) => trimId(agentId) === bare) ?? sentId;
  }

  /** An event arrived for the agent. */
  noteEvent(agentId: string): void {
    const subscription = this.#agents.get(agentId);
    if (subscription !== undefined) subscription.hadEvent = true;
  }

  /**
   * An unsolicited answer to a begin arrived: an answer came twice, and may have been taken for another agent's. A
   * refusal that names an agent without any event since belongs to that agent. Other agents without events are begun
   * once more.
   */
  noteUnsolicited(answer: Answer, frame?: string): void {
    this.#isAmbiguous = true;
    const id = answer.type === 'failure' ? originalId(answer) : null;
    for (const subscription of this.#agents.values()) {
      if (answer.type === 'failure' && trimId(subscription.agentId) === id) {
        if (subscription.state === 'subscribed' && !subscription.hadEvent) {
          this.#refused(subscription, { ...answer, frame });
          this.#reportSubscribed();
        }
      } else if (subscription.begin === 'settled') this.#askAgainIfAmbiguous(subscription);
    }
  }

  /** A team of the agent was announced. */
  noteTeam(agentId: string): void {
    const subscription = this.#agents.get(agentId);
    if (subscription !== undefined) subscription.hadTeams = true;
    this.#options.onChange();
  }

  /** Ends every active subscription; resolves when each end has been answered, or can't be. */
  async endAll(): Promise<void> {
    await Promise.all(Array.from(this.#agents.values(), (subscription) => this.#end(subscription)));
  }

  async #beginAll(connection: number): Promise<void> {
    const all = [...this.#agents.values()];
    for (const subscription of all.sort((a, b) => Number(a.isUnresponsive) - Number(b.isUnresponsive))) {
      if (this.#connection !== connection) return;
      const isWatched = this.#agents.get(subscription.agentId) === subscription;
      if (isWatched && subscription.state === 'not-subscribed') await this.#begin(subscription);
    }
    if (this.#connection === connection) this.#reportSubscribed();
  }

  async #begin(subscription: Subscription): Promise<void> {
    const { clock, settleMs } = this.#options;
    const { agentId } = subscription;
    const connection = this.#connection;
    subscription.cancelTimer();
    // A refused agent stays refused, and shown as such, until there is another answer.
    if (subscription.state !== 'refused') this.#move(subscription, 'subscribing');
    subscription.begin = 'in-progress';
    this.#options.onBegin(agentId);
    const outcome = await this.#ask('report.teamstatus.begin', agentId);
    if (outcome.type === 'timeout') subscription.isUnresponsive = true;
    if (this.#connection !== connection || this.#agents.get(agentId) !== subscription) return;
    subscription.begin = 'over';
    switch (outcome.type) {
      case 'success':
        subscription.begin = 'settling';
        subscription.isUnresponsive = false;
        subscription.refusedMs = 0;
        subscription.refusedAt = null;
        this.#move(subscription, 'subscribed');
        subscription.cancelTimer = clock.after(settleMs, () => {
          subscription.begin = 'settled';
          this.#options.onSettle(agentId);
          if (this.#isAmbiguous) this.#askAgainIfAmbiguous(subscription);
        });
        break;
      case 'failure':
        this.#refused(subscription, outcome);
        break;
      case 'timeout':
        if (this.#isUseful()) {
          this.#move(subscription, 'refused', {
            code: 'timeout',
            message: { key: 'board.beginUnanswered' },
            details: '',
          });
          this.#beginLater(subscription);
        } else {
          this.#options.onUnanswered({
            code: 'begin-unanswered',
            message: { key: 'link.beginUnanswered', values: { agentId } },
            remedy: '',
          });
        }
        break;
      case 'not-sent':
      case 'queue-full':
      case 'connection-lost':
        break;
    }
  }

  #refused(
    subscription: Subscription,
    { failure, original, frame }: Pick<Refusal, 'failure' | 'original'> & { readonly frame?: string | undefined },
  ): void {
    subscription.cancelTimer();
    this.#move(subscription, 'refused', {
      code: failure.code,
      message: isBlank(failure.message) ? { key: 'journey.failures.noReason' } : failure.message,
      details: failureDetails(failure.context, original, frame),
    });
    this.#beginLater(subscription);
  }

  #beginLater(subscription: Subscription): void {
    const { clock, retryBeginMs, onSettle, onGivenUp } = this.#options;
    const now = clock.now();
    // Time without a connection does not count, because nothing was requested in it.
    subscription.refusedMs += now - (subscription.refusedAt ?? now);
    subscription.refusedAt = now;
    if (subscription.refusedMs >= MAX_REFUSED_MS) onSettle(subscription.agentId);
    else if (subscription.refusedMs >= MAX_WAIT_MS) onGivenUp(subscription.agentId);
    subscription.cancelTimer = clock.after(retryBeginMs, () => {
      this.#beginAgain(subscription);
    });
  }

  #beginAgain(subscription: Subscription): void {
    void this.#begin(subscription).then(() => {
      this.#reportSubscribed();
    });
  }

  /** Once per connection: an agent may have no teams. */
  #askAgainIfAmbiguous(subscription: Subscription): void {
    if (subscription.state !== 'subscribed' || subscription.hadEvent || subscription.isAskedAgain) return;
    subscription.isAskedAgain = true;
    this.#beginAgain(subscription);
  }

  /** Whether the connection serves some agents and a new one would serve no more: only unresponsive ones are left. */
  #isUseful(): boolean {
    const all = [...this.#agents.values()];
    return (
      all.some(({ state }) => state === 'subscribed') &&
      all.every(({ state, isUnresponsive }) => isUnresponsive || state === 'subscribed' || state === 'refused')
    );
  }

  #reportSubscribed(): void {
    const states = Array.from(this.#agents.values(), (subscription) => subscription.state);
    const isAnswered = states.every((state) => state === 'subscribed' || state === 'refused');
    if (!isAnswered) return;
    if (states.length === 0 || states.includes('subscribed')) this.#options.onSubscribed();
    else this.#options.onAllRefused();
  }

  async #end(subscription: Subscription): Promise<void> {
    const { agentId, state, begin } = subscription;
    subscription.cancelTimer();
    if (this.#connection === null || (state !== 'subscribed' && begin !== 'in-progress')) return;
    this.#ending.set(agentId, (this.#ending.get(agentId) ?? 0) + 1);
    await this.#ask('report.teamstatus.end', agentId);
  }

  /**
   * Begins and ends wait in different lanes of the queue. So that they stay in order for an agent, each is sent only
   * when the one before it has ended.
   */
  async #ask(command: 'report.teamstatus.begin' | 'report.teamstatus.end', agentId: string): Promise<Outcome> {
    const connection = this.#connection;
    const before = this.#underWay.get(agentId);
    const send = async (): Promise<Outcome> => {
      if (this.#connection !== connection) return { type: 'connection-lost' };
      if (command === 'report.teamstatus.begin' && this.#unansweredEnds.has(agentId)) {
        this.#options.onUnanswered({
          code: 'end-unanswered',
          message: { key: 'link.endUnanswered', values: { agentId } },
          remedy: '',
        });
        return { type: 'connection-lost' };
      }
      const outcome = await this.#options.queue.request(
        command,
        { agentId },
        { survivesBreak: false, isLimited: false },
      );
      if (command === 'report.teamstatus.end' && this.#connection === connection) {
        this.#endIsOver(agentId, outcome.type === 'timeout');
      }
      return outcome;
    };
    const outcome = before === undefined ? send() : before.then(send);
    this.#underWay.set(agentId, outcome);
    await outcome;
    if (this.#underWay.get(agentId) === outcome) this.#underWay.delete(agentId);
    return outcome;
  }

  #endIsOver(agentId: string, isUnanswered: boolean): void {
    if (isUnanswered) this.#unansweredEnds.add(agentId);
    const left = (this.#ending.get(agentId) ?? 0) - 1;
    if (left > 0) this.#ending.set(agentId, left);
    else this.#ending.delete(agentId);
  }

  #move(subscription: Subscription, state: AgentView['state'], failure: AgentView['failure'] = null): void {
    subscription.state = state;
    subscription.since = this.#options.clock.now();
    subscription.failure = failure;
    this.#options.onChange();
  }
}
