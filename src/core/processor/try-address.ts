/**
 * Tries whether a processor answers at an address: opens a connection of its own, pings once and says goodbye. Nothing
 * is begun, so that whatever the widget shows meanwhile is not touched.
 */
import type { AddressTrial } from '../../shared/link.ts';
import type { Clock } from './clock.ts';
import type { Transport, TransportOptions } from './transport.ts';

export function tryAddress(
  url: string,
  transport: Transport,
  options: TransportOptions,
  clock: Pick<Clock, 'now' | 'after'>,
): Promise<AddressTrial> {
  const begun = clock.now();
  return new Promise((resolve) => {
    let isOpen = false;
    const silent = clock.after(options.connectTimeoutMs, () => {
      if (!isOpen) return;
      connection.terminate();
      resolve({ url, isOk: false, reason: { code: 'silent', message: { key: 'link.silent' }, remedy: '' } });
    });
    const connection = transport(url, options, {
      onOpen: () => {
        isOpen = true;
        connection.ping('test');
      },
      onFrame: () => undefined,
      onOddFrame: () => undefined,
      onPong: () => {
        silent();
        connection.close();
        resolve({ url, isOk: true, tookMs: clock.now() - begun });
      },
      onEnd: ({ reason }) => {
        silent();
        resolve({ url, isOk: false, reason });
      },
    });
  });
}
