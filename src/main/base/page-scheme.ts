/**
 * Serves the built page from its own scheme, so that it has an origin, a strict content security policy and no access
 * to the file system. It must not know what the page contains.
 */
import { protocol } from 'electron';
import { findPageFile, pageHeaders, type PageFile } from '../../host/base/page-files.ts';
import { PAGE_HOST, PAGE_SCHEME } from './page-address.ts';

// The socket to the processor lives outside the page.
const CONNECT_TO_NOTHING = "'none'";

/** Must be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false } },
  ]);
}

/** Serves the files of `root`. Call it once the app is ready. */
export function servePage(root: string): void {
  protocol.handle(PAGE_SCHEME, async ({ method, url }) => {
    if (method !== 'GET') return refusal(405, 'The page can only be read.');
    const { host, pathname } = new URL(url);
    const file: PageFile | null = host === PAGE_HOST ? await findPageFile(root, pathname, CONNECT_TO_NOTHING) : null;
    return file === null ? refusal(404, 'There is no such file.') : new Response(file.body, { headers: file.headers });
  });
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...pageHeaders(CONNECT_TO_NOTHING), 'Content-Type': 'text/plain' } });
}
