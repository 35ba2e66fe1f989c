/** The text in the form for how the widget looks and behaves on the desktop. */
import type { DesktopSettings, Hotkeys } from '../../shared/desktop/desktop-settings.ts';

export type DesktopSettingsDraft = {
  -readonly [K in Exclude<keyof DesktopSettings, 'hotkeys'>]: DesktopSettings[K];
} & { hotkeys: { -readonly [K in keyof Hotkeys]: Hotkeys[K] } };
