/**
 * Applies what the user has set for the app: language, theme, opacity, hotkeys, autostart. It must not know where that
 * is stored.
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { app, clipboard, nativeTheme } from 'electron';
import { nothingElse, pick } from '../../shared/base/keys-of.ts';
import { isSame } from '../../shared/base/same.ts';
import type { Log } from '../../core/base/log.ts';
import type { DesktopHost } from '../../host/desktop/desktop-host.ts';
import { cleanCallId, looksLikeCallId } from '../../shared/journey/journey.ts';
import type { PreferencesView } from '../../shared/preferences.ts';
import { DESKTOP_KEYS } from '../../shared/desktop/desktop-settings.ts';
import { nextShape } from '../../shared/desktop/shape.ts';
import { bestTranslator, setTranslator } from '../../shared/texts/texts.ts';
import { isAutostartDue, setAutostart } from './autostart.ts';
import { HotkeyRegistry } from './hotkeys.ts';
import type { WidgetWindow } from './window.ts';

/** No id is longer, whatever else was copied. */
const MAX_CLIPBOARD = 4096;

export interface PreferencesOptions {
  readonly host: DesktopHost;
  readonly window: WidgetWindow;
  readonly log: Log;
  /** The language has changed: rebuild whatever does not redraw itself. */
  readonly onLanguage: () => void;
}

/** Applies the preferences now and whenever they change. */
export function followPreferences({ host, window, log, onLanguage }: PreferencesOptions): void {
  const hotkeys = new HotkeyRegistry(
    {
      whoIsFree: () => {
        window.show();
        host.command({ type: 'who-is-free' });
      },
      journey: () => {
        if (host.state.preferences.form.privacy !== 'names') return;
        window.show();
        copiedText()
          .then((copied) => {
            const typed = cleanCallId(copied.slice(0, MAX_CLIPBOARD));
            const isConfirmed = looksLikeCallId(typed);
            // Text that does not look like an id may be a secret, so it is not even shown.
            host.command({ type: 'journey', typed: isConfirmed ? typed : '', isConfirmed });
          })
          .catch((error: unknown) => {
            log.error('the clipboard could not be read', error);
          });
      },
      shape: () => {
        window.setShape(nextShape(window.view.shape));
      },
      show: () => {
        window.toggle();
      },
    },
    log,
  );
  let translator = bestTranslator('', app.getPreferredSystemLanguages());
  setTranslator(() => translator);
  let done: unknown = null;
  let startsWithComputer: boolean | null = null;
  const follow = ({ form, fixed }: PreferencesView): void => {
    const wanted = pick(form, DESKTOP_KEYS);
    if (isSame(wanted, done)) return;
    done = wanted;
    const { language, theme, opacity, hotkeys: keys, startsWithComputer: isAutostart, ...rest } = wanted;
    nothingElse(rest);
    const before: string = translator.language;
    translator = bestTranslator(language, app.getPreferredSystemLanguages());
    if (translator.language !== before) onLanguage();
    nativeTheme.themeSource = theme;
    window.setOpacity(opacity);
    const isPolicy = fixed.some(({ key, source }) => key === 'startsWithComputer' && source === 'policy');
    if (isAutostartDue(isAutostart, { wasWanted: startsWithComputer, isPolicy })) {
      setAutostart(isAutostart, {
        platform: process.platform,
        configDir: process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'),
        program: process.env['APPIMAGE'] ?? process.execPath,
        setLoginItem: (openAtLogin) => {
          app.setLoginItemSettings({ openAtLogin, args: ['--hidden'] });
        },
      }).catch((error: unknown) => {
        log.error('the start with the computer could not be set', error);
      });
    }
    startsWithComputer = isAutostart;
    const taken = hotkeys.set(keys);
    if (taken !== null) host.hotkeysTaken(taken);
  };
  host.on({
    state: ({ preferences }) => {
      follow(preferences);
    },
  });
  follow(host.state.preferences);
}

/** Older versions of Electron return it at once. */
async function copiedText(): Promise<string> {
  return await clipboard.readText();
}
