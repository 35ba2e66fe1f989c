/**
 * The bridge over the preview's WebSocket, shaped like the preload's. When the host returns after it was gone, the page
 * reloads, since the host has everything it shows.
 */
import type { Reply } from '../../shared/base/requests.ts';
import { EVENT_NAMES, REQUEST_NAMES, type Bridge, type EventName, type RequestName } from '../../shared/contract.ts';
import { t } from '../../shared/texts/texts.ts';

const RETRY_MS = 1000;

type AnyListener = (payload: never) => void;

export function openPreviewBridge(onHostLost: (isLost: boolean) => void): Bridge {
  const listeners = new Map<EventName, Set<AnyListener>>(EVENT_NAMES.map((name) => [name, new Set<AnyListener>()]));
  const waiting = new Map<number, (reply: Reply<never>) => void>();
  let nextId = 1;
  let unsent: string[] = [];

  const address = new URL('./socket', location.href);
  address.protocol = 'ws:';
  let socket = open();

  function open(): WebSocket {
    const opened = new WebSocket(address);
    opened.addEventListener('open', () => {
      for (const text of unsent) opened.send(text);
      unsent = [];
    });
    opened.addEventListener('message', ({ data }) => {
      receive(String(data));
    });
    opened.addEventListener('close', lost);
    return opened;
  }

  function receive(text: string): void {
    const message = JSON.parse(text) as
      { readonly id: number; readonly reply: Reply<never> } | { readonly event: EventName; readonly payload: never };
    if ('event' in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload);
    } else {
      waiting.get(message.id)?.(message.reply);
      waiting.delete(message.id);
    }
  }

  function lost(): void {
    onHostLost(true);
    for (const settle of waiting.values()) {
      settle({ ok: false, error: { code: 'host-lost', message: t('preview.ended') } });
    }
    waiting.clear();
    setTimeout(() => {
      socket = new WebSocket(address);
      socket.addEventListener('open', () => {
        location.reload();
      });
      socket.addEventListener('close', lost);
    }, RETRY_MS);
  }

  function request(name: RequestName, args: unknown): Promise<Reply<never>> {
    return new Promise((resolve) => {
      const id = nextId;
      nextId += 1;
      waiting.set(id, resolve);
      const text = JSON.stringify({ id, name, args });
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else unsent.push(text);
    });
  }

  function on(name: EventName, listener: AnyListener): () => void {
    listeners.get(name)?.add(listener);
    return () => {
      listeners.get(name)?.delete(listener);
    };
  }

  // Built in a loop over the names, so the contract provides the types. The socket itself is untyped.
  return {
    requests: Object.fromEntries(REQUEST_NAMES.map((name) => [name, (args: unknown) => request(name, args)])),
    on: Object.fromEntries(EVENT_NAMES.map((name) => [name, (listener: AnyListener) => on(name, listener)])),
  } as unknown as Bridge;
}
