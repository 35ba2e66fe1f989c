/** Sorts texts by the rules of the current language: numbers by value, and capitals like small letters. */
import { perLocale } from '../../shared/texts/texts.ts';

export const collators = perLocale((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));
