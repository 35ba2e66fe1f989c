/** Items of Electron's security checklist that no other test covers. SECURITY.md lists where each one is tested. */
import { expect, test } from '../support/widget-fixture.ts';

test('every window has the preferences that isolate a page from Node', async ({ launch }) => {
  const app = await launch([]);
  await app.firstWindow();
  const all = await app.evaluate(({ BrowserWindow }) =>
    // There is no other way to read the options a window was created with.
    BrowserWindow.getAllWindows().map((window) =>
      (window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
    ),
  );
  expect(all.length).toBeGreaterThan(0);
  for (const preferences of all) {
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(preferences['enableBlinkFeatures'] ?? '').toBe('');
  }
});

test('the page runs only its own scripts, and embeds nothing', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  await expect(page.getByRole('status', { name: 'Connection' }).or(page.getByText('Live')).first()).toBeVisible();
  const tried = await page.evaluate(async () => {
    const violated = (act: () => void) =>
      new Promise<string>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective }) => {
            resolve(effectiveDirective);
          },
          { once: true },
        );
        act();
      });
    const add = (name: string, properties: Record<string, string>) => () => {
      document.body.append(Object.assign(document.createElement(name), properties));
    };
    return {
      inline: await violated(add('script', { textContent: 'globalThis.ran = true' })),
      remote: await violated(add('script', { src: 'https://example.invalid/x.js' })),
      image: await violated(add('img', { src: 'https://example.invalid/x.png' })),
      frame: await violated(add('iframe', { src: 'https://example.invalid/' })),
      object: await violated(add('object', { data: 'https://example.invalid/x.svg' })),
      evaluated: await violated(() => {
        try {
          (0, eval)('globalThis.ran = true');
        } catch {
          // As it should.
        }
      }),
      form: await violated(() => {
        const form = Object.assign(document.createElement('form'), { action: 'https://example.invalid/' });
        document.body.append(form);
        form.submit();
      }),
      webview: document.createElement('webview').constructor.name,
      ran: 'ran' in globalThis,
    };
  });
  expect(tried).toEqual({
    inline: 'script-src-elem',
    remote: 'script-src-elem',
    image: 'img-src',
    frame: 'frame-src',
    object: 'object-src',
    evaluated: 'script-src',
    form: 'form-action',
    webview: 'HTMLElement',
    ran: false,
  });
});

test('the only permission granted is copying text', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  const asked = await page.evaluate(async () => {
    const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const states = await Promise.all(names.map(async (name) => [name, await state(name)] as const));
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      () => 'denied',
    );
    const place = await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => {
          resolve('given');
        },
        () => {
          resolve('denied');
        },
      );
    });
    return { ...Object.fromEntries(states), media, place };
  });
  expect(asked).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    midi: 'denied',
    media: 'denied',
    place: 'denied',
  });
});

test('nothing else in the app can reach the host', async ({ launch }) => {
  const app = await launch([]);
  const page = await app.firstWindow();
  // The bridge has named functions, but no way to send to arbitrary channels.
  const bridge = await page.evaluate(() => {
    const uccx = window.uccx as unknown as Record<string, Record<string, unknown>>;
    return Object.values(uccx).flatMap((part) => Object.values(part).map((value) => typeof value));
  });
  expect(new Set(bridge)).toEqual(new Set(['function']));
  const unknown = await page.evaluate(() =>
    Object.keys(globalThis).filter((name) => /^(ipc|electron|__dirname|global$)/i.test(name)),
  );
  expect(unknown).toEqual([]);
});
