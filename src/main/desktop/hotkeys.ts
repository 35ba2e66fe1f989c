/** Global hotkeys, which work whatever has the focus. It must not know what they do. */
import { globalShortcut } from 'electron';
import { isSame } from '../../shared/base/same.ts';
import type { Log } from '../../core/base/log.ts';
import type { HotkeyName, Hotkeys } from '../../shared/desktop/desktop-settings.ts';

export class HotkeyRegistry {
  readonly #actions: { readonly [N in HotkeyName]: () => void };
  readonly #log: Log;
  #set: Hotkeys | null = null;

  constructor(actions: { readonly [N in HotkeyName]: () => void }, log: Log) {
    this.#actions = actions;
    this.#log = log;
  }

  /**
   * Replaces the registered keys. Returns those that could not be registered, since another program has them; null if
   * nothing changed.
   */
  set(hotkeys: Hotkeys): readonly HotkeyName[] | null {
    if (isSame(hotkeys, this.#set)) return null;
    this.#set = hotkeys;
    globalShortcut.unregisterAll();
    const taken: HotkeyName[] = [];
    for (const [name, action] of Object.entries(this.#actions) as [HotkeyName, () => void][]) {
      const key = hotkeys[name];
      if (key !== '' && !isRegistered(key, action)) {
        taken.push(name);
        this.#log.warn(`the hotkey ${key} could not be had: another program has it`);
      }
    }
    return taken;
  }
}

function isRegistered(key: string, action: () => void): boolean {
  try {
    return globalShortcut.register(key, action);
  } catch {
    // Electron throws for a key that this system does not know.
    return false;
  }
}
