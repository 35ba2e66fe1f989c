/**
 * The pre-commit hook: checks format and lint of the staged content, and the texts if a source is staged. It takes
 * seconds because it skips the rules that need types; `npm run lint` has them.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';
import { check, getFileInfo, resolveConfig } from 'prettier';
import ts from 'typescript-eslint';
import { ownComplaints } from './check-texts.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const MAX_GIT_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface StagedFile {
  /** Relative to the root of the repository. */
  readonly name: string;
  readonly text: string;
}

/** What keeps these files from being committed, at least one line each. */
export async function complaintsAboutStaged(files: readonly StagedFile[]): Promise<string[]> {
  const formats = await Promise.all(files.map(formatComplaints));
  const texts = files.some(({ name }) => name.startsWith('src/')) ? ownComplaints() : [];
  return [...formats.flat(), ...(await lintComplaints(files)), ...texts];
}

async function formatComplaints({ name, text }: StagedFile): Promise<string[]> {
  const file = path.join(ROOT, name);
  const info = await getFileInfo(file, { ignorePath: path.join(ROOT, '.prettierignore') });
  if (info.ignored || info.inferredParser === null) return [];
  const options = { ...(await resolveConfig(file, { editorconfig: true })), filepath: file };
  return (await check(text, options)) ? [] : [`${name}: is not formatted; npx prettier --write ${name}`];
}

async function lintComplaints(files: readonly StagedFile[]): Promise<string[]> {
  const linted = files.filter(({ name }) => /\.(ts|js|cjs|svelte)$/.test(name));
  if (linted.length === 0) return [];
  const eslint = new ESLint({ cwd: ROOT, overrideConfig: ts.configs.disableTypeChecked });
  const complaints: string[] = [];
  for (const { name, text } of linted) {
    const results = await eslint.lintText(text, { filePath: path.join(ROOT, name), warnIgnored: false });
    for (const { messages } of results) {
      complaints.push(...messages.map(({ line, message }) => `${name}:${String(line)}: ${message}`));
    }
  }
  return complaints;
}

function stagedFiles(): StagedFile[] {
  return git('diff', '--cached', '--name-only', '--diff-filter=d', '--no-renames', '-z')
    .split('\0')
    .filter((name) => /\.(ts|js|cjs|svelte|json|md|html|css|ya?ml)$/.test(name))
    .map((name) => ({ name, text: git('show', `:${name}`) }));
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: MAX_GIT_OUTPUT_BYTES });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const complaints = await complaintsAboutStaged(stagedFiles());
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) {
    console.error('Nothing was committed. `git commit --no-verify` passes these checks over.');
    process.exitCode = 1;
  }
}
