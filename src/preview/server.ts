/**
 * Serves the built page and its requests to a browser on this machine, for machines without Electron and for tests. It
 * listens on loopback only, and answers nothing without the token from the URL or from another origin or host name, so
 * that no other page in the browser can read the board.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { findPageFile, pageHeaders } from '../host/base/page-files.ts';
import type { WidgetHost } from '../host/widget-host.ts';
import { t } from '../shared/texts/texts.ts';

const HOST = '127.0.0.1';
const MAX_REQUEST_BYTES = 1024 * 1024;
/** A page that leaves this much unread has been put to sleep by its browser, and is disconnected. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

export interface PreviewOptions {
  readonly host: WidgetHost;
  /** The folder of the built page. */
  readonly pageRoot: string;
  /** 0 for any free port. */
  readonly port: number;
}

export interface Preview {
  /** The address to open, including the token. */
  readonly url: string;
  close(): Promise<void>;
}

/** Rejects with an Error that says why the port can't be used. */
export async function servePreview({ host, pageRoot, port }: PreviewOptions): Promise<Preview> {
  const token = randomBytes(18).toString('base64url');
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message;
      reject(new Error(`Port ${port} can’t be had: ${why}. Name another with --port, or 0 for any.`, { cause: error }));
    });
    server.listen(port, HOST, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const { port: actualPort } = server.address() as AddressInfo;
  const names = [`${HOST}:${String(actualPort)}`, `localhost:${String(actualPort)}`];

  /** The path after the token, or null for a request that must not be answered. */
  function trustedPath({ url = '', headers }: IncomingMessage): string | null {
    if (headers.host === undefined || !names.includes(headers.host)) return null;
    const [, given, rest] = /^\/([^/?]*)(\/[^?]*)/.exec(url) ?? [];
    if (given === undefined || rest === undefined || given.length !== token.length) return null;
    return timingSafeEqual(Buffer.from(given), Buffer.from(token)) ? rest : null;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = trustedPath(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const connectTo = `ws://${request.headers.host ?? ''}`;
    const file = path !== null && isRead ? await findPageFile(pageRoot, path, connectTo) : null;
    if (file === null) {
      response.writeHead(path === null ? 403 : 404, {
        ...pageHeaders("'none'"),
        'Content-Type': 'text/plain; charset=utf-8',
      });
      response.end(`${path === null ? t('preview.wholeAddress') : t('preview.noFile')}\n`);
      return;
    }
    response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    // Node stops listening to an upgraded socket, and an unhandled error would end the process.
    socket.on('error', () => socket.destroy());
    const isOurPage = request.headers.origin === `http://${request.headers.host ?? ''}`;
    if (trustedPath(request) !== '/socket' || !isOurPage) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      serve(page, host);
    });
  });

  return {
    url: `http://${names[0] ?? ''}/${token}/`,
    close: async () => {
      for (const page of sockets.clients) page.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Relays one page's requests and the host's events. */
function serve(page: WebSocket, host: WidgetHost): void {
  const send = (message: unknown): void => {
    if (page.readyState !== page.OPEN) return;
    // When it wakes up, it connects again and gets the full state.
    if (page.bufferedAmount > MAX_UNREAD_BYTES) page.terminate();
    else page.send(JSON.stringify(message));
  };
  const unsubscribe = host.subscribe((event, payload) => {
    send({ event, payload });
  });
  page.on('close', unsubscribe);
  page.on('error', () => {
    page.terminate();
  });
  page.on('message', (data: Buffer) => {
    let request: unknown;
    try {
      request = JSON.parse(data.toString('utf8'));
    } catch {
      return;
    }
    if (typeof request !== 'object' || request === null) return;
    const { id, name, args } = request as Readonly<Record<string, unknown>>;
    void host.answer(name, args).then((reply) => {
      send({ id, reply });
    });
  });
}
