/**
 * Denies everything that no page of the widget needs: leaving the page, new windows, embedded views, downloads except
 * of what the page made itself, devices, and all permissions but copying text. It must not know what the page is for.
 */
import { app, type Session, type WebContents } from 'electron';
import type { Log } from '../../core/base/log.ts';
import { isPage, originOf, type PageAddress } from './page-address.ts';

/** Applies to all web contents and sessions created from now on. Refusals are logged. */
export function denyByDefault(page: PageAddress, log: Log): void {
  app.on('session-created', (session) => {
    denyAccess(session, page, log);
  });
  app.on('web-contents-created', (_event, contents) => {
    denyLeaving(contents, page, log);
  });
}

function denyLeaving(contents: WebContents, page: PageAddress, log: Log): void {
  const refuse = (what: string, event: { preventDefault(): void }, url: string): void => {
    event.preventDefault();
    log.warn(`denied: ${what} to ${shorten(url)}`);
  };
  // Emitted for every frame; the main frame also emits `will-navigate`.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPage(page, event.url)) refuse('navigation', event, event.url);
  });
  contents.on('will-navigate', (event) => {
    if (!isPage(page, event.url)) refuse('navigation', event, event.url);
  });
  contents.on('will-redirect', (event) => {
    refuse('redirect', event, event.url);
  });
  contents.on('will-attach-webview', (event, _preferences, { src }) => {
    refuse('embedded view', event, src ?? '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`denied: new window to ${shorten(url)}`);
    return { action: 'deny' };
  });
}

/**
 * Lets the page write text to the clipboard when the user presses a key or button. Reading it is a separate permission.
 */
const COPYING = 'clipboard-sanitized-write';

function denyAccess(session: Session, page: PageAddress, log: Log): void {
  // Some permissions are checked often, so each is logged once.
  const logged = new Set<string>();
  const logOnce = (what: string): void => {
    if (logged.has(what)) return;
    logged.add(what);
    log.warn(`denied: ${what}`);
  };
  const isAllowed = (permission: string, url: string): boolean => {
    if (permission === COPYING && originOf(url) === page.origin) return true;
    logOnce(`permission ${permission}`);
    return false;
  };
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(isAllowed(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(({ deviceType }) => {
    logOnce(`device ${deviceType}`);
    return false;
  });
  session.on('will-download', (event, item) => {
    // The page may save what it made itself, where the user chooses. It may not download anything.
    if (item.getURL().startsWith(`blob:${page.origin}/`)) return;
    event.preventDefault();
    log.warn(`denied: download of ${shorten(item.getURL())}`);
  });
}

function shorten(url: string): string {
  const limit = 200;
  return url.length > limit ? `${url.slice(0, limit)}…` : url;
}
