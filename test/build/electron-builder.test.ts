/** How the packages are made, as far as that can be said without making those of another system. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import config, { withLinkScheme } from '../../build/electron-builder.ts';
import { LINK_SCHEME } from '../../src/shared/journey/deep-link.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test('a new MSI takes the place of every older one', () => {
  // Windows knows the product by it: with another one, old and new would stand side by side.
  expect(config.msi?.upgradeCode).toBe('6F3C1B52-0E0B-4C59-9B0C-2D1F7A5C8E41');
});

test('each system has its packages, for both kinds of processors', () => {
  const both = { arch: ['x64', 'arm64'] };
  expect(config.win?.target).toEqual([
    { target: 'nsis', ...both },
    { target: 'msi', ...both },
  ]);
  expect(config.mac?.target).toEqual([
    { target: 'dmg', arch: 'universal' },
    { target: 'zip', arch: 'universal' },
  ]);
  expect(config.linux?.target).toEqual([
    { target: 'AppImage', ...both },
    { target: 'deb', ...both },
    { target: 'rpm', ...both },
  ]);
  expect(config.nsis).toMatchObject({ perMachine: true, oneClick: true });
  expect(config.msi).toMatchObject({ perMachine: true, oneClick: true });
});

describe('the link scheme', () => {
  test('is in the list that macOS and Linux register from', () => {
    expect(config.protocols).toMatchObject([{ schemes: [LINK_SCHEME] }]);
  });

  test('is registered by the NSIS installer for the computer, and goes with it', () => {
    const script = readFileSync(path.join(ROOT, config.nsis?.include ?? ''), 'utf8');
    const [install = '', uninstall = ''] = script.split('!macro customUnInstall');
    const key = String.raw`SHELL_CONTEXT "Software\Classes\uccx-widget`;
    expect(install).toContain(
      `WriteRegStr ${key}\\shell\\open\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" -- "%1"'`,
    );
    expect(install).toContain(`WriteRegStr ${key}" "URL Protocol" ""`);
    expect(uninstall).toContain(`DeleteRegKey ${key}"`);
  });

  test('is put into the WiX project of the MSI', () => {
    const template = readFileSync(
      path.join(ROOT, 'node_modules', 'app-builder-lib', 'templates', 'msi', 'template.xml'),
      'utf8',
    );
    // As electron-builder fills the place of the files.
    const project = template.replace('{{-files}}', '<Component><File Name="a.exe" Id="mainExecutable"/></Component>');
    const changed = withLinkScheme(project);
    expect(changed).toContain(String.raw`Key="Software\Classes\uccx-widget"`);
    expect(changed).toContain(`Value='"[#mainExecutable]" -- "%1"'`);
    expect(changed.replace(/ {2}<Component Id="LinkScheme"[\s\S]*?<\/Component>\n {4}/, '')).toBe(project);
  });

  test('is missed aloud where electron-builder makes another project', () => {
    expect(() => withLinkScheme('<Wix></Wix>')).toThrow('the link scheme has no place in it');
    expect(() => withLinkScheme('<ComponentGroup></ComponentGroup>')).toThrow('no place');
  });
});

describe('signing', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  const mac = async () => (await import('../../build/electron-builder.ts')).default.mac;

  test('is not there without a certificate', async () => {
    for (const name of ['CSC_LINK', 'CSC_NAME', 'APPLE_API_KEY', 'APPLE_ID']) vi.stubEnv(name, undefined);
    vi.resetModules();
    expect(await mac()).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false });
  });

  test('is switched on by the environment, with the hardened runtime, and notarisation beside it', async () => {
    vi.stubEnv('CSC_LINK', 'certificate.p12');
    vi.resetModules();
    expect(await mac()).toMatchObject({ hardenedRuntime: true, notarize: false });
    expect(await mac()).not.toHaveProperty('identity');
    vi.stubEnv('APPLE_API_KEY', 'key.p8');
    vi.resetModules();
    expect(await mac()).toMatchObject({ hardenedRuntime: true, notarize: true });
  });
});
