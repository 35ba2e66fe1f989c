/**
 * The calls that were asked for, each in a tab of its own: the question under way, the last answer, and what it has that
 * the one before had not. A later question outdates an earlier one of the same call.
 */
import { errorText } from '../../shared/base/error-text.ts';
import {
  cleanCallId,
  MAX_CALL_ID_LENGTH,
  type Journey,
  type JourneyAnswer,
  type JourneyFailure,
} from '../../shared/journey/journey.ts';
import { callIdOfLink } from '../../shared/journey/deep-link.ts';
import { RefusedError } from '../base/bridge.ts';
import { changedSteps, type StepChanges } from './changed-steps.ts';

/** More than this nobody finds their way in. */
export const MAX_TABS = 10;

type Ask = (callId: string) => Promise<JourneyAnswer>;

export class JourneyTab {
  readonly callId: string;
  readonly #ask: Ask;
  readonly #now: () => number;
  #askedSince: number | null = $state(null);
  #failure: JourneyFailure | null = $state.raw(null);
  #failedAt: number | null = $state(null);
  #journey: Journey | null = $state.raw(null);
  #changes: StepChanges | null = $state.raw(null);
  #questions = 0;

  constructor(callId: string, ask: Ask, now: () => number) {
    this.callId = callId;
    this.#ask = ask;
    this.#now = now;
  }

  /** Since when the answer is waited for; null if it is not. */
  get askedSince(): number | null {
    return this.#askedSince;
  }

  /** Why the last question had no journey for an answer; null where it had one. */
  get failure(): JourneyFailure | null {
    return this.#failure;
  }

  /** When it failed; null where it did not. */
  get failedAt(): number | null {
    return this.#failedAt;
  }

  /** The last journey, which stays while it is asked for again, and where that fails. */
  get journey(): Journey | null {
    return this.#journey;
  }

  /** What the journey has that the one before had not; null where there was none before. */
  get changes(): StepChanges | null {
    return this.#changes;
  }

  async ask(): Promise<void> {
    this.#questions += 1;
    const question = this.#questions;
    this.#askedSince = this.#now();
    this.#failure = null;
    this.#failedAt = null;
    this.#changes = null;
    const answer = await this.#ask(this.callId);
    if (question !== this.#questions) return;
    this.#askedSince = null;
    if (!answer.ok) {
      this.#failure = answer.failure;
      this.#failedAt = this.#now();
      return;
    }
    this.#changes = this.#journey === null ? null : changedSteps(this.#journey, answer.journey);
    this.#journey = answer.journey;
  }
}

export class JourneyStore {
  typed = $state('');
  #tabs: readonly JourneyTab[] = $state.raw([]);
  #current: JourneyTab | null = $state.raw(null);
  #beside: JourneyTab | null = $state.raw(null);
  /** Why what was typed was not asked for. */
  #refusal: JourneyFailure | null = $state.raw(null);
  #isOffered = $state(false);
  /** The call whose tab was closed so that another could be opened. */
  #madeRoom: string | null = $state(null);
  #recent: readonly string[] = $state.raw([]);
  readonly #ask: Ask;
  readonly #now: () => number;

  constructor(ask: Ask, now: () => number) {
    this.#ask = (callId) => ask(callId).catch((error: unknown) => notAsked(callId, error));
    this.#now = now;
  }

  /** Calls whose journey was asked for and came, the latest first. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  get tabs(): readonly JourneyTab[] {
    return this.#tabs;
  }

  /** The one that is shown; null where a question is to be asked. */
  get current(): JourneyTab | null {
    return this.#current;
  }

  /** One that was shown beside it changes places with it. */
  set current(tab: JourneyTab | null) {
    if (tab !== null && tab === this.#beside) this.#beside = this.#current;
    else if (tab === null) this.#beside = null;
    this.#current = tab;
    this.#madeRoom = null;
  }

  /** The one that is shown beside it. */
  get beside(): JourneyTab | null {
    return this.#beside;
  }

  set beside(tab: JourneyTab | null) {
    this.#beside = tab === this.#current ? null : tab;
  }

  get refusal(): JourneyFailure | null {
    return this.#refusal;
  }

  /** Whether what is typed came from elsewhere and is not like an id. */
  get isOffered(): boolean {
    return this.#isOffered;
  }

  get madeRoom(): string | null {
    return this.#madeRoom;
  }

  /** What is not like an id is put where it is typed, for somebody to ask for it or not; empty where it is not to be shown. */
  offer(typed: string): void {
    this.typed = typed;
    this.#refusal = null;
    this.#isOffered = true;
    this.current = null;
  }

  /** `typed` may have spaces and quotes around the id. A call that has a tab already is asked for again in it. */
  async ask(typed: string): Promise<void> {
    // A link that was copied with its id is as good as the id.
    const callId = callIdOfLink(typed.trim()) ?? cleanCallId(typed);
    this.typed = callId;
    this.#refusal = null;
    this.#isOffered = false;
    if (callId === '' || callId.length > MAX_CALL_ID_LENGTH) {
      this.current = null;
      // It is the core that says why.
      const answer = await this.#ask(callId === '' ? '' : tooLong(callId));
      if (this.typed === callId && this.#current === null) this.#refusal = answer.ok ? null : answer.failure;
      return;
    }
    let madeRoom: string | null = null;
    let tab = this.#tabs.find((one) => one.callId === callId);
    if (tab === undefined) {
      madeRoom = this.#tabs.length >= MAX_TABS ? this.#makeRoom() : null;
      tab = new JourneyTab(callId, this.#ask, this.#now);
      this.#tabs = [...this.#tabs, tab];
    }
    this.current = tab;
    this.#madeRoom = madeRoom;
    await tab.ask();
  }

  /** Nothing of what was asked for is kept. */
  clear(): void {
    this.typed = '';
    this.#tabs = [];
    this.#current = null;
    this.#beside = null;
    this.#refusal = null;
    this.#isOffered = false;
    this.#madeRoom = null;
  }

  take(told: { readonly recentCalls: readonly string[] }): void {
    this.#recent = told.recentCalls;
  }

  /** One that has nothing to show goes before the one that was opened first. */
  #makeRoom(): string | null {
    const tab =
      this.#tabs.find((one) => one.journey === null && one.askedSince === null) ??
      this.#tabs.find((one) => one !== this.#beside && one !== this.#current);
    if (tab === undefined) return null;
    this.close(tab);
    return tab.callId;
  }

  close(tab: JourneyTab): void {
    this.#madeRoom = null;
    const at = this.#tabs.indexOf(tab);
    this.#tabs = this.#tabs.filter((one) => one !== tab);
    if (this.#beside === tab) this.#beside = null;
    if (this.#current !== tab) return;
    const next = this.#tabs[at] ?? this.#tabs[at - 1] ?? null;
    // It does not change places with what has gone.
    if (next === this.#beside) this.#beside = null;
    this.current = next;
  }
}

/** As much of an id that is too long as is still too long: the host takes no text without end. */
function tooLong(callId: string): string {
  return callId.slice(0, MAX_CALL_ID_LENGTH).replaceAll(/\s/g, '_').padEnd(MAX_CALL_ID_LENGTH, '_') + '…';
}

/** The host itself could not be asked. */
function notAsked(callId: string, error: unknown): JourneyAnswer {
  return {
    ok: false,
    failure: {
      kind: 'stopped',
      callId,
      code: error instanceof RefusedError ? error.code : 'failed',
      message: errorText(error),
      remedy: { key: 'journey.failures.notRunningRemedy' },
      details: '',
    },
  };
}
