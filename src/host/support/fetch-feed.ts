/** Fetches a feed over HTTP: without credentials, from nowhere but the given address, and with a limit on its size. */
import type { FetchFeed } from './update-checker.ts';

const MAX_WAIT_MS = 30_000;
const MAX_BYTES = 64 * 1024;

/** `fetchIt` is Node's `fetch`, or Electron's, which knows the system's proxies and certificates. */
export function feedFetcher(fetchIt: (url: string, init: RequestInit) => Promise<Response>): FetchFeed {
  return async (url) => {
    const response = await fetchIt(url, {
      redirect: 'error',
      credentials: 'omit',
      headers: { accept: 'application/json', 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(MAX_WAIT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the server answered ${String(response.status)}`);
    }
    return read(response);
  };
}

async function read(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest of the download.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`it is longer than ${String(MAX_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
