/** The packaged app as an administrator installs it and a user without privileges runs it. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile } from '@electron/asar';
import { filesOf, fusesOf } from '../support/package-contents.ts';
import { family, packApp, PackagedPage, fpmInputs, User } from '../support/packaged-app.ts';
import { expect, member, test } from '../support/widget-fixture.ts';
import { NO_HOTKEYS } from '../../lab/no-hotkeys.ts';

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'The packaged app is driven on Linux.');

let folder = '';
let app = '';
const program = () => path.join(app, 'uccx-team-widget');
const asar = () => path.join(app, 'resources', 'app.asar');

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-packed-'));
  app = await packApp(folder);
});

test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('it contains what was built and nothing else', async () => {
  const { all: files, beside } = filesOf(asar());
  expect(beside).toEqual([]);
  expect(files.filter((file) => /legal|shipped-packages/.test(file))).toEqual([]);
  expect(files.filter((file) => /\.(ts|svelte|map)$|\/node_modules\/|\.(test|spec)\./.test(file))).toEqual([]);
  expect(files).toContain('/out/main/index.js');
  expect(files).toContain('/out/preload/index.cjs');
  expect(files).toContain('/out/renderer/index.html');
  const manifest = JSON.parse(extractFile(asar(), 'package.json').toString('utf8')) as Record<string, unknown>;
  expect(manifest).not.toHaveProperty('devDependencies');
  expect(manifest).not.toHaveProperty('scripts');
  expect(manifest).toMatchObject({ name: 'uccx-team-widget', main: 'out/main/index.js' });
});

test('it lists what ships in it, and under which licences', async () => {
  const legal = (name: string) => readFile(path.join(app, 'resources', 'legal', name), 'utf8');
  const bill = JSON.parse(await legal('bom.cdx.json')) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
    readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  expect(bill.metadata.component).toMatchObject({ name: 'uccx-team-widget', type: 'application' });
  const names = bill.components.map(({ name }) => name);
  for (const name of ['electron', 'ws', 'svelte', 'valibot', 'i18next', 'bits-ui']) expect(names).toContain(name);
  for (const name of ['vitest', 'eslint', 'typescript', 'electron-builder']) expect(names).not.toContain(name);
  const licences = await legal('third-party-licenses.txt');
  for (const { name, version } of bill.components) expect(licences).toContain(`${name}@${version} (`);
});

test('every fuse is set as decided', async () => {
  expect(await fusesOf(program())).toEqual({
    runAsNode: 'off',
    enableNodeOptionsEnvironmentVariable: 'off',
    enableNodeCliInspectArguments: 'off',
    enableEmbeddedAsarIntegrityValidation: 'on',
    onlyLoadAppFromAsar: 'on',
    enableCookieEncryption: 'off',
    loadBrowserProcessSpecificV8Snapshot: 'off',
    grantFileProtocolExtraPrivileges: 'off',
  });
});

test('deb and rpm install it for everybody on the computer, with its link scheme', async () => {
  test.setTimeout(120_000);
  const files = await fpmInputs(app, folder);
  for (const kind of ['deb', 'rpm']) {
    const desktop = files.get(`${kind}.desktop`) ?? '';
    expect(desktop).toMatch(/^MimeType=x-scheme-handler\/uccx-widget;$/m);
    expect(desktop).toMatch(/^Exec="\/opt\/UCCX Team Widget\/uccx-team-widget" %U$/m);
    expect(desktop).toMatch(/^Name=UCCX Team Widget$/m);
    expect(desktop).toMatch(/^Icon=uccx-team-widget$/m);
    const args = (files.get(`${kind}.arguments`) ?? '').split('\n');
    expect(args[args.indexOf('--name') + 1]).toBe('uccx-team-widget');
    expect(args[args.indexOf('--version') + 1]).toMatch(/^\d+\.\d+\.\d+$/);
    // Where user namespaces are disabled, Chromium's sandbox needs its helper.
    expect(files.get(`${kind}.after-install`)).toContain("chmod 4755 '/opt/UCCX Team Widget/chrome-sandbox'");
  }
});

test('it runs in the sandbox for a user without privileges, and takes a link', async ({ processor }) => {
  test.setTimeout(120_000);
  const user = await User.create();
  try {
    const profile = path.join(user.home, 'profile');
    await mkdir(profile);
    await writeFile(path.join(profile, 'settings.json'), JSON.stringify({ hotkeys: NO_HOTKEYS }));
    await user.own();
    const own = ['--profile-dir', profile];
    const child = user.start(program(), {
      args: ['--remote-debugging-port=0', ...own, '--processor', processor.url, '--agent', '1001'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [page, connection] = await Promise.all([PackagedPage.of(child), processor.connection()]);
    await connection.begin();
    connection.event('teamadded', '1001', {
      teamId: 't',
      teamName: 'Sales',
      members: [member('m', { memberName: 'Ana Torres' })],
    });
    await page.text('Ana Torres');
    expect(await page.evaluate('[typeof require, typeof process, location.protocol]')).toEqual([
      'undefined',
      'undefined',
      'uccx-page:',
    ]);

    const all = await family(child.pid ?? 0);
    const [main] = all;
    const renderers = all.filter(({ commandLine }) => commandLine.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const { commandLine, seccomp, userNamespace } of renderers) {
      expect(commandLine).not.toContain('--no-sandbox');
      expect(seccomp).toBe('2');
      expect(userNamespace).not.toBe(main?.userNamespace);
    }
    if (process.getuid?.() === 0) expect(new Set(all.map(({ uid }) => uid))).toEqual(new Set([65_534]));

    const second = user.start(program(), { args: [...own, '--', 'uccx-widget://journey/16817230'] });
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
    const request = await connection.request('report.calljourney');
    expect(request.data).toEqual({ CallId: '16817230' });
    connection.success(request, { CallJourney: [] });
    await page.text('Call 16817230');

    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await readFile(path.join(profile, 'logs', 'widget.log'), 'utf8')).not.toContain('[error]');
  } finally {
    await user.remove();
  }
});

test('what a fuse has disabled stays disabled', async () => {
  const user = await User.create();
  try {
    const run = async (args: readonly string[], environment: Readonly<Record<string, string>>) => {
      const child = user.start(program(), { args, environment });
      let output = '';
      child.stdout?.on('data', (data: Buffer) => (output += data.toString('utf8')));
      child.stderr?.on('data', (data: Buffer) => (output += data.toString('utf8')));
      await new Promise((resolve) => child.once('exit', resolve));
      return output;
    };
    // A plain Node would print this, not the widget's version.
    const asNode = await run(['-p', '`a ${"Node"}`', '--version'], { ELECTRON_RUN_AS_NODE: '1' });
    expect(asNode).not.toContain('a Node');
    expect(asNode).toMatch(/^\d+\.\d+\.\d+/m);
    const inspected = await run(['--inspect=0', '--version'], {});
    expect(inspected).not.toContain('Debugger listening');
    const options = await run(['--version'], { NODE_OPTIONS: '--title=opened --require /nowhere.js' });
    expect(options).not.toContain('/nowhere.js');
  } finally {
    await user.remove();
  }
});
