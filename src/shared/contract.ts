/**
 * The contract between the page and its host: the requests and events of all subjects, joined. The host's handlers, the
 * preload's API and the preview's messages are mapped types over it, so that a missing or misspelled name is a type
 * error. Payloads are plain data.
 */
import type { AlertsView } from './alerts/alerts.ts';
import { alertEvents, alertRequests } from './alerts/requests.ts';
import { keysOf } from './base/keys-of.ts';
import { event, request, type EventPayloads, type Reply, type RequestTypes } from './base/requests.ts';
import { boardEvents, boardRequests } from './board/requests.ts';
import { desktopEvents, desktopRequests } from './desktop/requests.ts';
import type { WindowView } from './desktop/window.ts';
import type { DigestSummary } from './history/record.ts';
import { historyRequests } from './history/requests.ts';
import { journeyRequests } from './journey/requests.ts';
import type { BlindTimeSummary } from './link/blind-time.ts';
import type { ConnectionView } from './link/connection-settings.ts';
import type { AgentView, LinkView } from './link/link.ts';
import { linkRequests } from './link/requests.ts';
import type { ViolationRecord } from './link/violations.ts';
import { preferencesRequests, type PreferencesView } from './preferences.ts';
import type { Announcement } from './support/announcements.ts';
import { supportRequests } from './support/requests.ts';

/** Everything except the board, published as a whole whenever any of it changes. */
export interface WidgetState {
  /** The widget's own version. */
  readonly version: string;
  /** The core's steady clock when this was published; all times of link and board are on it. Milliseconds. */
  readonly now: number;
  readonly link: LinkView;
  readonly agents: readonly AgentView[];
  readonly violations: readonly ViolationRecord[];
  readonly blindTime: BlindTimeSummary;
  readonly alerts: AlertsView;
  /** What changed while the user was away; null if there is nothing to report. */
  readonly digest: DigestSummary | null;
  readonly announcements: readonly Announcement[];
  readonly connection: ConnectionView;
  readonly preferences: PreferencesView;
  /** Calls whose journeys were received, latest first. */
  readonly recentCalls: readonly string[];
  readonly window: WindowView;
}

export const widgetRequests = {
  'widget.state': request<null, WidgetState>(),
};

export const widgetEvents = {
  state: event<WidgetState>(),
};

/** The requests of the page to its host. */
const REQUESTS = {
  ...widgetRequests,
  ...preferencesRequests,
  ...linkRequests,
  ...boardRequests,
  ...historyRequests,
  ...alertRequests,
  ...journeyRequests,
  ...desktopRequests,
  ...supportRequests,
};
export type Requests = RequestTypes<typeof REQUESTS>;
export type RequestName = keyof Requests;

/** The events of the host to the page. */
const EVENTS = { ...widgetEvents, ...boardEvents, ...alertEvents, ...desktopEvents };
export type Events = EventPayloads<typeof EVENTS>;
export type EventName = keyof Events;

// The names as values, for the hosts to iterate over.
export const REQUEST_NAMES = keysOf(REQUESTS);
export const EVENT_NAMES = keysOf(EVENTS);

/** What the preload (or the preview's bridge) offers to the page. */
export interface Bridge {
  readonly requests: {
    readonly [N in RequestName]: (args: Requests[N]['args']) => Promise<Reply<Requests[N]['result']>>;
  };
  /** Each returns a function that ends the subscription; calling it twice is safe. */
  readonly on: { readonly [N in EventName]: (listener: (payload: Events[N]) => void) => () => void };
}

/** The channel of a request between the page and the process that answers it, if they use channels. */
export function requestChannel(name: RequestName): string {
  return `request:${name}`;
}

/** The channel of an event. */
export function eventChannel(name: EventName): string {
  return `event:${name}`;
}

/** Listeners for some of the events. */
export type EventListeners = { readonly [N in EventName]?: (payload: Events[N]) => void };
