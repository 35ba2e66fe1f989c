/** The settings for how the widget looks and behaves on the desktop. */
import * as v from 'valibot';
import {
  BUILT_IN_DESKTOP,
  HOTKEY_NAMES,
  MIN_OPACITY,
  THEMES,
  type DesktopSettings,
} from '../../shared/desktop/desktop-settings.ts';
import { tableOf } from '../../shared/base/keys-of.ts';
import { LANGUAGES } from '../../shared/texts/languages.ts';
import { ENGLISH } from '../../shared/texts/texts.ts';
import { problem, setting, Switch, type Setting } from '../settings/setting.ts';

/** In Electron's notation: one or more modifiers and one key. */
const Hotkey = v.pipe(
  v.string(problem('hotkeys')),
  v.trim(),
  v.regex(
    /^$|^((Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)\+)+[^\s+]+$/,
    problem('hotkeys'),
  ),
);

const { hotkeys } = BUILT_IN_DESKTOP;
// A hotkey that is not set keeps its default.
const Hotkeys = tableOf(HOTKEY_NAMES, (name) => v.optional(Hotkey, hotkeys[name]));

const CODES = new Intl.ListFormat(ENGLISH.formatLocale, { type: 'disjunction' })
  .format(LANGUAGES.map(({ code }) => code))
  // The house style for lists has no comma before “or”.
  .replace(/, or /, ' or ');

export const DESKTOP_SETTINGS = {
  language: setting({
    description: `A language’s code: ${CODES}; empty for that of the system.`,
    check: v.pipe(
      v.string(problem('language')),
      v.check((code) => code === '' || LANGUAGES.some((language) => language.code === code), problem('language')),
    ),
    builtIn: BUILT_IN_DESKTOP.language,
    holds: 'plain',
    inRegistry: 'text',
    invalidSamples: [7],
  }),
  theme: setting({
    description: 'light, dark, or system: as the system has it.',
    check: v.picklist(THEMES, problem('theme')),
    builtIn: BUILT_IN_DESKTOP.theme,
    holds: 'plain',
    inRegistry: 'text',
    invalidSamples: ['blue'],
  }),
  opacity: setting({
    description: 'Opacity of the window; 1 is opaque. Not on Linux.',
    check: v.pipe(
      v.number(problem('opacity')),
      v.minValue(MIN_OPACITY, problem('opacity')),
      v.maxValue(1, problem('opacity')),
    ),
    builtIn: BUILT_IN_DESKTOP.opacity,
    holds: 'plain',
    inRegistry: 'json',
    invalidSamples: [0.1, 1.1],
    bounds: { leastOpacity: MIN_OPACITY },
  }),
  hotkeys: setting({
    description: 'Keys that are heard whatever has the focus, as Electron names them; empty for none.',
    check: v.strictObject(Hotkeys, problem('hotkeys')),
    builtIn: hotkeys,
    holds: 'plain',
    inRegistry: 'json',
    invalidSamples: [{ show: 'F' }, { other: '' }],
  }),
  startsWithComputer: setting({
    description: 'Whether the widget starts when somebody signs in to the computer.',
    check: Switch,
    builtIn: BUILT_IN_DESKTOP.startsWithComputer,
    holds: 'plain',
    inRegistry: 'switch',
    invalidSamples: [1, 'yes'],
  }),
} satisfies { readonly [K in keyof DesktopSettings]: Setting<v.GenericSchema<unknown, DesktopSettings[K]>> };
