/**
 * One run of the model test: the complete widget on real sockets with a fake clock, a contact centre reported by a
 * faulty processor, and a model of what the widget should know from what was delivered. What the widget shows is
 * compared after every step. Once everything works again, it must be the truth. Knows no test runner except its
 * `expect`.
 */
import { expect } from 'vitest';
import { plainCodec } from '../src/core/link/codec.ts';
import { BUILT_IN, type Settings } from '../src/core/settings.ts';
import { Widget } from '../src/core/widget.ts';
import type { JourneyAnswer, JourneyFailureKind } from '../src/shared/journey/journey.ts';
import { BoardReader, sorted } from './board-reader.ts';
import { ContactCentre, type CentreEvent, type Person } from './contact-centre.ts';
import { FakeClock } from './fake-clock.ts';
import { reason } from './fake-transport.ts';
import type { Cut, FaultyProcessor, Obstacle, Request, Session } from './faulty-processor.ts';
import { ReferenceBoard } from './reference-board.ts';
import { readEvent } from './reference-decoder.ts';

/** How the processor treats a request. */
export type Behaviour = 'now' | 'twice' | 'late' | 'events-first' | 'never' | 'refuse';

type Kind = 'begin' | 'end' | 'journey';

export type Step =
  | { readonly do: 'join-team' | 'leave-team'; readonly agentId: string; readonly teamId: string }
  | { readonly do: 'delete-team'; readonly teamId: string }
  | { readonly do: 'rename-team'; readonly teamId: string; readonly name: string }
  | {
      readonly do: 'add-members';
      readonly teamId: string;
      readonly memberIds: readonly string[];
      readonly type: string;
    }
  | { readonly do: 'remove-members'; readonly teamId: string; readonly memberIds: readonly string[] }
  | { readonly do: 'change'; readonly memberIds: readonly string[]; readonly to: Partial<Person> }
  | { readonly do: 'behaviour'; readonly of: Kind; readonly behaviour: Behaviour }
  /** Answers the oldest request that was put off. */
  | { readonly do: 'answer' }
  /** Repeats an answer about a call that was sent on this connection, counted from the first; late or not. */
  | { readonly do: 'answer-again'; readonly which: number }
  | { readonly do: 'ask'; readonly callId: string; readonly isTransfer: boolean }
  | { readonly do: 'watch'; readonly agentIds: readonly string[] }
  | { readonly do: 'try-now' }
  /** Frames are held back from now on, and sent later in order. */
  | { readonly do: 'hold' }
  | { readonly do: 'release' }
  /** The next event is sent twice. */
  | { readonly do: 'repeat' }
  /** Pings are no longer answered, or are answered again. */
  | { readonly do: 'mute' }
  | { readonly do: 'unmute' }
  /** The connection ends in the middle of sending this change. */
  | { readonly do: 'cut'; readonly how: Cut; readonly part: number; readonly memberId: string; readonly status: string }
  | { readonly do: 'obstacles'; readonly obstacles: readonly Obstacle[] }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'settle' };

/** An unknown agent: every begin for it is refused. */
export const UNKNOWN_AGENT = 'x';
export const AGENTS: readonly string[] = ['a', '__proto__', UNKNOWN_AGENT];

/** A begin, and the facts that were sent because of it. Withdrawn when the widget stops watching the agent. */
interface Begin {
  readonly agentId: string;
  readonly session: Session;
  isTakenBack: boolean;
  /** An end for its agent has arrived since: whenever it is answered, nothing more is sent because of this begin. */
  isEnded: boolean;
}

/** A frame, and its effect on the model when it is delivered. */
interface Frame {
  readonly message: unknown;
  readonly meaning:
    | { readonly type: 'event'; readonly begin: Begin }
    | { readonly type: 'subscribed' | 'refused'; readonly agentId: string }
    | { readonly type: 'answer' };
}

interface Question {
  readonly callId: string;
  readonly outcomes: JourneyAnswer[];
}

const HEARTBEAT_MS = 10_000;

/** Violations that this processor never commits. */
const NEVER_VIOLATED = [
  'binary-frame',
  'frame-too-large',
  'broken-frame',
  'malformed-json',
  'not-a-message',
  'missing-field',
];

export class LinkRun {
  readonly #processor: FaultyProcessor;
  readonly #clock = new FakeClock();
  readonly #centre = new ContactCentre();
  readonly #widget: Widget;
  readonly #reader: BoardReader;
  readonly #settings: Settings;
  readonly #questions: Question[] = [];
  /** By call: whether no step of its answers has its id. A second copy of such an answer could be anyone's. */
  readonly #transfers = new Map<string, boolean>();
  readonly #refused = new Set<string>();
  #watched: readonly string[] = ['a', '__proto__'];

  // The processor's side.
  #session: Session | null = null;
  #begins: Begin[] = [];
  #activeBegins: Begin[] = [];
  #held: Frame[] | null = null;
  #outbox: Frame[] = [];
  /** Whether the outbox waits for the effects of the last frame. */
  #isWaiting = false;
  #putOff: (() => void)[] = [];
  /** Every answer about a call sent on this connection that shows its call id. */
  #answered: Frame[] = [];
  readonly #behaviours: Record<Kind, Behaviour[]> = { begin: [], end: [], journey: [] };
  #isMute = false;
  #isRepeating = false;

  // What the widget should know.
  readonly #reference = new ReferenceBoard();
  #asked = new Map<string, Begin>();
  /** By agent: how long its begins have been refused, and when the last refusal was on this connection. */
  readonly #refusals = new Map<string, { readonly ms: number; readonly at: number | null }>();
  readonly #timers = new Map<string, () => void>();
  /** After an unanswered begin, the next one waits until then for the late answer. */
  #blockedUntil = 0;
  #unanswered: { readonly text: string; readonly at: number } | null = null;
  #receivedAt = 0;
  /** When the last answered ping was sent, or the connection opened: whatever arrives was sent later. */
  #provenAt = 0;
  /** While it is late: until when the widget's information was known to be up to date. */
  #knownUntil = 0;
  /** By feed: until when its information was known to be up to date. */
  readonly #ends = new Map<number, number>();
  /** Pings have been unanswered for so long that anything arriving may be old. */
  #isLate = false;
  /** Whether a begin was answered with success on this connection, or there was none to answer. */
  #isAnswered = false;

  constructor(processor: FaultyProcessor) {
    this.#processor = processor;
    for (const agentId of AGENTS) if (agentId !== UNKNOWN_AGENT) this.#centre.addAgent(agentId);
    this.#settings = { ...BUILT_IN, processorUrls: [processor.url], heartbeatMs: HEARTBEAT_MS };
    const log = (): void => undefined;
    this.#widget = new Widget({
      clock: this.#clock,
      transport: processor.transport,
      codec: plainCodec,
      log: { debug: log, info: log, warn: log, error: log },
    });
    this.#reader = new BoardReader(this.#widget.boardSnapshot());
    this.#widget.subscribe({
      onBoard: (update) => {
        this.#reader.apply(structuredClone(update));
      },
      onState: () => undefined,
    });
    processor.obstacles.length = 0;
    processor.handlers = {
      onOpen: (session) => {
        this.#session = session;
        this.#receivedAt = this.#clock.now();
        this.#provenAt = this.#receivedAt;
        this.#isAnswered = this.#watched.length === 0;
      },
      onRequest: (session, request) => {
        this.#take(session, request);
      },
      onPing: (session, text) => {
        // A heartbeat has passed since the last one.
        if (this.#unanswered !== null && !this.#isLate) {
          this.#isLate = true;
          this.#knownUntil = Math.min(this.#receivedAt, this.#unanswered.at);
        }
        if (this.#isMute) this.#unanswered = { text, at: this.#clock.now() };
        else this.#pong(session, text);
      },
      onEnd: () => {
        this.#lost();
      },
    };
  }

  async play(steps: readonly Step[]): Promise<void> {
    await this.#watch(this.#watched);
    for (const step of steps) {
      await this.#do(step);
      await this.#quiet();
      this.#compare();
    }
    await this.#settle();
    await this.#pass(60_000);
    for (const { callId, outcomes } of this.#questions) expect(outcomes.length, `outcomes for ${callId}`).toBe(1);
  }

  /** Ends the widget in any state. Nothing may be left running. */
  async end(): Promise<void> {
    const gone = this.#widget.disconnect(reason('stopped'));
    await this.#pass(1001);
    await gone;
    this.#clock.advance(16);
    this.#processor.cutAll();
    for (const cancel of this.#timers.values()) cancel();
    expect(this.#clock.timers, 'timers left behind').toBe(0);
  }

  async #do(step: Step): Promise<void> {
    const centre = this.#centre;
    switch (step.do) {
      case 'join-team':
        this.#publish(centre.joinTeam(step.agentId, step.teamId));
        return;
      case 'leave-team':
        this.#publish(centre.leaveTeam(step.agentId, step.teamId));
        return;
      case 'delete-team':
        this.#publish(centre.deleteTeam(step.teamId));
        return;
      case 'rename-team':
        this.#publish(centre.renameTeam(step.teamId, step.name));
        return;
      case 'add-members':
        this.#publish(centre.addMembers(step.teamId, step.memberIds, step.type));
        return;
      case 'remove-members':
        this.#publish(centre.removeMembers(step.teamId, step.memberIds));
        return;
      case 'change':
        this.#publish(centre.change(step.memberIds, step.to));
        return;
      case 'behaviour':
        this.#behaviours[step.of].push(step.behaviour);
        return;
      case 'answer':
        this.#putOff.shift()?.();
        return;
      case 'answer-again': {
        const again = this.#answered[step.which % Math.max(1, this.#answered.length)];
        if (again !== undefined) this.#send([again]);
        return;
      }
      case 'ask':
        this.#ask(step.callId, step.isTransfer);
        return;
      case 'watch':
        await this.#watch(step.agentIds);
        return;
      case 'try-now': {
        // The wait for an answer to a probe is shorter than a heartbeat, which the model does not know.
        const { name } = this.#widget.state.link.state;
        if (this.#isMute && (name === 'live' || name === 'starting')) return;
        this.#widget.tryNow();
        return;
      }
      case 'hold':
        this.#held ??= [];
        return;
      case 'release':
        await this.#release();
        return;
      case 'repeat':
        this.#isRepeating = true;
        return;
      case 'mute':
        this.#isMute = true;
        return;
      case 'unmute':
        this.#isMute = false;
        return;
      case 'cut':
        this.#cut(step.how, step.part, centre.change([step.memberId], { status: step.status }));
        return;
      case 'obstacles':
        this.#processor.obstacles.push(...step.obstacles);
        return;
      case 'pass':
        await this.#pass(step.ms);
        return;
      case 'settle':
        await this.#settle();
        return;
    }
  }

  #pass(ms: number): Promise<void> {
    return this.#clock.run(ms, () => this.#quiet());
  }

  // —— The processor ——

  #take(session: Session, { command, data }: Request): void {
    if (command === 'report.calljourney') {
      this.#answerLike('journey', session, (behaviour) => {
        this.#answerJourney(String(data['CallId']), behaviour);
      });
      return;
    }
    const agentId = String(data['agentId']);
    if (command === 'report.teamstatus.end') {
      this.#answerLike('end', session, () => {
        this.#activeBegins = this.#activeBegins.filter((begin) => begin.agentId !== agentId);
        for (const begin of this.#begins) if (begin.agentId === agentId) begin.isEnded = true;
        this.#send([{ message: { command, result: 'success', data: {} }, meaning: { type: 'answer' } }]);
      });
      return;
    }
    const begin: Begin = { agentId, session, isTakenBack: false, isEnded: false };
    this.#begins.push(begin);
    this.#noteBegin(begin);
    if (!this.#centre.hasAgent(agentId)) this.#behaviours.begin.unshift('refuse');
    this.#answerLike('begin', session, (behaviour) => {
      this.#answerBegin(begin, behaviour);
    });
  }

  /** Answers at once, later or never, as the next behaviour says. */
  #answerLike(kind: Kind, session: Session, answer: (behaviour: Behaviour) => void): void {
    const behaviour = this.#behaviours[kind].shift() ?? 'now';
    const whileOpen = (): void => {
      if (session === this.#session) answer(behaviour);
    };
    if (behaviour === 'events-first') answer(behaviour);
    if (behaviour === 'late' || behaviour === 'events-first') this.#putOff.push(whileOpen);
    else if (behaviour !== 'never') answer(behaviour);
  }

  #answerBegin(begin: Begin, behaviour: Behaviour): void {
    const { agentId } = begin;
    const command = 'report.teamstatus.begin';
    if (behaviour === 'refuse') {
      const failure = { code: 'NO', message: 'No such agent' };
      const message = { command, result: 'failure', failure, original: { command, data: { agentId } } };
      this.#send([{ message, meaning: { type: 'refused', agentId } }]);
      return;
    }
    const answer: Frame = {
      message: { command, result: 'success', data: {} },
      meaning: { type: 'subscribed', agentId },
    };
    if (begin.isEnded) {
      this.#send([answer]);
      return;
    }
    const isRepeated = this.#activeBegins.includes(begin);
    if (!isRepeated) this.#activeBegins.push(begin);
    const news = this.#centre.announce(agentId).map((event) => this.#frame(event, begin));
    if (behaviour === 'events-first') this.#send(isRepeated ? [answer] : news);
    else this.#send([answer, ...(behaviour === 'twice' && this.#isLastToBegin() ? [answer] : []), ...news]);
  }

  /** A second success counts for the next begin, if there is one, because nothing in it says otherwise. */
  #isLastToBegin(): boolean {
    return this.#watched.length === 1 && this.#held === null;
  }

  #answerJourney(callId: string, behaviour: Behaviour): void {
    const command = 'report.calljourney';
    const step = { CallId: callId, Device: `for ${callId}`, DeviceType: '76', Description: '', Duration: '0:05' };
    const transferred = { ...step, CallId: `transferred from ${callId}` };
    const isTransfer = this.#transfers.get(callId) === true;
    const CallJourney = isTransfer ? [transferred] : [step, transferred];
    if (behaviour === 'refuse') this.#refused.add(callId);
    const message =
      behaviour === 'refuse'
        ? {
            command,
            result: 'failure',
            failure: { code: 'NO', message: callId },
            original: { command, data: { CallId: callId } },
          }
        : { command, result: 'success', data: { CallJourney } };
    const answer: Frame = { message, meaning: { type: 'answer' } };
    const isIdentified = behaviour === 'refuse' || !isTransfer;
    if (isIdentified) this.#answered.push(answer);
    this.#send(behaviour === 'twice' && isIdentified ? [answer, answer] : [answer]);
  }

  /** Sends the events to every subscribed agent that they concern. */
  #publish(events: readonly CentreEvent[]): void {
    const frames = this.#framesOf(events);
    const [first] = frames;
    if (this.#isRepeating && first !== undefined) {
      frames.unshift(first);
      this.#isRepeating = false;
    }
    this.#send(frames);
  }

  #framesOf(events: readonly CentreEvent[]): Frame[] {
    return events.flatMap((event) => {
      const begin = this.#activeBegins.findLast(({ agentId }) => agentId === event.agentId);
      return begin === undefined ? [] : [this.#frame(event, begin)];
    });
  }

  #frame({ message }: CentreEvent, begin: Begin): Frame {
    return { message, meaning: { type: 'event', begin } };
  }

  #send(frames: readonly Frame[]): void {
    const queue = this.#held ?? this.#outbox;
    queue.push(...frames);
    if (this.#held === null && !this.#isWaiting) this.#deliver();
  }

  /** Sends everything in one piece, up to an answer, because an ambiguous one makes the widget leave. */
  #deliver(): void {
    const last = this.#outbox.findIndex(
      ({ meaning }, index) => meaning.type !== 'event' && this.#outbox[index + 1]?.meaning.type !== 'answer',
    );
    const frames = this.#outbox.splice(0, last === -1 ? this.#outbox.length : last + 1);
    this.#isWaiting = last !== -1;
    for (const frame of frames) this.#learn(frame);
    this.#session?.send(frames.map(({ message }) => message));
  }

  /** Resolves when everything is delivered, and all its effects are done. */
  async #quiet(): Promise<void> {
    await this.#processor.quiet();
    this.#isWaiting = false;
    while (this.#outbox.length > 0) {
      this.#deliver();
      await this.#processor.quiet();
      this.#isWaiting = false;
    }
  }

  async #release(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    this.#send(held);
    await this.#quiet();
  }

  #cut(how: Cut, part: number, events: readonly CentreEvent[]): void {
    const [frame] = this.#held === null ? this.#framesOf(events) : [];
    const isComplete = this.#session?.cut(how, frame?.message, part);
    if (isComplete === true && frame !== undefined) this.#learn(frame);
  }

  #pong(session: Session, text: string): void {
    this.#unanswered = null;
    this.#isLate = false;
    this.#receivedAt = this.#clock.now();
    this.#provenAt = this.#receivedAt;
    session.pong(text);
  }

  // —— What the widget should know ——

  #noteBegin(begin: Begin): void {
    const { agentId } = begin;
    this.#reference.awaitTeams(agentId);
    this.#asked.set(agentId, begin);
    this.#cancelTimer(agentId);
    this.#setTimer(agentId, this.#settings.answerTimeoutMs, () => {
      if (this.#asked.get(agentId) !== begin) return;
      this.#asked.delete(agentId);
      this.#blockedUntil = this.#clock.now() + this.#settings.answerTimeoutMs;
      this.#noteRefusal(agentId);
    });
  }

  /** A refused agent's teams are expected for a minute, and kept for half an hour. */
  #noteRefusal(agentId: string): void {
    const now = this.#clock.now();
    const { ms: before, at } = this.#refusals.get(agentId) ?? { ms: 0, at: now };
    const ms = before + now - (at ?? now);
    this.#refusals.set(agentId, { ms, at: now });
    if (ms >= 30 * 60_000) this.#reference.settle(agentId, now);
    else if (ms >= 60_000) this.#reference.ignore(agentId, now);
  }

  #learn({ message, meaning }: Frame): void {
    if (this.#session === null) return;
    this.#receivedAt = this.#clock.now();
    if (meaning.type === 'answer') return;
    if (meaning.type === 'event') {
      const event = readEvent(JSON.stringify(message));
      const { agentId, isTakenBack } = meaning.begin;
      const now = this.#clock.now();
      const isPrompt = now - this.#provenAt <= HEARTBEAT_MS;
      if (event !== null && !isTakenBack) this.#reference.apply(event, agentId, now, isPrompt);
      return;
    }
    const { type, agentId } = meaning;
    if (type === 'subscribed') this.#isAnswered = true;
    if (!this.#asked.delete(agentId)) return;
    this.#cancelTimer(agentId);
    if (type === 'refused') {
      this.#noteRefusal(agentId);
      return;
    }
    this.#refusals.delete(agentId);
    this.#setTimer(agentId, this.#settings.settleMs, () => {
      this.#reference.settle(agentId, this.#clock.now());
    });
  }

  #lost(): void {
    const end = this.#isLate ? this.#knownUntil : this.#receivedAt;
    this.#ends.set(this.#ends.size + 1, end);
    this.#session = null;
    this.#begins = [];
    this.#activeBegins = [];
    this.#putOff = [];
    this.#answered = [];
    if (this.#held !== null) this.#held = [];
    this.#outbox = [];
    this.#isWaiting = false;
    this.#asked = new Map();
    for (const [agentId, { ms }] of this.#refusals) this.#refusals.set(agentId, { ms, at: null });
    for (const agentId of [...this.#timers.keys()]) this.#cancelTimer(agentId);
    this.#unanswered = null;
    this.#isLate = false;
    this.#isAnswered = false;
    this.#blockedUntil = 0;
    this.#reference.breakFeed(end, Math.min(this.#clock.now(), end + HEARTBEAT_MS));
  }

  #setTimer(agentId: string, ms: number, callback: () => void): void {
    const cancel = this.#clock.after(ms, () => {
      this.#timers.delete(agentId);
      callback();
    });
    this.#timers.set(agentId, cancel);
  }

  #cancelTimer(agentId: string): void {
    this.#timers.get(agentId)?.();
    this.#timers.delete(agentId);
  }

  // —— The widget's side ——

  async #watch(wanted: readonly string[]): Promise<void> {
    const bound = this.#watched.filter((agentId) => !this.#mayLetGo(agentId));
    const agentIds = [...new Set([...wanted, ...bound])];
    for (const agentId of this.#watched) {
      if (agentIds.includes(agentId)) continue;
      for (const begin of this.#begins) if (begin.agentId === agentId) begin.isTakenBack = true;
      this.#asked.delete(agentId);
      this.#cancelTimer(agentId);
      this.#refusals.delete(agentId);
      this.#reference.forgetAgent(agentId, this.#clock.now());
    }
    this.#watched = agentIds;
    if (agentIds.length === 0 && this.#session !== null) this.#isAnswered = true;
    await this.#widget.connect({ ...this.#settings, agentIds });
    await this.#quiet();
  }

  /** If a begin is waiting in the widget, the model can't tell, when it arrives, which watch it was meant for. */
  #mayLetGo(agentId: string): boolean {
    if (this.#session === null) return true;
    const last = this.#begins.findLast((begin) => begin.agentId === agentId);
    const isAlone = [...this.#asked.keys()].every((asked) => asked === agentId);
    return last?.isTakenBack === false && isAlone && this.#clock.now() > this.#blockedUntil;
  }

  #ask(callId: string, isTransfer: boolean): void {
    if (!this.#transfers.has(callId)) this.#transfers.set(callId, isTransfer);
    const question: Question = { callId, outcomes: [] };
    this.#questions.push(question);
    void this.#widget.askJourney(callId).then((answer) => {
      question.outcomes.push(answer);
    });
  }

  /**
   * Everything works again: everything is delivered and answered, and time passes until the board should have settled.
   */
  async #settle(): Promise<void> {
    this.#isMute = false;
    this.#isRepeating = false;
    this.#processor.obstacles.length = 0;
    for (const kind of ['begin', 'end', 'journey'] as const) this.#behaviours[kind].length = 0;
    await this.#release();
    await this.#answerAll();
    const isWell = (): boolean => {
      const { link, agents } = this.#widget.state;
      const isSubscribed = agents.every(
        ({ agentId, state }) => state === (agentId === UNKNOWN_AGENT ? 'refused' : 'subscribed'),
      );
      const isOnlyRefused = agents.length > 0 && agents.every(({ agentId }) => agentId === UNKNOWN_AGENT);
      return isSubscribed && link.state.name === (isOnlyRefused ? 'starting' : 'live');
    };
    let waited = 0;
    let feed: number;
    do {
      for (; !isWell(); waited += 1000) {
        expect(waited, `never well again: ${JSON.stringify(this.#widget.state)}`).toBeLessThan(300_000);
        await this.#pass(1000);
        await this.#answerAll();
      }
      ({ feed } = this.#widget.boardHead);
      await this.#pass(this.#settings.settleMs + 1);
      // Meanwhile an ambiguous answer may have ended the connection.
    } while (!isWell() || this.#widget.boardHead.feed !== feed);
    this.#compare();
    this.#compareWithTruth();
  }

  async #answerAll(): Promise<void> {
    while (this.#putOff.length > 0) {
      this.#putOff.shift()?.();
      await this.#quiet();
    }
  }

  /** What must hold at every moment. */
  #compare(): void {
    const { teams, head } = this.#widget.boardSnapshot();
    const shown = sorted(teams);
    expect(shown).toEqual(this.#reference.view);
    expect(head.counts).toEqual(this.#reference.counts);
    expect(head.unconfirmed).toBe(this.#reference.unconfirmed);
    expect(this.#reader.view, 'what a reader of updates has').toEqual(shown);
    expect(head.feed).toBe(this.#ends.size + 1);
    for (const { feed, at } of head.ends) expect(at, `the end of feed ${String(feed)}`).toBe(this.#ends.get(feed));
    const old = new Set(shown.flatMap(({ team, members }) => [team, ...members]).map((one) => one.confirmedIn));
    const ended = head.ends.map(({ feed }) => feed);
    expect([...ended, head.feed], 'feeds with an end').toEqual(expect.arrayContaining([...old]));
    const { link, violations } = this.#widget.state;
    if (link.state.name === 'live') {
      expect({ isAnswered: this.#isAnswered, isLate: this.#isLate }, 'behind a live link').toEqual({
        isAnswered: true,
        isLate: false,
      });
    }
    for (const { callId, outcomes } of this.#questions) for (const outcome of outcomes) this.#judge(callId, outcome);
    expect(violations.map(({ kind }) => kind).filter((kind) => NEVER_VIOLATED.includes(kind))).toEqual([]);
  }

  #judge(callId: string, outcome: JourneyAnswer): void {
    if (outcome.ok) {
      expect(new Set(outcome.journey.steps.map(({ device }) => device))).toEqual(new Set([`for ${callId}`]));
    } else if (outcome.failure.kind === 'refused') {
      expect(outcome.failure.message).toBe(callId);
      expect([...this.#refused]).toContain(callId);
    } else {
      const usual: JourneyFailureKind[] = ['timeout', 'link-down', 'queue-full'];
      expect(usual).toContain(outcome.failure.kind);
    }
  }

  /** What must hold once everything has settled. */
  #compareWithTruth(): void {
    const { teams, head } = this.#widget.boardSnapshot();
    const shown = sorted(teams).map(({ team, members }) => ({
      teamId: team.teamId,
      teamName: team.teamName,
      agentIds: team.agentIds,
      isAnnounced: team.isAnnounced,
      isFresh: team.confirmedIn === head.feed && members.every(({ confirmedIn }) => confirmedIn === head.feed),
      members: members.map(({ memberId, memberType, memberName, status, reason }) => ({
        memberId,
        memberType,
        memberName,
        status,
        reason,
      })),
    }));
    const byId = <T>(id: (one: T) => string, all: readonly T[]): T[] =>
      [...all].sort((a, b) => (id(a) < id(b) ? -1 : 1));
    const truth = this.#centre.teamsOf(this.#watched).map(({ members, agentIds, ...team }) => ({
      ...team,
      agentIds: [...agentIds].sort(),
      isAnnounced: true,
      isFresh: true,
      members: byId(
        ({ memberId }) => memberId,
        members.map((one) => ({ ...one, reason: one.reason === '0' ? '' : one.reason })),
      ),
    }));
    expect(shown, 'the board against the truth').toEqual(byId(({ teamId }) => teamId, truth));
    expect(head.unconfirmed).toBe(0);
  }
}
