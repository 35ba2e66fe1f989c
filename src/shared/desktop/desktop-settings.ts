/** The settings for how the widget looks and behaves on the desktop. It must not know who applies them. */
import { keysOf } from '../base/keys-of.ts';

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
