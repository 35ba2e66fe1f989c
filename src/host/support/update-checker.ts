/**
 * Looks now and then whether there is a newer version, where somebody has named a feed. It only tells: the widget never
 * fetches or installs one. It knows nothing of where the feed's address comes from.
 */
import { compareVersions, validateStrict } from 'compare-versions';
import * as v from 'valibot';
import type { Log } from '../../core/base/log.ts';
import type { Clock } from '../../core/base/clock.ts';
import { ProfileFile } from '../base/profile-file.ts';

/** The text of a feed. Rejects where it can't be had. */
export type FetchFeed = (url: string) => Promise<string>;

/** For a host that looks nowhere. */
export const NO_FEED: FetchFeed = () => Promise.reject(new Error('there is no way to a feed here'));

export interface UpdateCheckerOptions {
  /** Of this widget. */
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

/** Whatever else is in it may be for others. */
const Feed = v.object({
  version: v.pipe(v.string(), v.maxLength(MAX_VERSION_LENGTH), v.check(validateStrict, 'no version such as 1.2.3')),
});

export class UpdateChecker {
  readonly #options: UpdateCheckerOptions;
  /** The version that somebody has read of. */
  readonly #file: ProfileFile<string>;
  #dismissed = '';
  #feed = '';
  /** What the feed said last. */
  #newest = '';
  #isNewer = false;
  #wasFailure = false;
  /** Another one with each feed: what an old one still answers is not heard. */
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

  /** The newer version that is to be told; null where there is none, or somebody has read of it. */
  get newer(): string | null {
    return this.#isNewer && this.#newest !== this.#dismissed ? this.#newest : null;
  }

  /** Looks there from now on; nowhere if it is empty. */
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

  /** Somebody has read of this version. */
  dismiss(version: string): void {
    if (version !== this.newer) return;
    this.#dismissed = version;
    this.#file.remember(version);
    this.#options.onChange();
  }

  /** Looks no more. */
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

  /** What is known stays known. A feed that is down for days is logged once. */
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
