/**
 * The page's only way to its host: the preload's bridge or, if there is none, the preview's. It is the only file that
 * touches `window.uccx`.
 */
import type { Reply, RequestError, RequestErrorCode } from '../../shared/base/requests.ts';
import type { Bridge } from '../../shared/contract.ts';
import { translate } from '../../shared/texts/text.ts';
import { t } from '../../shared/texts/texts.ts';
import { openPreviewBridge } from './preview-bridge.ts';

declare global {
  interface Window {
    readonly uccx?: Bridge;
  }
}

/**
 * `onHostLost` is called when the host becomes unreachable, which can only happen in a browser, and when it is back.
 */
export function openBridge(onHostLost: (isLost: boolean) => void): Bridge {
  return window.uccx ?? openPreviewBridge(onHostLost);
}

/** The host refused a request, which only happens if the page has a bug. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The value of a reply. Rejects with a `RefusedError` if the host refused. */
export async function valueOf<T>(reply: Promise<Reply<T>>): Promise<T> {
  const settled = await reply;
  if (settled.ok) return settled.value;
  const { code } = settled.error;
  throw new RefusedError(code, wordsOf(settled.error));
}

/** The host's own words for bad requests and failures are for the log. */
function wordsOf({ code, message }: RequestError): string {
  switch (code) {
    case 'bad-arguments':
      return t('page.badArguments');
    case 'failed':
      return t('page.failed', { why: translate(message).replace(/\.$/, '') });
    default:
      return translate(message);
  }
}
