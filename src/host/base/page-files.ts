/**
 * Finds the files of the built page for both hosts: which file a path means, its type, and the headers it is sent with.
 * Nothing outside the page's folder is ever found.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The headers of every answer. `connectTo` is what the page may connect to: nothing in Electron, where the socket lives
 * outside the page; in a browser, the preview's own socket.
 */
export function pageHeaders(connectTo: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src ${connectTo}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

/** Finds the file that a URL path means inside `root`, or returns null if there is none. `/` is the page itself. */
export async function findPageFile(root: string, urlPath: string, connectTo: string): Promise<PageFile | null> {
  let name;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (name.includes('\0') || name.includes('\\')) return null;
  const file = path.resolve(root, `.${name === '/' ? '/index.html' : name}`);
  const type = TYPES[path.extname(file)];
  if (type === undefined || !file.startsWith(path.resolve(root) + path.sep)) return null;
  try {
    return { body: new Uint8Array(await readFile(file)), headers: { ...pageHeaders(connectTo), 'Content-Type': type } };
  } catch {
    return null;
  }
}
