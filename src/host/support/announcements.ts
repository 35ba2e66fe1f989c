/** What the widget announces about itself until somebody has read it: a crash, and that there is a newer version. */
import type { Clock } from '../../core/base/clock.ts';
import type { Announcement } from '../../shared/support/announcements.ts';
import type { UpdateChecker } from './update-checker.ts';

export interface AnnouncementsOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly updates: Pick<UpdateChecker, 'newer' | 'dismiss'>;
  readonly onChange: () => void;
}

export class Announcements {
  readonly #options: AnnouncementsOptions;
  /** When the first crash was; null once it has been dismissed. */
  #crashedAt: number | null = null;
  #hasCrashed = false;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  get list(): readonly Announcement[] {
    const { newer } = this.#options.updates;
    return [
      ...(this.#crashedAt === null ? [] : [{ type: 'crash', at: this.#crashedAt } as const]),
      ...(newer === null ? [] : [{ type: 'update', version: newer } as const]),
    ];
  }

  /** Reports a crash, which is already logged. Only the first is announced; more would be noise. */
  reportCrash(): void {
    if (this.#hasCrashed) return;
    this.#hasCrashed = true;
    this.#crashedAt = this.#options.clock.now();
    this.#options.onChange();
  }

  /** Dismisses an announcement that somebody has read. */
  dismiss(announcement: Announcement): void {
    const { updates, onChange } = this.#options;
    if (announcement.type === 'update') {
      updates.dismiss(announcement.version);
      return;
    }
    this.#crashedAt = null;
    onChange();
  }
}
