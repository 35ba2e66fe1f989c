import { describe, expect, it } from 'vitest';
import { isPage, originOf, pageAddress } from '../../../src/main/base/page-address.ts';
import { distrust } from '../../../src/main/base/trusted-sender.ts';

const page = pageAddress({}, true);
const devPage = pageAddress({ ELECTRON_RENDERER_URL: 'http://localhost:5173' }, false);

function sender(url: string, isMainFrame = true, isOurWindow = true): Parameters<typeof distrust>[0] {
  return { isOurWindow, frame: { isMainFrame, url } };
}

describe('a sender', () => {
  it('is trusted as the main frame of our window at our page', () => {
    expect(distrust(sender('uccx-page://widget/'), page.origin)).toBeNull();
    expect(distrust(sender('uccx-page://widget/index.html#journey'), page.origin)).toBeNull();
  });

  it('is not trusted from another window, even at our page', () => {
    expect(distrust(sender('uccx-page://widget/', true, false), page.origin)).toMatch(/window/);
  });

  it('is not trusted if its frame is gone', () => {
    expect(distrust({ isOurWindow: true, frame: null }, page.origin)).toMatch(/gone/);
  });

  it('is not trusted from a frame inside the page', () => {
    expect(distrust(sender('uccx-page://widget/', false), page.origin)).toMatch(/frame/);
  });

  it.each([
    'https://widget/',
    'uccx-page://other/',
    'uccx-page://widget.example.org/',
    'uccx-page://widget:81/',
    'uccx-page:widget',
    'file:///uccx-page://widget/',
    'data:text/html,uccx-page://widget/',
    'about:blank',
    'http://localhost:5173/',
    '',
  ])('is not trusted at %j', (url) => {
    expect(distrust(sender(url), page.origin)).toMatch(/page/);
  });

  it('is trusted at the development server only if that serves the page', () => {
    expect(distrust(sender('http://localhost:5173/'), devPage.origin)).toBeNull();
    expect(distrust(sender('http://localhost:5174/'), devPage.origin)).toMatch(/page/);
    expect(distrust(sender('uccx-page://widget/'), devPage.origin)).toMatch(/page/);
  });

  it('is never trusted if our own origin is unknown', () => {
    expect(distrust(sender('about:blank'), '')).toMatch(/page/);
    expect(distrust(sender(''), '')).toMatch(/page/);
  });
});

describe('the page’s address', () => {
  it('is our own scheme, with an origin that names the host', () => {
    expect(page).toEqual({ url: 'uccx-page://widget/', origin: 'uccx-page://widget', isDevelopment: false });
  });

  it('is the development server’s only if the app is not packaged', () => {
    expect(devPage).toEqual({ url: 'http://localhost:5173', origin: 'http://localhost:5173', isDevelopment: true });
    expect(pageAddress({ ELECTRON_RENDERER_URL: 'http://localhost:5173' }, true)).toEqual(page);
  });

  it('may be reloaded, and anything else leads away from it', () => {
    expect(isPage(page, 'uccx-page://widget/')).toBe(true);
    expect(isPage(page, 'uccx-page://widget/#journey')).toBe(true);
    expect(isPage(devPage, 'http://localhost:5173/')).toBe(true);
    for (const url of [
      'uccx-page://widget/icon.svg',
      'uccx-page://other/',
      'https://example.org/',
      'uccx-page://widget/?a',
      '',
    ]) {
      expect(isPage(page, url), url).toBe(false);
    }
  });

  it('has no origin if it is invalid', () => {
    expect(originOf('no address')).toBeNull();
  });
});
