/** The walls between the rooms hold: checks every import, static or dynamic. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { BESIDE, FORBIDDEN, JOINTS, mayImportSubject, ONLY_IN, OPEN_JOINTS, ROOMS, SUBJECTS } from '../walls.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const rooms: Readonly<Record<string, readonly string[]>> = ROOMS;
const beside: Readonly<Record<string, readonly string[]>> = BESIDE;
const forbidden: Readonly<Record<string, readonly { readonly regex: string; readonly message: string }[]>> = FORBIDDEN;

/** Why this file may not have this import, or null if it may. */
function objection(file: string, imported: string): string | null {
  const [first = '', second = ''] = file.split('/');
  const room = first === 'src' ? second : first;
  const allowed = first === 'src' ? rooms[room] : beside[room];
  if (allowed === undefined) return `${first === 'src' ? `src/${room}` : room} is no room`;
  const banned = forbidden[room]?.find(({ regex }) => new RegExp(regex).test(imported));
  if (banned !== undefined) return banned.message;
  if (!imported.startsWith('.')) return null;
  const [top = '', other = ''] = path.posix.join(path.posix.dirname(file), imported).split('/');
  if (top !== 'src') return first === 'src' && top in beside ? `src/${room} may not import ${top}` : null;
  if (other !== room && !allowed.includes(other)) return `${room} may not import src/${other}`;
  return first !== 'src' ? null : objectionOfSubjects(file, path.posix.join(path.posix.dirname(file), imported));
}

/** Why a file of one subject may not import a file of another, or a joint; null if it may. */
function objectionOfSubjects(file: string, target: string): string | null {
  const subject = subjectOf(file);
  if (subject === null || OPEN_JOINTS.includes(target)) return null;
  const other = subjectOf(target);
  if (other === null) return `${subject} may not import ${target}, which joins subjects`;
  return mayImportSubject(subject, other) ? null : `${subject} comes before ${other} and may not import it`;
}

/** The subject of a file in `src`, or null if it lies loose in its room. */
function subjectOf(file: string): string | null {
  const [, , folder, ...rest] = file.split('/');
  return rest.length === 0 ? null : (folder ?? null);
}

function importsOf(code: string): string[] {
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The script parts of a Svelte file; any other file entirely. */
function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

const FILES = filesIn('src');
const FILES_BESIDE = Object.keys(BESIDE).flatMap(filesIn);

describe('the sources', () => {
  test('are all checked', () => {
    expect(FILES.length).toBeGreaterThan(60);
    expect(FILES_BESIDE.length).toBeGreaterThan(10);
    expect(new Set(FILES.map((file) => file.split('/')[1]))).toEqual(new Set(Object.keys(ROOMS)));
  });

  test.each([...FILES, ...FILES_BESIDE])('%s keeps to its walls', (file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const objections = importsOf(scriptOf(file, text)).map((imported) => objection(file, imported));
    expect(objections.filter((one) => one !== null)).toEqual([]);
    for (const [name, only] of Object.entries(ONLY_IN)) {
      // As a word of code, not within a longer name or a text.
      const isNamed = new RegExp(`(^|[^\\w'"/:-])(\\.|\\[['"])?${name}\\b(?!-)`, 'm').test(withoutComments(text));
      if (file !== only && !ALLOWED_NAMES.has(`${name} ${file}`)) expect(isNamed, `${name} in ${file}`).toBe(false);
    }
  });
});

describe('the subjects', () => {
  test('are the only folders, the same in every room', () => {
    const folders = FILES.map(subjectOf).filter((folder) => folder !== null);
    expect([...new Set(folders)].filter((folder) => !SUBJECTS.includes(folder))).toEqual([]);
  });

  test('are joined by few files, none of which grows into a hub', () => {
    const loose = FILES.filter((file) => subjectOf(file) === null);
    expect(loose.toSorted()).toEqual(Object.keys(JOINTS).toSorted());
    const tooLong = Object.entries(JOINTS).filter(
      ([file, maxLines]) => readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 > maxLines,
    );
    expect(tooLong).toEqual([]);
  });
});

test('nothing is opened outside of the app', () => {
  // The preview opens the user's own browser, at its own address.
  const opening = FILES.filter((file) =>
    /\bshell\s*[,.}]|openExternal|openPath/.test(withoutComments(readFileSync(path.join(ROOT, file), 'utf8'))),
  );
  expect(opening).toEqual([]);
});

test('the host waits only by the clock it was given', () => {
  const ownTime = /\b(setTimeout|setInterval|systemClock)\b|timers\/promises|performance\.now/;
  const waiting = FILES.filter(
    (file) =>
      file.startsWith('src/host/') && ownTime.test(withoutComments(readFileSync(path.join(ROOT, file), 'utf8'))),
  );
  expect(waiting).toEqual([]);
});

/** The preload puts the bridge there by name, which does not count as touching it. */
const ALLOWED_NAMES = new Set(['uccx src/preload/index.ts']);

function withoutComments(text: string): string {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/<!--.*?-->/gs, '');
}

describe('an import across a wall is found', () => {
  test.each([
    ['src/shared/x.ts', "import 'node:fs';"],
    ['src/shared/x.ts', "import 'valibot';"],
    ['src/shared/x.ts', "import 'i18next-http-backend';"],
    ['src/shared/x.ts', "export * from '../core/widget.ts';"],
    ['src/core/x.ts', "import '../host/widget-host.ts';"],
    ['src/core/board/x.ts', "import '../../simulator/simulator.ts';"],
    ['src/core/x.ts', "const { app } = await import('electron');"],
    ['src/simulator/x.ts', "import type { Widget } from '../core/widget.ts';"],
    ['src/renderer/x.ts', "import '../../src/core/widget.ts';"],
    ['src/renderer/views/x.svelte', '<script lang="ts">import \'../../host/widget-host.ts\';</script>'],
    ['src/renderer/x.ts', "await import('../core/widget.ts');"],
    ['src/renderer/x.ts', "import 'node:fs';"],
    ['src/preload/x.ts', "import '../core/widget.ts';"],
    ['src/host/x.ts', "import { app } from 'electron';"],
    ['src/preview/x.ts', "import '../main/index.ts';"],
    ['src/main/ipc.ts', "import '../renderer/bridge.ts';"],
    ['src/attic/x.ts', "import '../shared/board.ts';"],
    ['src/core/link/x.ts', "import '../board/board.ts';"],
    ['src/core/settings/x.ts', "import type { AlertsView } from '../../shared/alerts/alerts.ts';"],
    ['src/renderer/board/x.svelte', '<script lang="ts">import \'../history/PastBar.svelte\';</script>'],
    ['src/renderer/board/x.ts', "import '../host-client.ts';"],
    ['src/core/base/x.ts', "import '../settings/settings.ts';"],
    ['gallery/x.ts', "import '../src/host/widget-host.ts';"],
    ['gallery/fixtures/x.ts', "import { World } from '../../src/simulator/board/world.ts';"],
    ['gallery/X.svelte', '<script lang="ts">import \'../src/core/widget.ts\';</script>'],
    ['gallery/x.ts', "import 'node:fs';"],
    ['src/renderer/board/x.ts', "import '../../../gallery/states.ts';"],
    ['src/host/x.ts', "await import('../../gallery/bridge.ts');"],
  ])('in %s: %s', (file, code) => {
    expect(importsOf(scriptOf(file, code)).map((imported) => objection(file, imported))[0]).toEqual(expect.any(String));
  });
});
