/**
 * The one door between the page and the host, and the only file that touches `ipcMain`. It passes trusted requests to
 * the host, and the host's answers and events to the page. It must not know what they mean.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { Log } from '../core/base/log.ts';
import type { WidgetHost } from '../host/widget-host.ts';
import type { Reply } from '../shared/base/requests.ts';
import { REQUEST_NAMES, eventChannel, requestChannel } from '../shared/contract.ts';
import { originOf } from './base/page-address.ts';
import { distrust, type Sender } from './base/trusted-sender.ts';

export interface IpcOptions {
  readonly host: WidgetHost;
  /** The page's web contents: the only ones that get answers and events. */
  readonly contents: WebContents;
  readonly trustedOrigin: string;
  readonly log: Log;
}

export function openIpc({ host, contents, trustedOrigin, log }: IpcOptions): void {
  for (const name of REQUEST_NAMES) {
    ipcMain.handle(requestChannel(name), async (event, args: unknown): Promise<Reply<unknown>> => {
      const reason = distrust(senderOf(event, contents), trustedOrigin);
      if (reason === null) return host.answer(name, args);
      log.warn(`request refused: ${name} from an untrusted sender, ${reason}`);
      return { ok: false, error: { code: 'untrusted-sender', message: `The sender is not trusted: ${reason}.` } };
    });
  }
  host.subscribe((name, payload) => {
    if (contents.isDestroyed() || contents.isCrashed() || originOf(contents.getURL()) !== trustedOrigin) return;
    contents.send(eventChannel(name), payload);
  });
}

function senderOf({ sender, senderFrame }: IpcMainInvokeEvent, contents: WebContents): Sender {
  const isOurWindow = sender === contents;
  try {
    return {
      isOurWindow,
      frame: senderFrame === null ? null : { isMainFrame: senderFrame.parent === null, url: senderFrame.url },
    };
  } catch {
    // Reading from a frame that is gone throws.
    return { isOurWindow, frame: null };
  }
}
