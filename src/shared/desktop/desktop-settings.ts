/** What can be set of how the widget looks and sits on the desktop. It must not know who carries it out. */
import { keysOf } from '../base/keys-of.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Less would be hard to find again. */
export const MIN_OPACITY = 0.4;

/** Keys that are heard whatever has the focus, as Electron names them; empty for none. */
export interface Hotkeys {
  readonly whoIsFree: string;
  /** Asks for the journey of the call whose id is on the clipboard. */
  readonly journey: string;
  readonly shape: string;
  readonly show: string;
}
export type HotkeyName = keyof Hotkeys;

export interface DesktopSettings {
  /** Empty for that of the system. */
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

// Out of what has each of them, so that none can be missing.
export const DESKTOP_KEYS = keysOf(BUILT_IN_DESKTOP);
export const HOTKEY_NAMES = keysOf(BUILT_IN_DESKTOP.hotkeys);
