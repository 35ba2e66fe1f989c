/** The journey that was asked for: the question under way and the last answer. A later question outdates an earlier one. */
import type { JourneyAnswer } from '../../shared/journey.ts';

export class JourneyStore {
  typed = $state('');
  #askedSince: number | null = $state(null);
  #answer: JourneyAnswer | null = $state.raw(null);
  #questions = 0;
  readonly #ask: (callId: string) => Promise<JourneyAnswer>;

  constructor(ask: (callId: string) => Promise<JourneyAnswer>) {
    this.#ask = ask;
  }

  /** Since when the answer is waited for; null if it is not. */
  get askedSince(): number | null {
    return this.#askedSince;
  }

  get answer(): JourneyAnswer | null {
    return this.#answer;
  }

  async ask(callId: string): Promise<void> {
    this.typed = callId;
    this.#questions += 1;
    const question = this.#questions;
    this.#askedSince = Date.now();
    this.#answer = null;
    const answer = await this.#ask(callId);
    if (question !== this.#questions) return;
    this.#askedSince = null;
    this.#answer = answer;
  }
}
