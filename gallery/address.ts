/** The address of an exhibit: read from the page's address, and written into links. Every name in it must exist. */
import { THEMES, type Theme } from '../src/shared/desktop/desktop-settings.ts';
import { SHAPES } from '../src/shared/desktop/shape.ts';
import { LANGUAGES, type LanguageCode } from '../src/shared/texts/languages.ts';
import { DIALOGS, MENUS, STATE_NAMES, VIEWS, type Exhibit } from './exhibits.ts';

export interface Look {
  readonly theme: Theme;
  readonly language: LanguageCode;
}

/** The message that makes a page show its exhibit in another look. */
export const LOOK = 'gallery-look';

const CODES: readonly LanguageCode[] = LANGUAGES.map(({ code }) => code);
const PLAIN: Look = { theme: 'system', language: 'en' };

/** A name that the gallery does not know, with those it knows. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
  readonly known: readonly string[];

  constructor(parameter: string, given: string, known: readonly string[]) {
    super(`There is no ${parameter} “${given}” in the gallery.`);
    this.known = known;
  }
}

/** What to show: an exhibit, or null for the list of all if none is named. Throws an UnknownNameError. */
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

/** The reverse, without the defaults. */
export function addressOf({ state, shape, view, dialog, menu }: Exhibit, look: Partial<Look> = {}): string {
  const given = { state, shape: shape === 'panel' ? null : shape, view, dialog, menu, ...look };
  const parameters = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `?${new URLSearchParams(parameters).toString()}`;
}
