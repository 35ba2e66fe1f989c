/** Words for the connection settings. It decides nothing. */
import type { ConnectionForm } from '../../shared/link/connection-settings.ts';
import { t } from '../../shared/texts/texts.ts';
import { listOrNothing, textOrNothing, type SettingWords } from '../settings/setting-lines.ts';

export const CONNECTION_SETTING_WORDS: SettingWords<ConnectionForm> = {
  processorUrls: [() => t('connection.url'), listOrNothing],
  agentIds: [() => t('connection.agents'), listOrNothing],
  subprotocol: [() => t('connection.subprotocol'), textOrNothing],
  caFile: [() => t('connection.caFile'), textOrNothing],
};
