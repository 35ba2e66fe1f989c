/** Words for how the widget looks and behaves on the desktop. It decides nothing. */
import type { DesktopSettings, Hotkeys } from '../../shared/desktop/desktop-settings.ts';
import { LANGUAGES } from '../../shared/texts/languages.ts';
import { percentText, t } from '../../shared/texts/texts.ts';
import {
  labelled,
  listOrNothing,
  partsOf,
  where,
  type PartWords,
  type SettingWords,
} from '../settings/setting-lines.ts';

const HOTKEYS: PartWords<Hotkeys> = {
  whoIsFree: (keys) => where(keys !== '', labelled(t('appearance.hotkeysOf.whoIsFree'), keys)),
  journey: (keys) => where(keys !== '', labelled(t('appearance.hotkeysOf.journey'), keys)),
  shape: (keys) => where(keys !== '', labelled(t('appearance.hotkeysOf.shape'), keys)),
  show: (keys) => where(keys !== '', labelled(t('appearance.hotkeysOf.show'), keys)),
};

export const DESKTOP_SETTING_WORDS: SettingWords<DesktopSettings> = {
  language: [
    () => t('appearance.language'),
    (code) => LANGUAGES.find((language) => language.code === code)?.name ?? t('appearance.ofSystem'),
  ],
  theme: [() => t('appearance.theme'), (theme) => t(`appearance.themes.${theme}`)],
  opacity: [() => t('appearance.opacity'), (opacity) => percentText(opacity)],
  hotkeys: [() => t('appearance.hotkeys'), (hotkeys) => listOrNothing(partsOf(hotkeys, HOTKEYS))],
  startsWithComputer: [() => t('appearance.startsWithComputer'), (isOn) => t(isOn ? 'moved.on' : 'moved.off')],
};
