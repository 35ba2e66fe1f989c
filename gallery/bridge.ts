/**
 * A host that consists of a fixture: the bridge that the page uses. It answers what the fixture has, refuses the rest,
 * and publishes changes of its state.
 */
import type { Reply } from '../src/shared/base/requests.ts';
import { FIRST_LAYOUT } from '../src/shared/board/layout.ts';
import {
  REQUEST_NAMES,
  type Bridge,
  type RequestName,
  type Requests,
  type WidgetState,
} from '../src/shared/contract.ts';
import type { Fixture } from './fixtures/fixture.ts';

type StateListener = (state: WidgetState) => void;

/** Requests made only for their effects, which do not exist here. */
const WITHOUT_ANSWER: readonly RequestName[] = [
  'layout.save',
  'link.try-now',
  'connection.show-demo',
  'alerts.see',
  'alerts.test',
  'alerts.mute',
  'alerts.snooze',
  'digest.dismiss',
  'announcements.dismiss',
  'window.minimise',
  'window.hide',
];

export class FixtureHost {
  readonly bridge: Bridge;
  readonly #fixture: Fixture;
  readonly #listeners = new Set<StateListener>();
  readonly #asked = new Map<string, number>();
  #state: WidgetState;

  constructor(fixture: Fixture) {
    this.#fixture = fixture;
    this.#state = fixture.state;
    this.bridge = this.#bridge();
  }

  /** Changes the state, and publishes it to the page. */
  change(change: (state: WidgetState) => WidgetState): void {
    this.#state = change(this.#state);
    for (const listener of this.#listeners) listener(this.#state);
  }

  #bridge(): Bridge {
    const nothing = async () => ok(null);
    const given = Object.entries({ ...FIRST_ANSWERS, ...this.#fixture.answers }).map(
      ([name, value]) => [name, async () => ok(value)] as const,
    );
    const none = async (): Promise<Reply<never>> => ({
      ok: false,
      error: { code: 'not-here', message: 'The gallery has no host that could do this.' },
    });
    const own: Partial<Bridge['requests']> = {
      'widget.state': async () => ok(this.#state),
      'board.snapshot': async () => ok(this.#fixture.board),
      'journey.ask': ({ callId }) => this.#journey(callId),
      'window.set-shape': async ({ shape }) => {
        this.change((state) => ({ ...state, window: { ...state.window, shape } }));
        return ok(null);
      },
      'window.set-pinned': async ({ isPinned }) => {
        this.change((state) => ({ ...state, window: { ...state.window, isPinned } }));
        return ok(null);
      },
    };
    // Built in a loop over the names, so the contract provides the types. The fixture has its answers by the same
    // names.
    const requests = {
      ...Object.fromEntries(REQUEST_NAMES.map((name) => [name, none])),
      ...Object.fromEntries(WITHOUT_ANSWER.map((name) => [name, nothing])),
      ...Object.fromEntries(given),
      ...own,
    } as unknown as Bridge['requests'];
    const never = () => () => undefined;
    return {
      requests,
      on: { state: (listener) => this.#follow(listener), board: never, notice: never, command: never },
    };
  }

  #follow(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #journey(callId: string): Promise<Reply<Requests['journey.ask']['result']>> {
    const answers = this.#fixture.journeys?.[callId] ?? [];
    const times = this.#asked.get(callId) ?? 0;
    this.#asked.set(callId, times + 1);
    const answer = answers[times] ?? answers.at(-1);
    return answer === undefined ? new Promise(() => undefined) : Promise.resolve(ok(answer));
  }
}

const FIRST_ANSWERS: Fixture['answers'] = { 'layout.load': FIRST_LAYOUT, 'commands.take': [] };

function ok<T>(value: T): Reply<T> {
  return { ok: true, value };
}
