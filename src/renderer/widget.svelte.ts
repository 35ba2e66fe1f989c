/**
 * What the page knows of the widget, kept in step with the host: link, agents, violations, connection, window and the
 * board. The one place from which the page asks its host for anything.
 */
import { minuteOfDay, NO_ALERTS, quietHoursAt, worstAlert } from '../shared/alerts/alerts.ts';
import type { Bridge, PageCommand, RequestName, Requests, WidgetState } from '../shared/contract.ts';
import { feedEnd, type MemberRow } from '../shared/board/board.ts';
import { total } from '../shared/board/statuses.ts';
import { ReasonBook } from '../shared/reasons/reasons.ts';
import { NO_PREFERENCES } from '../shared/settings/settings.ts';
import { exportHead, type ExportHead } from '../shared/base/export-head.ts';
import { valueOf } from './base/bridge.ts';
import { Arrangement } from './board/arrangement.svelte.ts';
import type { BoardSource } from './board/board-source.ts';
import { BoardStore } from './board/board.svelte.ts';
import { JourneyStore } from './journey/journey.svelte.ts';
import type { Lead } from './board/leads.ts';
import { language } from './texts/language.svelte.ts';
import { announce } from './alerts/notices.ts';
import { now } from './base/now.svelte.ts';
import { PastBoard } from './history/past.svelte.ts';

const EMPTY: WidgetState = {
  version: '',
  now: 0,
  link: { state: { name: 'idle', since: 0 }, wasLive: false, blindSince: null, blindReason: null },
  agents: [],
  violations: [],
  blindTime: { gaps: 0, blindSince: null },
  alerts: NO_ALERTS,
  digest: null,
  announcements: [],
  preferences: {
    form: NO_PREFERENCES,
    reasons: [],
    fixed: [],
    takenHotkeys: [],
  },
  connection: {
    isDemo: false,
    sampleCalls: [],
    form: { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' },
    headerNames: [],
    fixed: [],
    settingsFile: '',
    problems: [],
  },
  recentCalls: [],
  window: { isFrameless: false, hasOpacity: false, isPinned: false, shape: 'panel' },
};

function report(error: unknown): void {
  console.warn('The host did not answer:', error);
}

export class WidgetStore implements BoardSource {
  #hostLostAt: number | null = $state(null);
  #state: WidgetState = $state.raw(EMPTY);
  #bridge: Bridge | null = null;
  #onCommand: (command: PageCommand) => void = () => undefined;

  /** The site's own reasons. */
  readonly reasons = $derived(new ReasonBook(this.#state.preferences.reasons));
  readonly arrangement = new Arrangement({
    reasons: () => this.reasons,
    isNamed: () => this.isNamed,
    onArrange: (layout) => {
      this.tell('layout.save', layout);
    },
  });
  readonly board = new BoardStore(() => this.ask('board.snapshot', null), this.arrangement);
  /** Where the board is to lead somebody next; null once it has. */
  lead: Lead | null = $state.raw(null);
  readonly journey = new JourneyStore(
    (callId) => this.ask('journey.ask', { callId }),
    () => now.exact,
  );

  /** Since when nothing is known of the processor; null while what is shown is live. */
  readonly blindSince = $derived(this.#state.blindTime.blindSince ?? this.#hostLostAt);
  readonly isLive = $derived(this.#hostLostAt === null && this.#state.link.state.name === 'live');

  /** Whether the host can't be reached any more, so that nothing shown is known to be true. */
  get isHostLost(): boolean {
    return this.#hostLostAt !== null;
  }

  set isHostLost(isLost: boolean) {
    if (isLost !== this.isHostLost) this.#hostLostAt = isLost ? now.exact : null;
  }

  get link() {
    return this.#state.link;
  }
  get agents() {
    return this.#state.agents;
  }
  get violations() {
    return this.#state.violations;
  }
  get blindTime() {
    return this.#state.blindTime;
  }
  get connection() {
    return this.#state.connection;
  }
  get preferences() {
    return this.#state.preferences;
  }
  get alerts() {
    return this.#state.alerts;
  }
  /** The quiet hours that hold now; null where none do. */
  get quietHours() {
    return quietHoursAt(this.preferences.form.alerts.quietHours, minuteOfDay(now.wall(now.value)));
  }
  /** The alert that wants attention most; none from data that is old. */
  get worstAlert() {
    return this.isLive ? worstAlert(this.#state.alerts.list) : null;
  }
  /** How many of those counted over all teams are old. */
  get unconfirmed(): number {
    const { counts, unconfirmed } = this.board.head;
    return this.isLive ? unconfirmed : total(counts);
  }
  get recentCalls() {
    return this.#state.recentCalls;
  }
  get digest() {
    return this.#state.digest;
  }
  get announcements() {
    return this.#state.announcements;
  }
  get version() {
    return this.#state.version;
  }
  get window() {
    return this.#state.window;
  }
  /** The live board is of now. */
  readonly moment = null;

  /** The board of a moment in the past, with the same arrangement. */
  openPast(): PastBoard {
    return new PastBoard({
      ask: (at) => this.ask('board.at', { at }),
      arrangement: this.arrangement,
      reasons: () => this.reasons,
      isNamed: () => this.isNamed,
    });
  }

  /** Whether people are named, and not only counted. */
  get isNamed(): boolean {
    return this.#state.preferences.form.privacy === 'names';
  }

  /** What stands above everything that is copied from the page. */
  get exportHead(): ExportHead {
    return exportHead(this.#state, (at) => now.wall(at));
  }

  /** Speaks the best language for what is wanted from now on; empty for that of the system. */
  speak(wanted: string): void {
    language.choose(wanted);
    this.board.sort();
  }

  /** Whoever can carry out what is asked for from outside the page. */
  onCommand(listener: (command: PageCommand) => void): void {
    this.#onCommand = listener;
  }

  /** Has something carried out that is asked for from outside the page. */
  carryOut(command: PageCommand): void {
    this.#onCommand(command);
  }

  connect(bridge: Bridge): void {
    this.#bridge = bridge;
    // First subscribe, then ask: what changes in between is not missed.
    bridge.on.state((state) => {
      this.#take(state);
    });
    bridge.on.board((update) => {
      this.board.follow(update);
    });
    bridge.on.command((command) => {
      this.#onCommand(command);
    });
    bridge.on.notice((notice) => {
      announce(notice, this);
    });
    this.ask('widget.state', null)
      .then((state) => {
        this.#take(state);
      })
      .catch(report);
    this.board.refresh().catch(report);
    this.ask('commands.take', null)
      .then((commands) => {
        for (const command of commands) this.#onCommand(command);
      })
      .catch(report);
    this.ask('layout.load', null)
      .then((layout) => {
        this.arrangement.load(layout);
      })
      .catch(report);
  }

  #take(state: WidgetState): void {
    now.hear(state.now);
    const before = this.#state;
    // What is the same stays the same, so that what is derived from it need not be made anew.
    const isSame = JSON.stringify(before.preferences) === JSON.stringify(state.preferences);
    this.#state = isSame ? { ...state, preferences: before.preferences } : state;
    const { language, theme } = state.preferences.form;
    if (language !== before.preferences.form.language) this.speak(language);
    // In Electron the system's own theme is set with it; a browser needs to be told.
    document.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
    // Names come, or go, all at once.
    if (before.preferences.form.privacy === state.preferences.form.privacy) return;
    this.journey.clear();
    this.board.refresh().catch(report);
  }

  /** Asks the host. Rejects with a `RefusedError` where it refuses. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['result']> {
    if (this.#bridge === null) throw new Error('The page is not connected to its host yet.');
    return valueOf(this.#bridge.requests[name](args));
  }

  /** Asks the host for what shows its effect by itself. Where it can't be asked any more, the page says so already. */
  tell<N extends RequestName>(name: N, args: Requests[N]['args']): void {
    this.ask(name, args).catch((error: unknown) => {
      console.warn(`${name}:`, error);
    });
  }

  /** Whether a row, confirmed in this feed, is old: not known to be true any more. */
  isOld(confirmedIn: MemberRow['confirmedIn']): boolean {
    return !this.isLive || confirmedIn < this.board.head.feed;
  }

  /** Until when a row, confirmed in this feed, was known to be true; null while it is. */
  knownUntil(confirmedIn: MemberRow['confirmedIn']): number | null {
    if (!this.isOld(confirmedIn)) return null;
    return feedEnd(this.board.head, confirmedIn) ?? this.blindSince;
  }
}
