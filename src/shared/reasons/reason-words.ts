/** Reasons and what caused them in words. It must not know who is in a status, or how it is drawn. */
import type { PlainKey } from '../texts/languages.ts';
import { t } from '../texts/texts.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };
import { normalReason, ReasonBook, type Cause, type Reasoned } from './reasons.ts';

const reasons: ReadonlyMap<string, PlainKey> = new Map(
  // The catalogue has each of them; a test holds it to that.
  reasonCodes.codes.map(({ code }) => [code, `reasons.${code}` as PlainKey]),
);

/**
 * A reason code in words, the site's own before UCCX's; “code 32799” where there are none, nothing for no reason; null
 * is a reason that was not told.
 */
export function reasonWord(reason: string | null, book: ReasonBook = ReasonBook.none): string {
  if (reason === null) return t('reason.unknown');
  const code = normalReason(reason) ?? '';
  if (code === '') return '';
  const ofSite = book.siteLabel(code);
  if (ofSite !== null) return ofSite;
  const known = reasons.get(code);
  if (known !== undefined) return t(known);
  // What is no number is a reason in words already.
  return /^\d+$/.test(code) ? t('reason.code', { code }) : code;
}

/** Why somebody is in a status, in words; nothing where the reason belongs to another status. */
export function whyWord(row: Reasoned, book: ReasonBook = ReasonBook.none): string {
  return reasonWord(book.shown(row), book);
}

/** Who caused it; empty where that is not known. */
export function causeWord(cause: Cause | null): string {
  return cause === null ? '' : t(`cause.${cause}`);
}
