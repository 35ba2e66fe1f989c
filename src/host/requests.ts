/** Joins the requests and events of all subjects with those of the widget itself. Total by type. */
import { alertsWithoutNames } from '../core/alerts/without-names.ts';
import type { widgetEvents, widgetRequests, WidgetState } from '../shared/contract.ts';
import { alertEventRules, alertHandlers, type AlertParts } from './alerts/requests.ts';
import { NoArguments, type EventRules, type Handlers } from './base/handlers.ts';
import { boardEventRules, boardHandlers, type BoardParts } from './board/requests.ts';
import { desktopEventRules, desktopHandlers, type DesktopParts } from './desktop/requests.ts';
import type { HostEventRules, HostHandlers } from './gateway.ts';
import { historyHandlers, type HistoryParts } from './history/requests.ts';
import { journeyHandlers, type JourneyParts } from './journey/requests.ts';
import { linkHandlers, type LinkParts } from './link/requests.ts';
import { preferencesHandlers, type PreferencesParts } from './preferences.ts';
import { supportHandlers, type SupportParts } from './support/requests.ts';

interface WidgetParts {
  readonly state: WidgetState;
}

/** What all subjects need from the host. */
export interface HostParts
  extends
    WidgetParts,
    PreferencesParts,
    LinkParts,
    BoardParts,
    HistoryParts,
    AlertParts,
    JourneyParts,
    DesktopParts,
    SupportParts {}

/** Strips names. The ids of the watched agents stay, for whoever sets up the widget or reads why one was refused. */
export function stateWithoutNames(state: WidgetState): WidgetState {
  return { ...state, alerts: alertsWithoutNames(state.alerts), recentCalls: [] };
}

const widgetHandlers: Handlers<typeof widgetRequests, WidgetParts> = {
  'widget.state': { args: NoArguments, privacy: stateWithoutNames, run: (_, { state }) => state },
};

const widgetEventRules: EventRules<typeof widgetEvents> = { state: stateWithoutNames };

export const HANDLERS: HostHandlers<HostParts> = {
  ...widgetHandlers,
  ...preferencesHandlers,
  ...linkHandlers,
  ...boardHandlers,
  ...historyHandlers,
  ...alertHandlers,
  ...journeyHandlers,
  ...desktopHandlers,
  ...supportHandlers,
};

export const EVENT_RULES: HostEventRules = {
  ...widgetEventRules,
  ...boardEventRules,
  ...alertEventRules,
  ...desktopEventRules,
};
