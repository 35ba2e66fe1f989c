/**
 * The contract between the page and its host, declared once. The host's handlers, the preload's API and the preview's
 * messages are mapped types over it, so that a missing or misspelt name fails the type check. Payloads are plain data.
 */
import type { AlertsView, Notice } from './alerts/alerts.ts';
import type { Announcement } from './support/announcements.ts';
import type { BlindTime, BlindTimeSummary } from './link/blind-time.ts';
import type { BoardSnapshot, BoardUpdate } from './board/board.ts';
import type { ViolationRecord } from './link/violations.ts';
import type { JourneyAnswer } from './journey/journey.ts';
import type { AddressTrial, AgentView, LinkView } from './link/link.ts';
import type { PastBoardView, Digest, DigestSummary, MemberHistory } from './history/record.ts';
import type { Layout } from './board/layout.ts';
import type { Shape } from './desktop/shape.ts';
import type { Text } from './texts/text.ts';
import type { ConnectionForm, ConnectionView } from './link/connection-settings.ts';
import type { Edit, SettingsProblem } from './settings/settings.ts';
import type { PreferencesForm, PreferencesView } from './preferences.ts';

/** The host's window, as far as the page may know and steer it. In a browser there is only the shape of the page. */
export interface WindowView {
  /** Whether there is a window of our own, with buttons of its own to draw. */
  readonly isFrameless: boolean;
  /** Whether the system lets it be seen through. */
  readonly hasOpacity: boolean;
  readonly isPinned: boolean;
  readonly shape: Shape;
}

/** Everything but the board, published whole whenever any of it changes. */
export interface WidgetState {
  /** The widget's own version. */
  readonly version: string;
  /** The core's steady clock as this was published; all times of link and board are by it. Milliseconds. */
  readonly now: number;
  readonly link: LinkView;
  readonly agents: readonly AgentView[];
  readonly violations: readonly ViolationRecord[];
  readonly blindTime: BlindTimeSummary;
  readonly alerts: AlertsView;
  /** What changed while one was away; null where there is nothing to tell. */
  readonly digest: DigestSummary | null;
  readonly announcements: readonly Announcement[];
  readonly connection: ConnectionView;
  readonly preferences: PreferencesView;
  /** Calls whose journey was asked for and came, the latest first. */
  readonly recentCalls: readonly string[];
  readonly window: WindowView;
}

export type SaveResult<F> =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problems: readonly SettingsProblem[];
      /** What was changed in the form and elsewhere, too, as it is there now. Nothing was written. */
      readonly moved: Partial<F>;
    };

export type TestResult =
  | { readonly ok: true; readonly trials: readonly AddressTrial[] }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** What the page can ask of its host. */
export interface Requests {
  'widget.state': { args: null; result: WidgetState };
  'board.snapshot': { args: null; result: BoardSnapshot };
  /** The board as it was known at a moment, or at the nearest one that is on record. */
  'board.at': { args: { at: number }; result: PastBoardView };
  /** Null where nothing of the member is on record. */
  'member.history': { args: { memberId: string }; result: MemberHistory | null };
  'digest.get': { args: null; result: Digest | null };
  'digest.dismiss': { args: null; result: null };
  /** Somebody has read it. */
  'announcements.dismiss': { args: Announcement; result: null };
  /** Somebody has looked at the alerts. */
  'alerts.see': { args: null; result: null };
  'alerts.test': { args: null; result: null };
  'alerts.mute': { args: { isMuted: boolean }; result: null };
  /** For so long; null ends it. */
  'alerts.snooze': { args: { forMs: number | null }; result: null };
  'preferences.save': { args: Edit<PreferencesForm>; result: SaveResult<PreferencesForm> };
  'layout.load': { args: null; result: Layout };
  'layout.save': { args: Layout; result: null };
  'blind-time.list': { args: null; result: BlindTime };
  /** What was asked for from outside before there was a page to hear it. */
  'commands.take': { args: null; result: readonly PageCommand[] };
  'journey.ask': { args: { callId: string }; result: JourneyAnswer };
  /** What to send to whoever helps: a zip, in base 64. */
  'support.bundle': { args: null; result: string };
  'link.try-now': { args: null; result: null };
  /** `needsAgents`: where no agent is named, that is said first and nothing is saved. */
  'connection.save': {
    args: Edit<ConnectionForm> & { readonly needsAgents?: boolean };
    result: SaveResult<ConnectionForm>;
  };
  /** Tries each address and asks for the agents there, and leaves the present connection as it is. */
  'connection.test': { args: ConnectionForm; result: TestResult };
  'connection.show-demo': { args: null; result: null };
  'window.set-pinned': { args: { isPinned: boolean }; result: null };
  'window.set-shape': { args: { shape: Shape }; result: null };
  'window.minimise': { args: null; result: null };
  'window.hide': { args: null; result: null };
}
export type RequestName = keyof Requests;

/** What the host tells the page unasked. */
export interface Events {
  board: BoardUpdate;
  state: WidgetState;
  /** Something is to be told aloud. */
  notice: Notice;
  /** Something is asked for from outside the page. */
  command: PageCommand;
}

/** Who is free: those who are ready, longest first. */
export type PageCommand =
  | { readonly type: 'who-is-free' }
  | { readonly type: 'settings' }
  /** Whom an alert is about; the list of alerts where it is about none in particular, or is not known any more. */
  | { readonly type: 'alert'; readonly alertId: number | null }
  /** `isSure`: to be asked for at once; if not, somebody has to say so. */
  | { readonly type: 'journey'; readonly typed: string; readonly isSure: boolean };
export type EventName = keyof Events;

// The names as values, for the hosts to walk over; the types make sure that none is missing.
const requestNames: { [N in RequestName]: true } = {
  'widget.state': true,
  'board.snapshot': true,
  'board.at': true,
  'member.history': true,
  'digest.get': true,
  'digest.dismiss': true,
  'announcements.dismiss': true,
  'alerts.see': true,
  'alerts.test': true,
  'alerts.mute': true,
  'alerts.snooze': true,
  'preferences.save': true,
  'layout.load': true,
  'layout.save': true,
  'blind-time.list': true,
  'commands.take': true,
  'journey.ask': true,
  'support.bundle': true,
  'link.try-now': true,
  'connection.save': true,
  'connection.test': true,
  'connection.show-demo': true,
  'window.set-pinned': true,
  'window.set-shape': true,
  'window.minimise': true,
  'window.hide': true,
};
const eventNames: { [N in EventName]: true } = { board: true, state: true, notice: true, command: true };
export const REQUEST_NAMES = Object.keys(requestNames) as readonly RequestName[];
export const EVENT_NAMES = Object.keys(eventNames) as readonly EventName[];

export interface RequestError {
  /** `untrusted-sender`, `unknown-request`, `bad-arguments`, `not-here` or `failed`. */
  readonly code: string;
  readonly message: Text;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RequestError };

/** What the preload (or the preview's bridge) gives the page. */
export interface Bridge {
  readonly requests: {
    readonly [N in RequestName]: (args: Requests[N]['args']) => Promise<Reply<Requests[N]['result']>>;
  };
  /** Each returns a function that ends the subscription and may be called twice. */
  readonly on: { readonly [N in EventName]: (listener: (payload: Events[N]) => void) => () => void };
}
