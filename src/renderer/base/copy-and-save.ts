/** Copies and saves texts on request, and reports the outcome. It must not know what the texts are. */
import { errorText } from '../../shared/base/error-text.ts';
import { t } from '../../shared/texts/texts.ts';

/** Runs `act` and returns the message: that it is done, or why not. */
export async function withOutcome(done: string, act: () => Promise<void>): Promise<string> {
  try {
    await act();
    return done;
  } catch (error) {
    return t('copy.failed', { why: errorText(error) });
  }
}

/** Rejects if the system does not allow copying. */
export function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json;charset=utf-8' };
/** Tells Excel that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export function saveText(text: string, name: string, format: 'csv' | 'json'): void {
  const content = format === 'csv' ? BYTE_ORDER_MARK + text : text;
  save(new Blob([content], { type: TYPES[format] }), name);
}

/** Saves a zip given in base 64. */
export function saveZip(base64: string, name: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  save(new Blob([bytes], { type: 'application/zip' }), name);
}

/** Saves an element as a picture. */
export async function savePicture(element: HTMLElement, name: string): Promise<void> {
  const { pictureOf } = await import('./picture.ts');
  save(await pictureOf(element), name);
}

/** Hands the content to the system, which decides where to save it, or asks. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Later, since saving has only just started.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
