/** The journey that was asked for: the question under way and the last answer. A later question outdates an earlier one. */
import type { JourneyAnswer } from '../../shared/journey.ts';
import { RefusedError } from '../bridge.ts';

export class JourneyStore {
  typed = $state('');
  #askedSince: number | null = $state(null);
  #answer: JourneyAnswer | null = $state.raw(null);
  #questions = 0;
  /** The last question, if it was not answered in time: its late answer is waited for before the next one is asked. */
  #unanswered: string | null = $state(null);
  readonly #ask: (callId: string) => Promise<JourneyAnswer>;
  readonly #now: () => number;

  constructor(ask: (callId: string) => Promise<JourneyAnswer>, now: () => number) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Since when the answer is waited for; null if it is not. */
  get askedSince(): number | null {
    return this.#askedSince;
  }

  get answer(): JourneyAnswer | null {
    return this.#answer;
  }

  get unanswered(): string | null {
    return this.#unanswered;
  }

  async ask(callId: string): Promise<void> {
    this.typed = callId;
    this.#questions += 1;
    const question = this.#questions;
    this.#askedSince = this.#now();
    this.#answer = null;
    const answer = await this.#ask(callId).catch((error: unknown) => notAsked(callId, error));
    if (question !== this.#questions) return;
    this.#askedSince = null;
    this.#unanswered = !answer.ok && answer.failure.kind === 'timeout' ? callId : null;
    this.#answer = answer;
  }
}

/** The host itself could not be asked. */
function notAsked(callId: string, error: unknown): JourneyAnswer {
  return {
    ok: false,
    failure: {
      kind: 'stopped',
      callId,
      code: error instanceof RefusedError ? error.code : 'failed',
      message: error instanceof Error ? error.message : String(error),
      remedy: { key: 'journey.failures.notRunningRemedy' },
      details: '',
    },
  };
}
