import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPageFile, pageHeaders } from '../../../src/host/base/page-files.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-files-'));
  root = path.join(folder, 'page');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'index.html'), '<p>page</p>');
  await writeFile(path.join(root, 'assets', 'a b.js'), '1');
  await writeFile(path.join(folder, 'secret.json'), '{}');
  await mkdir(path.join(folder, 'page-beside'));
  await writeFile(path.join(folder, 'page-beside', 'x.js'), '1');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the page’s files', () => {
  test('the root is the page itself, with its type and the policy', async () => {
    const file = await findPageFile(root, '/', "'none'");
    expect(Buffer.from(file?.body ?? []).toString()).toBe('<p>page</p>');
    expect(file?.headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(file?.headers['Content-Security-Policy']).toContain("connect-src 'none'");
  });

  test('an escaped name is found', async () => {
    expect((await findPageFile(root, '/assets/a%20b.js', "'none'"))?.headers['Content-Type']).toContain('javascript');
  });

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/..\\secret.json',
    '/../page-beside/x.js',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/nothing.js',
    '//etc/passwd',
  ])('%s finds nothing', async (urlPath) => {
    expect(await findPageFile(root, urlPath, "'none'")).toBeNull();
  });

  test('the policy allows nothing from elsewhere', () => {
    const policy = pageHeaders("'none'")['Content-Security-Policy'];
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
});
