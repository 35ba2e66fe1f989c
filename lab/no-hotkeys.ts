/** Every hotkey off, so that a test takes none from the machine it runs on. */
import { HOTKEY_NAMES, type Hotkeys } from '../src/shared/desktop/desktop-settings.ts';

export const NO_HOTKEYS = Object.fromEntries(HOTKEY_NAMES.map((name) => [name, ''])) as {
  readonly [N in keyof Hotkeys]: string;
};
