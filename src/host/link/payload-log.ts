/**
 * A transport that logs everything sent and received over another one. It never logs headers, which may be secrets. It
 * must not know what the frames mean.
 */
import type { Transport } from '../../core/link/transport.ts';
import { processorHosts } from '../../shared/base/export-head.ts';

/** `isWanted` is called for each frame. */
export function payloadLogged(transport: Transport, isWanted: () => boolean, write: (line: string) => void): Transport {
  return (url, options, handlers) => {
    const host = processorHosts([url]);
    const note = (...words: readonly string[]): void => {
      if (isWanted()) write([host, ...words].join(' '));
    };
    const connection = transport(url, options, {
      ...handlers,
      onOpen: () => {
        note('opened');
        handlers.onOpen();
      },
      onFrame: (text) => {
        note('received', text);
        handlers.onFrame(text);
      },
      onBadFrame: (kind, detail, example) => {
        note(`received ${kind}, ${detail}:`, example);
        handlers.onBadFrame(kind, detail, example);
      },
      onEnd: (ending) => {
        note(`ended, ${ending.reason.code}`);
        handlers.onEnd(ending);
      },
    });
    return {
      send: (text) => {
        note('sent', text);
        connection.send(text);
      },
      ping: (text) => {
        connection.ping(text);
      },
      get bytesRead() {
        return connection.bytesRead;
      },
      close: () => {
        connection.close();
      },
      terminate: () => {
        connection.terminate();
      },
    };
  };
}
