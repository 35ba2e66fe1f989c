/**
 * The settings for how the widget looks and behaves on the desktop, with their built-in values and their words. It must
 * not know who applies them.
 */
import { keysOf, tableOf } from '../base/keys-of.ts';
import { labelled, listOrNothing, partsOf, where, type SettingWords } from '../settings/setting-lines.ts';
import { LANGUAGES } from '../texts/languages.ts';
import { percentText, t } from '../texts/texts.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A window with less would be hard to find again. */
export const MIN_OPACITY = 0.4;

/** Keys that work whatever has the focus, in Electron's notation; empty for none. */
export interface Hotkeys {
  readonly whoIsFree: string;
  /** Opens the journey of the call whose id is on the clipboard. */
  readonly journey: string;
  readonly shape: string;
  readonly show: string;
}
export type HotkeyName = keyof Hotkeys;

export interface DesktopSettings {
  /** Empty for the system's language. */
  readonly language: string;
  readonly theme: Theme;
  /** Of the window, from `MIN_OPACITY` to 1. */
  readonly opacity: number;
  readonly hotkeys: Hotkeys;
  readonly startsWithComputer: boolean;
}

export const BUILT_IN_DESKTOP: DesktopSettings = {
  language: '',
  theme: 'system',
  opacity: 1,
  hotkeys: {
    whoIsFree: 'CommandOrControl+Alt+F',
    journey: 'CommandOrControl+Alt+J',
    shape: 'CommandOrControl+Alt+S',
    show: '',
  },
  startsWithComputer: false,
};

// Derived from an object with all of them, so that none can be missing.
export const DESKTOP_KEYS = keysOf(BUILT_IN_DESKTOP);
export const HOTKEY_NAMES = keysOf(BUILT_IN_DESKTOP.hotkeys);

const HOTKEY_WORDS = tableOf(
  HOTKEY_NAMES,
  (name) => (keys: string) => where(keys !== '', labelled(t(`appearance.hotkeysOf.${name}`), keys)),
);

export const DESKTOP_SETTING_WORDS: SettingWords<DesktopSettings> = {
  language: [
    () => t('appearance.language'),
    (code) => LANGUAGES.find((language) => language.code === code)?.name ?? t('appearance.ofSystem'),
  ],
  theme: [() => t('appearance.theme'), (theme) => t(`appearance.themes.${theme}`)],
  opacity: [() => t('appearance.opacity'), (opacity) => percentText(opacity)],
  hotkeys: [() => t('appearance.hotkeys'), (hotkeys) => listOrNothing(partsOf(hotkeys, HOTKEY_WORDS))],
  startsWithComputer: [() => t('appearance.startsWithComputer'), (isOn) => t(isOn ? 'moved.on' : 'moved.off')],
};
