/**
 * A reason's code as a person or a spreadsheet wrote it. It is read as a number only if there is one possible reading.
 * It knows neither where the code stands nor what it is called.
 */
import { trimId, trimInvisible } from '../../shared/base/folding.ts';

/** Null if it can't be read. */
export interface ReasonCode {
  readonly code: string;
  /** If false, the code is text and is compared exactly. */
  readonly isNumber: boolean;
}

const MAX_CODE = 200;

export function readReasonCode(written: string): ReasonCode | null {
  if (/^\d{1,20}$/.test(written)) return { code: written, isNumber: true };
  if (written.length > MAX_CODE) return null;
  // People write `="0027"` or `'27` to keep Excel from changing a code.
  const text = trimId(trimInvisible(written).replace(/^=(?=["\d])/, ''));
  const number = wholeNumber(plainDigits(text));
  if (number !== null) return { code: number, isNumber: true };
  return /^[\p{L}_/][^\r\n\p{Cc}]*$/u.test(text) ? { code: text, isNumber: false } : null;
}

/** Full-width digits, as a Japanese keyboard writes them, and Arabic digits. */
function plainDigits(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (figure) => String(figure.charCodeAt(0) % 16))
    .replace(/\u066b/g, ',');
}

function wholeNumber(text: string): string | null {
  // A negative number stands for no reason.
  if (/^[-\u2212]\d+(?:[.,]0+)?$/.test(text)) return '-1';
  const [, whole = '', fraction = '', exponent = '0'] = /^\+?(\d+)(?:[.,](\d+))?(?:e\+?(\d{1,2}))?$/i.exec(text) ?? [];
  const shift = Number(exponent);
  // Three digits after a point or comma may be thousands, and a large exponent hides digits.
  const isGrouped = shift === 0 && fraction.length === 3 && whole.length <= 3;
  if (whole === '' || isGrouped || shift > fraction.length || /[^0]/.test(fraction.slice(shift))) return null;
  return whole + fraction.slice(0, shift);
}
