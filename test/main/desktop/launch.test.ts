import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownArguments, readLaunch } from '../../../src/main/desktop/launch.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the app’s own arguments', () => {
  it('are all after the executable if packaged', () => {
    expect(ownArguments(['/opt/widget', '--hidden', '--agent', '7'], true)).toEqual(['--hidden', '--agent', '7']);
  });

  it.each([
    { argv: ['electron', '.', '--agent', '7'] },
    { argv: ['electron', '/app/out/main/index.js', '--agent', '7'] },
    { argv: ['electron', '--no-sandbox', '--inspect=0', '/app', '--agent', '7'] },
    { argv: ['electron', '-r', '/tmp/loader.js', '--no-sandbox', '/app', '--agent', '7'] },
  ])('are those after the app’s path in $argv', ({ argv }) => {
    expect(ownArguments(argv, false)).toEqual(['--agent', '7']);
  });

  it('are none if nothing follows', () => {
    expect(ownArguments(['electron', '.'], false)).toEqual([]);
    expect(ownArguments(['electron'], false)).toEqual([]);
  });
});

describe('a launch', () => {
  it.each(['--procesor', '--agnet=7', '--profil-dir', '--hiden'])(
    'refuses %s, which looks like one of its own',
    (argument) => {
      expect(readLaunch([argument, 'x'], '1.0.0')).toEqual({ run: false, exitCode: 2 });
    },
  );

  it.each([
    '--no-sandbox',
    '--ozone-platform=x11',
    '--remote-debugging-port=0',
    '--inspect=0',
    '--headless',
    '--lang=de',
  ])('lets Chromium’s %s through', (argument) => {
    expect(readLaunch([argument], '1.0.0').run).toBe(true);
  });

  it('finds the widget’s options among Chromium’s switches', () => {
    const launch = readLaunch(
      ['--no-sandbox', '--profile-dir', '/tmp/p', '--force-device-scale-factor=2', '--agent', '7', 'x', '--hidden'],
      '1.2.3',
    );
    expect(launch).toMatchObject({ run: true, profileDir: '/tmp/p', isHidden: true });
    expect(launch.run && launch.layer.values.get('agentIds')?.value).toEqual(['7']);
  });

  it('is visible and uses the usual profile by default', () => {
    expect(readLaunch([], '1.2.3')).toMatchObject({ run: true, profileDir: null, isHidden: false });
  });

  it('exits with 2 and says so for an option without its value', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(readLaunch(['--profile-dir'], '1.2.3')).toEqual({ run: false, exitCode: 2 });
    expect(write).toHaveBeenCalledWith(expect.stringContaining('--profile-dir'));
  });

  it('exits with 0 once help or the version is printed', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(readLaunch(['--help'], '1.2.3')).toEqual({ run: false, exitCode: 0 });
    expect(write).toHaveBeenLastCalledWith(expect.stringContaining('--hidden'));
    expect(readLaunch(['--version'], '1.2.3')).toEqual({ run: false, exitCode: 0 });
    expect(write).toHaveBeenLastCalledWith('1.2.3\n');
  });
});

describe('a link', () => {
  const LINK = 'uccx-widget://journey/16817230';

  it('is found among the arguments, with and without a separator before it', () => {
    expect(readLaunch([LINK], '1.0.0')).toMatchObject({ run: true, link: LINK });
    expect(readLaunch(['--hidden', '--', LINK], '1.0.0')).toMatchObject({ run: true, link: LINK, isHidden: true });
    expect(readLaunch([], '1.0.0')).toMatchObject({ link: null });
  });

  it('makes everything after it ignored, since whoever made it may have put it there', () => {
    const launch = readLaunch(['--agent', '7', LINK, '--processor', 'ws://evil.example', '--agnet', '8'], '1.0.0');
    expect(launch.run && [...launch.layer.values.keys()]).toEqual(['agentIds']);
  });
});
