import { expect, test, vi } from 'vitest';
import { complaintsAboutStaged } from '../../scripts/pre-commit.ts';

// The first lint loads the linter and all its plugins.
vi.setConfig({ testTimeout: 60_000 });

test('formatted and clean files are committed', async () => {
  expect(await complaintsAboutStaged([{ name: 'scripts/x.ts', text: 'export const x = 1;\n' }])).toEqual([]);
});

test('unformatted files are named, with the command that formats them', async () => {
  expect(await complaintsAboutStaged([{ name: 'docs/x.md', text: '*  one\n' }])).toEqual([
    'docs/x.md: is not formatted; npx prettier --write docs/x.md',
  ]);
});

test('lint errors are named with their line', async () => {
  const text = 'export function x(): void {\n  const unused = 1;\n}\n';
  expect(await complaintsAboutStaged([{ name: 'scripts/x.ts', text }])).toEqual([
    expect.stringMatching(/^scripts\/x\.ts:2: 'unused' is assigned a value but never used/),
  ]);
});

test('an import across a wall is found', async () => {
  const text = "import '../host/widget-host.ts';\n";
  expect(await complaintsAboutStaged([{ name: 'src/core/x.ts', text }])).toEqual([
    expect.stringContaining('src/core may not import src/host'),
  ]);
});

test('files that the formatter ignores are left alone', async () => {
  expect(await complaintsAboutStaged([{ name: 'package-lock.json', text: '{}' }])).toEqual([]);
});
