/** The page's address: our own scheme, or electron-vite's development server. It must not know how either is served. */

export const PAGE_SCHEME = 'uccx-page';
export const PAGE_HOST = 'widget';
const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

export interface PageAddress {
  readonly url: string;
  /** The only origin whose page may send requests. */
  readonly origin: string;
  readonly isDevelopment: boolean;
}

/** The page's address. A packaged app never takes it from the environment. */
export function pageAddress(
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): PageAddress {
  const devServer = isPackaged ? undefined : environment['ELECTRON_RENDERER_URL'];
  const url = devServer ?? PAGE_URL;
  return { url, origin: originOf(url) ?? '', isDevelopment: devServer !== undefined };
}

/** Scheme, host and port of a URL, or null for invalid text. For our own scheme, `URL.origin` would be `null`. */
export function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return null;
  }
}

/** Whether a URL is the page itself, which may be reloaded. Everything else would lead away from it. */
export function isPage(page: PageAddress, url: string): boolean {
  try {
    const { pathname, search } = new URL(url);
    return originOf(url) === page.origin && (pathname === '/' || pathname === '') && search === '';
  } catch {
    return false;
  }
}
