/** Limits and floors as settings, and their words. */
import type { FloorRule, LimitRule } from './attention.ts';
import { nothingElse } from '../base/keys-of.ts';
import { countWord, statusWord } from './board-words.ts';
import { durationText } from '../texts/spans.ts';
import { t } from '../texts/texts.ts';
import { labelled, listOrNothing, type SettingWords } from '../settings/setting-lines.ts';

export interface Rules {
  readonly limits: readonly LimitRule[];
  readonly floors: readonly FloorRule[];
}

export const RULE_SETTING_WORDS: SettingWords<Rules> = {
  limits: [() => t('limits.title'), (limits) => listOrNothing(limits.map(limitWords))],
  floors: [() => t('limits.floors'), (floors) => listOrNothing(floors.map(floorWords))],
};

/** “Not ready (Sales): 15 min”. */
function limitWords({ status, reason, team, seconds, ...rest }: LimitRule): string {
  nothingElse(rest);
  const what = status === undefined ? `${t('limits.reasonCode')} ${reason ?? ''}` : statusWord(status);
  return labelled(team === undefined ? what : t('moved.inTeam', { what, team }), durationText(seconds * 1000));
}

/** “Sales: 3 ready”. */
function floorWords({ team, ready, ...rest }: FloorRule): string {
  nothingElse(rest);
  return labelled(team ?? t('limits.eachTeam'), countWord('ready', ready));
}
