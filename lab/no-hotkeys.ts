/** All hotkeys off, so that a test takes none from the machine it runs on. */
import { tableOf } from '../src/shared/base/keys-of.ts';
import { HOTKEY_NAMES, type Hotkeys } from '../src/shared/desktop/desktop-settings.ts';

export const NO_HOTKEYS: Hotkeys = tableOf(HOTKEY_NAMES, () => '');
