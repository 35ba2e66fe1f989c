import path from 'node:path';
import { expect, test } from 'vitest';
import { profileFolder } from '../../src/host/profile.ts';

test.each([
  ['linux', {}, '/home/a/.config/uccx-team-widget'],
  ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/uccx-team-widget'],
  ['darwin', {}, '/home/a/Library/Application Support/uccx-team-widget'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/uccx-team-widget'],
] as const)('on %s with %o the profile is in %s', (platform, environment, folder) => {
  expect(profileFolder(null, platform, environment, '/home/a')).toBe(path.normalize(folder));
});

test('a folder that was asked for goes over all', () => {
  expect(profileFolder('/asked', 'linux', { XDG_CONFIG_HOME: '/conf' }, '/home/a')).toBe('/asked');
});
