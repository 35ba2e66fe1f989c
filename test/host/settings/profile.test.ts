import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeProfileFolder, profileFolder } from '../../../src/host/settings/profile.ts';

test.each([
  ['linux', {}, '/home/a/.config/uccx-team-widget'],
  ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/uccx-team-widget'],
  ['darwin', {}, '/home/a/Library/Application Support/uccx-team-widget'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/uccx-team-widget'],
] as const)('on %s with %o the profile is in %s', (platform, environment, folder) => {
  expect(profileFolder(null, platform, environment, '/home/a')).toBe(path.normalize(folder));
});

test('an explicit folder takes precedence', () => {
  expect(profileFolder('/asked', 'linux', { XDG_CONFIG_HOME: '/conf' }, '/home/a')).toBe('/asked');
});

test.skipIf(process.platform === 'win32')('a new one is for its owner alone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'uccx-profile-'));
  try {
    const profile = path.join(folder, 'not', 'there');
    makeProfileFolder(profile);
    expect((await stat(profile)).mode & 0o777).toBe(0o700);
  } finally {
    await rm(folder, { recursive: true });
  }
});
