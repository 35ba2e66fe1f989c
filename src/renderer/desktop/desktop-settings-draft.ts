/** How the widget looks and sits on the desktop, as it is typed into its form. */
import type { DesktopSettings, Hotkeys } from '../../shared/desktop/desktop-settings.ts';

export type DesktopSettingsDraft = {
  -readonly [K in Exclude<keyof DesktopSettings, 'hotkeys'>]: DesktopSettings[K];
} & { hotkeys: { -readonly [K in keyof Hotkeys]: Hotkeys[K] } };
