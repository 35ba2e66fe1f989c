/** Translates the core's data into English, so that a test can look for the words that a person sees. */
import { translateToEnglish, type Text } from '../../src/shared/texts/text.ts';

/** The same value with every text in it, at any depth, in English. */
export function inEnglish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inEnglish);
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return translateToEnglish(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inEnglish(part)]));
}

function isText(value: object): value is Exclude<Text, string> {
  return 'key' in value && Object.keys(value).every((name) => name === 'key' || name === 'values');
}
