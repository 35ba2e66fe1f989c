/** What the page may know and change of the settings. Header values are secrets and never come here. */
import type { Text } from './texts/text.ts';

import type { AlertSettings } from './alerts.ts';
import type { FloorRule, LimitRule } from './attention.ts';
import type { SiteReason } from './reasons.ts';

/** Where a setting comes from, from the weakest to the strongest. */
export type SettingsSource = 'built-in' | 'file' | 'environment' | 'command line';

/** Something wrong in the settings: where, what, and what to do. */
export interface SettingsProblem {
  readonly source: SettingsSource | 'form';
  /** The file's path, the variable's or the option's name; empty for the form. */
  readonly place: string;
  /** The setting's key, such as `processorUrls`; empty where the source as a whole is at fault. */
  readonly key: string;
  /** A clause, such as “entry 2 is not text”. */
  readonly message: Text;
  /** A `warning` leaves the widget running; an `error` stops the link, so that nothing is guessed. */
  readonly severity: 'error' | 'warning';
}

/** What the form for connecting sends. Text as typed; the host checks it. */
export interface ConnectionForm {
  readonly processorUrls: readonly string[];
  readonly agentIds: readonly string[];
  readonly subprotocol: string;
  readonly caFile: string;
}

export interface SampleCall {
  readonly callId: string;
  readonly title: Text;
}

export interface ConnectionView {
  /** Whether the board shows the built-in simulator's invented data. */
  readonly isDemo: boolean;
  /** Calls that the demo knows; empty otherwise. */
  readonly sampleCalls: readonly SampleCall[];
  /** What is configured, whether or not the demo is shown. */
  readonly form: ConnectionForm;
  readonly headerNames: readonly string[];
  /** Which keys come from the environment or the command line, and so can't be changed by the form. */
  readonly fixed: readonly { readonly key: keyof ConnectionForm; readonly place: string }[];
  readonly settingsFile: string;
  readonly problems: readonly SettingsProblem[];
}

/** Whether people are named, or only counted. */
export type Privacy = 'names' | 'counts';

/** What is watched for, as it is set. */
export interface WatchForm {
  readonly limits: readonly LimitRule[];
  readonly floors: readonly FloorRule[];
  readonly alerts: AlertSettings;
  readonly privacy: Privacy;
  readonly reasonsFile: string;
}

export interface WatchView {
  readonly form: WatchForm;
  /** The site's own reasons. */
  readonly reasons: readonly SiteReason[];
  /** Which of them come from a stronger source than the file, and from where. */
  readonly fixed: readonly { readonly key: keyof WatchForm; readonly place: string }[];
}
