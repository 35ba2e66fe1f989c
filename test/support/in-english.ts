/** What the core says as data, read in English, so that a test can look for the words that a person sees. */
import { translateToEnglish, type Text } from '../../src/shared/texts/text.ts';

/** The same with every text in it, however deep, said in English. */
export function inEnglish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return translateToEnglish(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inEnglish(part)]));
}

function isText(value: object): value is Exclude<Text, string> {
  return 'key' in value && Object.keys(value).every((name) => name === 'key' || name === 'values');
}
