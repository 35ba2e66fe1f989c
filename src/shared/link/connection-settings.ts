/** What the page may see and change of the connection. Header values are secrets and never reach the page. */
import { keysOf } from '../base/keys-of.ts';
import { listOrNothing, textOrNothing, type SettingWords } from '../settings/setting-lines.ts';
import type { FixedSetting, SettingsProblem } from '../settings/settings.ts';
import type { Text } from '../texts/text.ts';
import { t } from '../texts/texts.ts';

/** What the connection form sends. Text as typed; the host checks it. */
export interface ConnectionForm {
  readonly processorUrls: readonly string[];
  readonly agentIds: readonly string[];
  readonly subprotocol: string;
  readonly caFile: string;
}

export const NO_CONNECTION: ConnectionForm = { processorUrls: [], agentIds: [], subprotocol: '', caFile: '' };
// Derived from an object with all of them, so that none can be missing.
export const CONNECTION_KEYS = keysOf(NO_CONNECTION);

export const CONNECTION_SETTING_WORDS: SettingWords<ConnectionForm> = {
  processorUrls: [() => t('connection.url'), listOrNothing],
  agentIds: [() => t('connection.agents'), listOrNothing],
  subprotocol: [() => t('connection.subprotocol'), textOrNothing],
  caFile: [() => t('connection.caFile'), textOrNothing],
};

export interface SampleCall {
  readonly callId: string;
  readonly title: Text;
}

export interface ConnectionView {
  /** Whether the board shows invented data from the built-in simulator. */
  readonly isDemo: boolean;
  /** Calls that the demo knows; empty otherwise. */
  readonly sampleCalls: readonly SampleCall[];
  /** What is configured, whether or not the demo is shown. */
  readonly form: ConnectionForm;
  readonly headerNames: readonly string[];
  readonly fixed: readonly FixedSetting<keyof ConnectionForm>[];
  readonly settingsFile: string;
  readonly problems: readonly SettingsProblem[];
}
