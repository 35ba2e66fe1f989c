/** The settings for editors, the dev container and git hooks agree with package.json and with what CI installs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import scripts from '../package.json' with { type: 'json' };
import launch from '../.vscode/launch.json' with { type: 'json' };
import extensions from '../.vscode/extensions.json' with { type: 'json' };
import container from '../.devcontainer/devcontainer.json' with { type: 'json' };

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describe('the launch configurations', () => {
  const started = launch.configurations.filter(({ request }) => request === 'launch');

  test.each(started)('$name runs an existing npm script, and names it', ({ name, runtimeExecutable, runtimeArgs }) => {
    expect([runtimeExecutable, runtimeArgs?.[0]]).toEqual(['npm', 'run']);
    const script = runtimeArgs?.[1] ?? '';
    expect(Object.keys(scripts.scripts)).toContain(script);
    expect(name).toContain(`npm run ${script}`);
  });

  test('main, preview and page can each be debugged', () => {
    const names = launch.configurations.map(({ name }) => name.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(['Main', 'Page', 'Preview']));
  });

  test('the page is attached where main opens its port', () => {
    const main = launch.configurations.find(({ name }) => name.startsWith('Main'));
    const page = launch.configurations.find(({ name }) => name.startsWith('Page'));
    const args = main?.runtimeArgs ?? [];
    expect(args[args.indexOf('--remoteDebuggingPort') + 1]).toBe(String(page?.port));
  });
});

test('the dev container installs what CI does, from one list, and recommends the editor’s extensions', () => {
  for (const file of ['.ci/run', '.devcontainer/Dockerfile']) expect(read(file)).toContain('.ci/debian-packages.txt');
  for (const name of read('.ci/debian-packages.txt').trim().split('\n')) {
    expect(read('.ci/run')).not.toContain(name);
    expect(read('.devcontainer/Dockerfile')).not.toContain(name);
  }
  expect(container.customizations.vscode.extensions).toEqual(extensions.recommendations);
});

describe('on npm ci', () => {
  const installed = (prepare: (git: (...args: string[]) => string) => void, environment = {}): string => {
    const clone = mkdtempSync(path.join(tmpdir(), 'uccx-team-widget-hooks-'));
    onTestFinished(() => {
      rmSync(clone, { recursive: true, force: true });
    });
    const env = { PATH: process.env['PATH'], HOME: clone, ...environment };
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: clone, env, encoding: 'utf8' });
    prepare(git);
    execFileSync(process.execPath, [path.join(ROOT, '.githooks/install.js')], { cwd: clone, env });
    return git('config', '--default', 'none', 'core.hooksPath').trim();
  };

  test('a clone gets the hooks', () => {
    expect(installed((git) => git('init', '-q'))).toBe('.githooks');
  });

  test('hooks that somebody chose stay', () => {
    expect(installed((git) => (git('init', '-q'), git('config', 'core.hooksPath', 'mine')))).toBe('mine');
  });

  test('CI gets none', () => {
    expect(installed((git) => git('init', '-q'), { CI: 'true' })).toBe('none');
  });

  test('a folder without git is installed without them', () => {
    expect(installed(() => undefined)).toBe('none');
  });
});
