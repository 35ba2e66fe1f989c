/** Copies and saves text on behalf of somebody who asked for it, and says what came of it. It must not know what the text is. */
import { errorText } from '../../shared/base/error-text.ts';
import { t } from '../../shared/texts/texts.ts';

/** Does it, and gives what is to be said: that it is done, or why it is not. */
export async function withOutcome(done: string, act: () => Promise<void>): Promise<string> {
  try {
    await act();
    return done;
  } catch (error) {
    return t('copy.failed', { why: errorText(error) });
  }
}

/** Rejects where the system does not let it be copied. */
export function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json;charset=utf-8' };
/** So that Excel takes the text for what it is. */
const BYTE_ORDER_MARK = '\uFEFF';

export function saveText(text: string, name: string, format: 'csv' | 'json'): void {
  const content = format === 'csv' ? BYTE_ORDER_MARK + text : text;
  save(new Blob([content], { type: TYPES[format] }), name);
}

/** Saves a zip that is written in base 64. */
export function saveZip(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  save(new Blob([bytes], { type: 'application/zip' }), name);
}

/** Saves a picture of an element as it looks. */
export async function savePicture(element: HTMLElement, name: string): Promise<void> {
  const { pictureOf } = await import('./picture.ts');
  save(await pictureOf(element), name);
}

/** Gives it to be saved; where is asked, or decided, by the system. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the saving has only been asked for.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
