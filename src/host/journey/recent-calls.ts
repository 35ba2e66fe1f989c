/** Remembers the calls whose journeys were recently asked for. It must not know what is in the journeys. */
import * as v from 'valibot';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { MAX_CALL_ID_LENGTH } from '../../shared/journey/journey.ts';
import { ProfileFile } from '../base/profile-file.ts';

const MAX_CALLS = 20;

const Recent = v.pipe(
  v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_CALL_ID_LENGTH))),
  v.transform((ids) => [...new Set(ids)].slice(0, MAX_CALLS)),
);

export class RecentCalls {
  readonly #file: ProfileFile<readonly string[]>;
  #list: readonly string[] = [];
  #isRead = false;

  constructor(profileDir: string, log: Log, clock: Pick<Clock, 'after'>) {
    this.#file = new ProfileFile<readonly string[]>(profileDir, 'recent-calls.json', parse, log, clock);
  }

  /** The latest first. */
  get list(): readonly string[] {
    return this.#list;
  }

  /** Reads the file once. Calls that another widget adds later are not picked up. */
  async read(): Promise<void> {
    if (this.#isRead) return;
    this.#isRead = true;
    const before = await this.#file.read();
    this.#list = [...new Set([...this.#list, ...before])].slice(0, MAX_CALLS);
  }

  add(callId: string): void {
    this.#list = withCall(this.#list, callId);
    this.#file.change((before) => withCall(before, callId));
  }

  flush(): void {
    this.#file.flush();
  }
}

function withCall(list: readonly string[], callId: string): readonly string[] {
  return [callId, ...list.filter((one) => one !== callId)].slice(0, MAX_CALLS);
}

/** Takes all of the file's text or nothing. */
function parse(text: string): readonly string[] {
  try {
    return v.parse(Recent, JSON.parse(text));
  } catch {
    return [];
  }
}
