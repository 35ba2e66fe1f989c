/** The address of what is looked at: read from the page’s, and written into links. What it names has to exist. */
import { THEMES, type Theme } from '../src/shared/desktop/desktop-settings.ts';
import { SHAPES } from '../src/shared/desktop/shape.ts';
import { LANGUAGES, type LanguageCode } from '../src/shared/texts/languages.ts';
import { DIALOGS, MENUS, STATE_NAMES, VIEWS, type Exhibit } from './exhibits.ts';

export interface Look {
  readonly theme: Theme;
  readonly language: LanguageCode;
}

/** What a page that shows an exhibit is sent to show it in another look. */
export const LOOK = 'gallery-look';

export const CODES: readonly LanguageCode[] = LANGUAGES.map(({ code }) => code);
const PLAIN: Look = { theme: 'system', language: 'en' };

/** What can’t be shown, with what can. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
  readonly known: readonly string[];

  constructor(parameter: string, given: string, known: readonly string[]) {
    super(`There is no ${parameter} “${given}” in the gallery.`);
    this.known = known;
  }
}

/** What to show: one exhibit, or where none is named, null for the list of all. Throws an UnknownNameError. */
export function readAddress(search: string): { readonly exhibit: Exhibit | null; readonly look: Look } {
  const parameters = new URLSearchParams(search);
  const take = <T extends string>(name: string, known: readonly T[]): T | null => {
    const given = parameters.get(name);
    parameters.delete(name);
    if (given === null) return null;
    const found = known.find((one) => one === given);
    if (found === undefined) throw new UnknownNameError(name, given, known);
    return found;
  };
  const look = { theme: take('theme', THEMES) ?? PLAIN.theme, language: take('language', CODES) ?? PLAIN.language };
  const state = take('state', STATE_NAMES);
  const exhibit = {
    shape: take('shape', SHAPES) ?? 'panel',
    view: take('view', VIEWS),
    dialog: take('dialog', DIALOGS),
    menu: take('menu', MENUS),
  };
  const [left] = parameters.keys();
  if (left !== undefined) {
    throw new UnknownNameError('parameter', left, ['state', 'shape', 'view', 'dialog', 'menu', 'theme', 'language']);
  }
  return { exhibit: state === null ? null : { state, ...exhibit }, look };
}

/** The other way round, without what goes without saying. */
export function addressOf({ state, shape, view, dialog, menu }: Exhibit, look: Partial<Look> = {}): string {
  const given = { state, shape: shape === 'panel' ? null : shape, view, dialog, menu, ...look };
  const parameters = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `?${new URLSearchParams(parameters).toString()}`;
}
