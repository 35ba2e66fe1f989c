/** Reasons and their causes in words. It must not know who is in a status, or how it is drawn. */
import type { PlainKey } from '../texts/languages.ts';
import { t } from '../texts/texts.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };
import { normalReason, ReasonBook, type Cause, type Reasoned } from './reasons.ts';

const reasons: ReadonlyMap<string, PlainKey> = new Map(
  // The catalogue has a text for each of them; a test checks that.
  reasonCodes.codes.map(({ code }) => [code, `reasons.${code}` as PlainKey]),
);

/**
 * A reason code in words: the site's own, then UCCX's, otherwise “code 32799”. Empty for no reason; null is a reason
 * that was not reported.
 */
export function reasonWord(reason: string | null, book: ReasonBook = ReasonBook.none): string {
  if (reason === null) return t('reason.unknown');
  const code = normalReason(reason) ?? '';
  if (code === '') return '';
  const ofSite = book.siteLabel(code);
  if (ofSite !== null) return ofSite;
  const known = reasons.get(code);
  if (known !== undefined) return t(known);
  // A reason that is not a number is in words already.
  return /^\d+$/.test(code) ? t('reason.code', { code }) : code;
}

/** Why somebody is in a status, in words; empty if the reason belongs to another status. */
export function whyWord(row: Reasoned, book: ReasonBook = ReasonBook.none): string {
  return reasonWord(book.shown(row), book);
}

/** Who caused it; empty if unknown. */
export function causeWord(cause: Cause | null): string {
  return cause === null ? '' : t(`cause.${cause}`);
}
