/**
 * Everything that watches the board on the user's behalf, as one part of the widget: limits and floors, alerts and
 * their notifications, the record of the last hours, and what changed while the user was away. It follows the board and
 * the state of the link, and knows no connection.
 */
import { minuteOfDay, type AlertSettings, type AlertsView, type Notice } from '../shared/alerts/alerts.ts';
import type { FloorRule, LimitRule } from '../shared/board/attention.ts';
import type { BlindGap } from '../shared/link/blind-time.ts';
import type { BoardSnapshot, BoardUpdate } from '../shared/board/board.ts';
import type { LinkView } from '../shared/link/link.ts';
import { ReasonBook, type SiteReason } from '../shared/reasons/reasons.ts';
import type { PastBoardView, Digest, DigestSummary, MemberHistory } from '../shared/history/record.ts';
import { AlertCenter } from './alerts/alert-center.ts';
import { NotificationPolicy } from './alerts/notification-policy.ts';
import { AttentionMarks } from './board/attention.ts';
import { AttentionRules } from './board/rules.ts';
import type { BoardObserver } from './board/board.ts';
import type { Clock } from './base/clock.ts';
import { AbsenceTracker, type Absence } from './history/absence.ts';
import { BoardRecord } from './history/board-record.ts';
import { digestOf, isWorthReporting } from './history/digest.ts';

const RECORD_AGE_MS = 8 * 3_600_000;

/** What to watch for. */
export interface SupervisionRules {
  readonly limits: readonly LimitRule[];
  readonly floors: readonly FloorRule[];
  readonly alerts: AlertSettings;
  readonly reasons: readonly SiteReason[];
}

export interface SupervisionOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly recordEntries: number;
  readonly touch: (teamId: string, memberId: string) => void;
  readonly touchTeam: (teamId: string | null) => void;
  /** A timer was late, for example after sleep: what is known may be old. */
  readonly onLate: () => void;
  /** Something is due: call `look` once the board has published everything it knows. */
  readonly onDue: () => void;
  /** The whole board as it is now, with its marks. */
  readonly snapshot: () => BoardSnapshot;
  readonly gaps: () => readonly BlindGap[];
  readonly onNotice: (notice: Notice) => void;
  readonly onChange: () => void;
}

export class Supervision {
  readonly #options: SupervisionOptions;
  readonly #marks: AttentionMarks;
  readonly #alertCenter: AlertCenter;
  readonly #notifications: NotificationPolicy;
  readonly #record: BoardRecord;
  readonly #absence: AbsenceTracker;
  #book = ReasonBook.none;
  #isLive = false;
  #digest: Digest | null = null;

  constructor(options: SupervisionOptions) {
    const { clock, touch, touchTeam, onLate, onDue, onNotice, onChange } = options;
    const now = (): number => clock.now();
    this.#options = options;
    this.#marks = new AttentionMarks({ clock, touch, touchTeam, onLate });
    this.#marks.blindSince = now();
    this.#notifications = new NotificationPolicy({
      clock,
      minuteOfDay: () => minuteOfDay(Date.now()),
      onNotice,
      onChange,
    });
    this.#alertCenter = new AlertCenter({
      clock,
      onAlert: (alert) => {
        this.#notifications.notify(alert);
      },
      onUpdate: (alert, isMore) => {
        this.#notifications.update(alert, isMore);
      },
      onEnd: ({ id }) => {
        this.#notifications.end(id);
      },
      onDue,
      onLate,
      onChange,
    });
    this.#record = new BoardRecord({ now, maxEntries: options.recordEntries, maxAgeMs: RECORD_AGE_MS });
    this.#absence = new AbsenceTracker({
      now,
      gaps: options.gaps,
      onBack: (absence) => {
        this.#makeDigest(absence);
      },
    });
  }

  /** Receives everything that happens on the board. */
  get observer(): BoardObserver {
    return this.#record;
  }

  set rules({ limits, floors, alerts, reasons }: SupervisionRules) {
    this.#book = new ReasonBook(reasons);
    this.#alertCenter.book = this.#book;
    this.#alertCenter.settings = alerts;
    this.#notifications.settings = alerts;
    this.#marks.rules = new AttentionRules(limits, floors, this.#book);
  }

  get alerts(): AlertsView {
    const { isMuted, snoozedUntil } = this.#notifications;
    return { list: this.#alertCenter.list, unseen: this.#alertCenter.unseen, isMuted, snoozedUntil };
  }

  get digestSummary(): DigestSummary | null {
    if (this.#digest === null) return null;
    const { from, to, reason, awayMs, left, joined, changed, long } = this.#digest;
    return {
      from,
      to,
      reason,
      awayMs,
      left: left.length,
      joined: joined.length,
      changed: changed.length,
      long: long.length,
    };
  }

  get digest(): Digest | null {
    return this.#digest;
  }

  dismissDigest(): void {
    this.#digest = null;
    this.#options.onChange();
  }

  /** Marks an update of the board and follows it. */
  mark(update: BoardUpdate): BoardUpdate {
    const marked = this.#marks.mark(update);
    this.#alertCenter.follow(marked);
    return marked;
  }

  /** Raises the alerts that are due. Everything the board knows has been published. */
  look(): void {
    this.#alertCenter.look();
  }

  markSnapshot(snapshot: BoardSnapshot): BoardSnapshot {
    return this.#marks.markSnapshot(snapshot);
  }

  /** Follows the state of the link after each change, once its gap is in the ledger. */
  followLink({ state }: LinkView): void {
    const isLive = state.name === 'live';
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    // A gap is shown exactly as it is in the ledger.
    const gap = this.#options.gaps().at(-1);
    const from = gap?.to === null ? gap.from : this.#options.clock.now();
    if (!isLive) this.#absence.goBlind(from, gap?.reason.code === 'asleep' ? 'asleep' : 'blind');
    this.#marks.blindSince = isLive ? null : from;
    this.#alertCenter.isLive = isLive;
  }

  /** The link is live, and nothing on the board that is older is still expected. */
  markComplete(): void {
    this.#record.markComplete();
    this.#absence.markComplete();
  }

  /** The screen was locked. */
  leave(): void {
    this.#absence.leave();
  }

  /** The screen was unlocked. */
  comeBack(): void {
    this.#absence.comeBack();
  }

  snooze(forMs: number | null): void {
    this.#notifications.snooze(forMs);
  }

  mute(isMuted: boolean): void {
    this.#notifications.isMuted = isMuted;
  }

  markAlertsSeen(): void {
    this.#alertCenter.markSeen();
  }

  testAlert(): void {
    this.#notifications.test();
  }

  /** The board as known at a moment, or at the nearest moment on record. */
  boardAt(asked: number): PastBoardView {
    const span = this.#span;
    const at = Math.min(Math.max(asked, span.from), span.to);
    const gap = this.#options.gaps().find(({ from, to }) => from < at && (to === null || at < to)) ?? null;
    const board = this.#marks.markPast(this.#record.at(at), gap?.from ?? at);
    return { at, span, gap, board };
  }

  /** What the widget saw of a member; null if it saw nothing. */
  historyOf(memberId: string): MemberHistory | null {
    const person = this.#record.of(memberId);
    if (person === null) return null;
    const span = this.#span;
    const begin = person.spans[0]?.at ?? span.from;
    const gaps = this.#options.gaps().filter(({ to }) => to === null || to > begin);
    // Nobody saw what happened in a gap: a span ends where the gap begins, so no time is counted twice.
    const seen = person.spans.map((one) => {
      const gap = gaps.find(({ from, isLost }) => isLost && one.at <= from && from < (one.to ?? Infinity));
      return gap === undefined ? one : { ...one, to: gap.from };
    });
    return {
      memberId,
      memberName: person.name,
      teamNames: this.#record.teamNamesOf(memberId),
      span,
      spans: seen,
      gaps,
    };
  }

  /** Another processor follows: keep nothing of this one. */
  clear(): void {
    this.#record.clear();
    this.#absence.clear();
    this.#notifications.clear();
    this.#digest = null;
    this.#alertCenter.clear();
  }

  get #span(): { readonly from: number; readonly to: number } {
    return { from: this.#record.horizon, to: this.#options.clock.now() };
  }

  #makeDigest({ from, ...absence }: Absence): void {
    const then = this.boardAt(from);
    const digest = digestOf(then.board, this.#options.snapshot(), { ...absence, from: then.at }, this.#book);
    if (!isWorthReporting(digest)) return;
    this.#digest = digest;
    this.#options.onChange();
  }
}
