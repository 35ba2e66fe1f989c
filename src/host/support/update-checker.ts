/**
 * Checks from time to time whether there is a newer version, if somebody has named a feed. It only reports: the widget
 * never downloads or installs one. It must not know where the feed's address comes from.
 */
import { compareVersions, validateStrict } from 'compare-versions';
import * as v from 'valibot';
import type { Log } from '../../core/base/log.ts';
import type { Clock } from '../../core/base/clock.ts';
import { ProfileFile } from '../base/profile-file.ts';

/** Fetches the text of a feed. Rejects if it can't. */
export type FetchFeed = (url: string) => Promise<string>;

/** For a host that checks nowhere. */
export const NO_FEED: FetchFeed = () => Promise.reject(new Error('there is no way to a feed here'));

export interface UpdateCheckerOptions {
  /** The version of this widget. */
  readonly version: string;
  readonly profileDir: string;
  readonly clock: Pick<Clock, 'after'>;
  readonly fetchFeed: FetchFeed;
  readonly log: Log;
  readonly onChange: () => void;
}

const LOOK_EVERY_MS = 6 * 3_600_000;
const TRY_AGAIN_MS = 3_600_000;
const MAX_VERSION_LENGTH = 64;

/** Everything else in a feed may be meant for other readers. */
const Feed = v.object({
  version: v.pipe(v.string(), v.maxLength(MAX_VERSION_LENGTH), v.check(validateStrict, 'no version such as 1.2.3')),
});

export class UpdateChecker {
  readonly #options: UpdateCheckerOptions;
  /** The version that somebody has dismissed. */
  readonly #file: ProfileFile<string>;
  #dismissed = '';
  #feed = '';
  /** The newest version in the feed when last read. */
  #newest = '';
  #isNewer = false;
  #wasFailure = false;
  /** Grows with each feed, so that late answers from an earlier one are ignored. */
  #round = 0;
  #cancel: () => void = () => undefined;

  constructor(options: UpdateCheckerOptions) {
    this.#options = options;
    this.#file = new ProfileFile(
      options.profileDir,
      'dismissed-version.json',
      parseDismissed,
      options.log,
      options.clock,
    );
  }

  /** The newer version to announce; null if there is none, or if it was dismissed. */
  get newer(): string | null {
    return this.#isNewer && this.#newest !== this.#dismissed ? this.#newest : null;
  }

  /** Checks this feed from now on; none if empty. */
  async follow(feed: string): Promise<void> {
    if (feed === this.#feed) return;
    this.end();
    this.#feed = feed;
    this.#newest = '';
    this.#isNewer = false;
    this.#wasFailure = false;
    if (feed === '') return;
    const round = this.#round;
    this.#dismissed = await this.#file.read();
    if (round === this.#round) this.#look();
  }

  /** Dismisses the announcement of this version. */
  dismiss(version: string): void {
    if (version !== this.newer) return;
    this.#dismissed = version;
    this.#file.remember(version);
    this.#options.onChange();
  }

  /** Stops checking. */
  end(): void {
    this.#feed = '';
    this.#round += 1;
    this.#cancel();
    this.#file.flush();
  }

  #look(): void {
    const round = this.#round;
    this.#options
      .fetchFeed(this.#feed)
      .then((text) => v.parse(Feed, JSON.parse(text)).version)
      .then(
        (version) => {
          if (round === this.#round) this.#take(version);
        },
        (error: unknown) => {
          if (round === this.#round) this.#fail(error);
        },
      );
  }

  #lookAgain(afterMs: number): void {
    this.#cancel = this.#options.clock.after(afterMs, () => {
      this.#look();
    });
  }

  #take(version: string): void {
    this.#wasFailure = false;
    this.#lookAgain(LOOK_EVERY_MS);
    if (version === this.#newest) return;
    const { log, onChange, version: own } = this.#options;
    this.#newest = version;
    this.#isNewer = compareVersions(version, own) > 0;
    log.info(`the newest version, says the feed, is ${version}`);
    onChange();
  }

  /** Keeps the version known so far. A feed that is down for days is logged once. */
  #fail(error: unknown): void {
    this.#lookAgain(TRY_AGAIN_MS);
    if (!this.#wasFailure) this.#options.log.warn(`the feed of versions is of no use: ${String(error)}`);
    this.#wasFailure = true;
  }
}

function parseDismissed(text: string): string {
  try {
    return v.parse(v.pipe(v.string(), v.maxLength(MAX_VERSION_LENGTH)), JSON.parse(text));
  } catch {
    return '';
  }
}
