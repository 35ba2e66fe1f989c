/** The page's requests about the link and the connection. */
import { request } from '../base/requests.ts';
import type { Edit, SaveResult, SettingsProblem } from '../settings/settings.ts';
import type { BlindTime } from './blind-time.ts';
import type { ConnectionForm } from './connection-settings.ts';
import type { AddressTrial } from './link.ts';

export type TestResult =
  | { readonly ok: true; readonly trials: readonly AddressTrial[] }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** `needsAgents`: if no agent is named, nothing is saved, and a warning says so first. */
export type ConnectionEdit = Edit<ConnectionForm> & { readonly needsAgents?: boolean };

export const linkRequests = {
  'link.try-now': request<null, null>(),
  'blind-time.list': request<null, BlindTime>(),
  'connection.save': request<ConnectionEdit, SaveResult<ConnectionForm>>(),
  /** Tries each address and its agents without touching the current connection. */
  'connection.test': request<ConnectionForm, TestResult>(),
  'connection.show-demo': request<null, null>(),
};
