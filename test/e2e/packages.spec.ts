/**
 * The Windows and macOS packages, built on Linux as far as possible: unpacked, from distributions in which nothing
 * runs, and with the Windows installer's script compiled. What the installer does on a computer is not tested here.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile } from '@electron/asar';
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { LANGUAGES } from '../../src/shared/texts/languages.ts';
import config, { company } from '../../build/electron-builder.ts';
import { writeLegal } from '../../scripts/bill-of-materials.ts';
import { filesOf, fusesOf } from '../support/package-contents.ts';
import { macDistribution, macIcon, nsisTools, windowsDistribution } from '../support/stand-in-electron.ts';
import { expect, ROOT, test } from '../support/widget-fixture.ts';

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'Those of the system itself are made for real there.');

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uccx-team-widget-packages-'));
  writeLegal();
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
test.beforeEach(() => {
  test.setTimeout(120_000);
});

/** Builds one with the given changes, and returns its folder. */
async function make(platform: Platform, target: string, distribution: string, changes: Configuration = {}) {
  const output = path.join(folder, `${platform.name}-${target}`);
  await build({
    projectDir: ROOT,
    targets: platform.createTarget(target, Arch.x64),
    publish: 'never',
    config: copyOf({
      ...config,
      electronDist: distribution,
      ...changes,
      directories: { ...config.directories, output },
    }),
  });
  return output;
}

/** electron-builder modifies its input. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyOf(one)])) as T;
}

/** As set on purpose. */
const FUSES = Object.fromEntries(
  Object.entries(config.electronFuses ?? {}).map(([name, isOn]) => [name, isOn ? 'on' : 'off']),
);

function expectOurApp(asar: string): void {
  const { all, beside } = filesOf(asar);
  expect(beside).toEqual([]);
  expect(all).toContain('/out/main/index.js');
  expect(JSON.parse(extractFile(asar, 'package.json').toString('utf8'))).toMatchObject({ name: 'uccx-team-widget' });
}

test('the Windows app has our name, our fuses and the checksum of its own archive', async () => {
  const distribution = path.join(folder, 'electron-windows');
  await windowsDistribution(distribution);
  const app = path.join(await make(Platform.WINDOWS, 'dir', distribution), 'win-unpacked');
  const program = path.join(app, 'UCCX Team Widget.exe');
  expect(await fusesOf(program)).toEqual(FUSES);
  expectOurApp(path.join(app, 'resources', 'app.asar'));
  expect((await readdir(path.join(app, 'resources'))).sort()).toEqual(['app.asar', 'legal']);
  expect((await readdir(path.join(app, 'locales'))).sort()).toEqual(
    LANGUAGES.map(({ code }) => (code === 'en' ? 'en-US.pak' : `${code}.pak`)).sort(),
  );

  const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(program)));
  const [information] = Resource.VersionInfo.fromEntries(entries);
  const [language] = information?.getAllLanguagesForStringValues() ?? [];
  if (information === undefined || language === undefined) throw new Error('The program says nothing of itself');
  expect(information.getStringValues(language)).toMatchObject({
    CompanyName: company,
    FileDescription: 'UCCX Team Widget',
    ProductName: 'UCCX Team Widget',
  });
  const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString('utf8'))).toMatchObject([
    { file: String.raw`resources\app.asar`, alg: 'SHA256', value: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  ]);
});

test('the Windows installer compiles, with the link scheme for all users of the computer', async () => {
  const distribution = path.join(folder, 'electron-windows');
  const tools = await nsisTools(path.join(folder, 'nsis'));
  const before = { ...process.env };
  Object.assign(process.env, tools.environment);
  try {
    const output = await make(Platform.WINDOWS, 'nsis', distribution);
    expect(await readdir(output)).toContainEqual(expect.stringMatching(/^uccx-team-widget-.+-win-x64\.exe$/));
  } finally {
    process.env = before;
  }
  const [uninstaller = '', installer = ''] = await tools.outputs();
  const scheme = String.raw`SHELL_CONTEXT\Software\Classes\uccx-widget`;
  expect(installer).toContain(`WriteRegStr: ${scheme}\\URL Protocol=`);
  expect(installer).toContain(
    `WriteRegStr: ${scheme}\\shell\\open\\command\\="$INSTDIR\\UCCX Team Widget.exe" -- "%1"`,
  );
  expect(uninstaller).toContain(`DeleteRegKey: ${scheme}\n`);
  expect(uninstaller).toContain(
    String.raw`DeleteRegValue: HKCU\Software\Microsoft\Windows\CurrentVersion\Run\com.openmethods.uccx-team-widget`,
  );
  expect(installer + uninstaller).not.toMatch(/warning 6|unknown variable/);
});

test('the MSI’s project has the link scheme beside the program', async () => {
  const distribution = path.join(folder, 'electron-windows');
  let project = '';
  const isEnough = new Error('WiX itself is not here');
  const made = make(Platform.WINDOWS, 'msi', distribution, {
    msiProjectCreated: async (file) => {
      if (typeof config.msiProjectCreated === 'function') await config.msiProjectCreated(file);
      project = await readFile(file, 'utf8');
      throw isEnough;
    },
  });
  await expect(made).rejects.toBe(isEnough);
  expect(project).toContain('UpgradeCode="6F3C1B52-0E0B-4C59-9B0C-2D1F7A5C8E41"');
  expect(project).toContain(`Manufacturer="${company}"`);
  expect(project).toContain('<Property Id="ALLUSERS" Secure="yes" Value="1"/>');
  expect(project).toMatch(/<File Name="UCCX Team Widget\.exe"[^>]+Id="mainExecutable"/);
  expect(project).toContain(`<RegistryValue Name="URL Protocol" Type="string" Value=""/>`);
});

test('the macOS app has our name, our fuses, the link scheme and the checksum of its own archive', async () => {
  const distribution = path.join(folder, 'electron-mac');
  await macDistribution(distribution);
  const icon = await macIcon(path.join(folder, 'icon.icns'));
  const output = await make(Platform.MAC, 'dir', distribution, { mac: { ...config.mac, icon } });
  const app = path.join(output, 'mac', 'UCCX Team Widget.app');
  expect(await fusesOf(app)).toEqual(FUSES);
  expectOurApp(path.join(app, 'Contents', 'Resources', 'app.asar'));
  expect(await readdir(path.join(app, 'Contents', 'Resources'))).not.toContain('default_app.asar');
  const information = await readFile(path.join(app, 'Contents', 'Info.plist'), 'utf8');
  expect(information).toMatch(/<key>CFBundleIdentifier<\/key>\s*<string>com\.openmethods\.uccx-team-widget</);
  expect(information).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>uccx-widget</);
  expect(information).toMatch(/<key>ElectronAsarIntegrity<\/key>[\s\S]*<string>[0-9a-f]{64}</);
  const helpers = (await readdir(path.join(app, 'Contents', 'Frameworks'))).filter((name) => name.endsWith('.app'));
  expect(helpers).toHaveLength(4);
  for (const name of helpers) expect(name).toMatch(/^UCCX Team Widget Helper/);
});
