/**
 * The calls asked for, each in a tab of its own: the request under way, the last answer, and what changed since the one
 * before. A newer request for the same call replaces an older one.
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

/** Nobody finds their way through more. */
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

  /** Since when we have been waiting for the answer; null if we are not. */
  get askedSince(): number | null {
    return this.#askedSince;
  }

  /** Why the last request failed; null if it did not. */
  get failure(): JourneyFailure | null {
    return this.#failure;
  }

  /** When it failed; null if it did not. */
  get failedAt(): number | null {
    return this.#failedAt;
  }

  /** The last journey, which stays during further requests and when they fail. */
  get journey(): Journey | null {
    return this.#journey;
  }

  /** What changed since the previous journey; null if there was none. */
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
  /** Why the typed text was not asked for. */
  #refusal: JourneyFailure | null = $state.raw(null);
  #isOffered = $state(false);
  /** The call whose tab was closed to make room for another. */
  #madeRoom: string | null = $state(null);
  #recent: readonly string[] = $state.raw([]);
  readonly #ask: Ask;
  readonly #now: () => number;

  constructor(ask: Ask, now: () => number) {
    this.#ask = (callId) => ask(callId).catch((error: unknown) => notAsked(callId, error));
    this.#now = now;
  }

  /** Calls whose journeys were received, the latest first. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  get tabs(): readonly JourneyTab[] {
    return this.#tabs;
  }

  /** The current tab; null for the form that asks for a call. */
  get current(): JourneyTab | null {
    return this.#current;
  }

  /** Choosing the tab shown beside it swaps the two. */
  set current(tab: JourneyTab | null) {
    if (tab !== null && tab === this.#beside) this.#beside = this.#current;
    else if (tab === null) this.#beside = null;
    this.#current = tab;
    this.#madeRoom = null;
  }

  /** The tab shown beside the current one. */
  get beside(): JourneyTab | null {
    return this.#beside;
  }

  set beside(tab: JourneyTab | null) {
    this.#beside = tab === this.#current ? null : tab;
  }

  get refusal(): JourneyFailure | null {
    return this.#refusal;
  }

  /** Whether the text in the box came from elsewhere and does not look like an id. */
  get isOffered(): boolean {
    return this.#isOffered;
  }

  get madeRoom(): string | null {
    return this.#madeRoom;
  }

  /**
   * Puts text that does not look like an id into the input box, for the user to decide. Empty if it must not be shown.
   */
  offer(typed: string): void {
    this.typed = typed;
    this.#refusal = null;
    this.#isOffered = true;
    this.current = null;
  }

  /** `typed` may have spaces and quotes around the id. If the call already has a tab, it is asked for again there. */
  async ask(typed: string): Promise<void> {
    // A pasted link works like the id in it.
    const callId = callIdOfLink(typed.trim()) ?? cleanCallId(typed);
    this.typed = callId;
    this.#refusal = null;
    this.#isOffered = false;
    if (callId === '' || callId.length > MAX_CALL_ID_LENGTH) {
      this.current = null;
      // The core explains what is wrong with it.
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

  /** Forgets everything that was asked for. */
  clear(): void {
    this.typed = '';
    this.#tabs = [];
    this.#current = null;
    this.#beside = null;
    this.#refusal = null;
    this.#isOffered = false;
    this.#madeRoom = null;
  }

  apply(state: { readonly recentCalls: readonly string[] }): void {
    this.#recent = state.recentCalls;
  }

  /** Closes a tab with nothing to show or, failing that, the oldest. */
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
    // Do not swap places with the closed tab.
    if (next === this.#beside) this.#beside = null;
    this.current = next;
  }
}

/** Shortens an id that is too long, but keeps it too long: the host accepts no unlimited text. */
function tooLong(callId: string): string {
  return callId.slice(0, MAX_CALL_ID_LENGTH).replaceAll(/\s/g, '_').padEnd(MAX_CALL_ID_LENGTH, '_') + '…';
}

/** The host itself could not be reached. */
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
