/**
 * The page's only way to its host: the bridge that the preload put there, or the preview's where there is none. It is
 * the only file that touches `window.uccx`.
 */
import type { Reply, RequestError, RequestErrorCode } from '../../shared/base/requests.ts';
import type { Bridge } from '../../shared/contract.ts';
import { say } from '../../shared/texts/text.ts';
import { t } from '../../shared/texts/texts.ts';
import { openPreviewBridge } from './preview-bridge.ts';

declare global {
  interface Window {
    readonly uccx?: Bridge;
  }
}

/** `onHostLost` is told when the host can no longer be reached, which can only happen in a browser. */
export function openBridge(onHostLost: (isLost: boolean) => void): Bridge {
  return window.uccx ?? openPreviewBridge(onHostLost);
}

/** The host refused a request, which it only does where the page has an error. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The value of a reply. Rejects with a `RefusedError` where the host refused. */
export async function valueOf<T>(reply: Promise<Reply<T>>): Promise<T> {
  const settled = await reply;
  if (settled.ok) return settled.value;
  const { code } = settled.error;
  throw new RefusedError(code, wordsOf(settled.error));
}

/** The host has its own words for what it can't take or do, which are for the log. */
function wordsOf({ code, message }: RequestError): string {
  switch (code) {
    case 'bad-arguments':
      return t('page.badArguments');
    case 'failed':
      return t('page.failed', { why: say(message).replace(/\.$/, '') });
    default:
      return say(message);
  }
}
