/**
 * Checks the text catalogues before a build: every language has all texts that English has, with the same variables and
 * all plural forms, and English has no unused texts. If not, exits with 1 and says what to do. It can't judge the
 * wording.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CATALOGUES, type Catalogue } from '../src/shared/texts/languages.ts';

const VARIABLE = /\{\{(\w+)\}\}/g;
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** What is wrong with the catalogues, one line each. English is under `en`. */
export function complaintsAbout(catalogues: Readonly<Record<string, Catalogue>>): string[] {
  const english = flat(catalogues['en'] ?? {});
  return Object.entries(catalogues).flatMap(([language, catalogue]) => {
    const texts = flat(catalogue);
    const complain = (key: string, what: string): string => `${language}: ${key}: ${what}`;
    return [
      ...[...texts].filter(([, text]) => text.trim() === '').map(([key]) => complain(key, 'is empty; say it')),
      ...[...texts]
        .filter(([, text]) => /\{\{|\}\}/.test(text.replaceAll(VARIABLE, '')))
        .map(([key]) => complain(key, 'has braces that are no variable; write {{name}}')),
      ...pluralComplaints(language, texts, english, complain),
      ...[...english.keys()]
        .filter((key) => !isPlural(key, english) && !texts.has(key))
        .map((key) => complain(key, 'is missing; translate it')),
      ...[...texts.keys()]
        .filter((key) => !isPlural(key, english) && !english.has(key))
        .map((key) => complain(key, 'is not in English; take it out, or add it there')),
      ...variableComplaints(texts, english, complain),
    ];
  });
}

type Complain = (key: string, what: string) => string;
type Texts = ReadonlyMap<string, string>;

/** Texts by their full key. */
function flat(catalogue: Catalogue, before = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([name, part]) =>
      typeof part === 'string' ? [[before + name, part] as const] : [...flat(part, `${before}${name}.`)],
    ),
  );
}

function stem(key: string): string {
  return key.replace(PLURAL, '');
}

/** Whether English has this text in plural forms. */
function isPlural(key: string, english: Texts): boolean {
  return PLURAL.test(key) && english.has(`${stem(key)}_other`);
}

function pluralComplaints(language: string, texts: Texts, english: Texts, complain: Complain): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => `_${form}`);
  const stems = new Set([...english.keys()].filter((key) => isPlural(key, english)).map(stem));
  return [...stems].flatMap((key) => [
    ...forms
      .filter((form) => !texts.has(key + form))
      .map((form) => complain(key + form, 'is missing; this language needs it')),
    ...[...texts.keys()]
      .filter((other) => stem(other) === key && other !== key && !forms.includes(other.slice(key.length)))
      .map((other) => complain(other, 'is a form that this language has not; take it out')),
  ]);
}

function variableComplaints(texts: Texts, english: Texts, complain: Complain): string[] {
  return [...texts].flatMap(([key, text]) => {
    const model = english.get(key) ?? english.get(`${stem(key)}_other`);
    if (model === undefined) return [];
    const [has, needs] = [variablesOf(text), variablesOf(model)];
    // A form for a single number need not contain it.
    const mayLack = isPlural(key, english) && !key.endsWith('_other') ? ['count'] : [];
    return [
      ...needs
        .filter((name) => !has.includes(name) && !mayLack.includes(name))
        .map((name) => complain(key, `lacks {{${name}}}, which English has; put it in`)),
      ...has
        .filter((name) => !needs.includes(name))
        .map((name) => complain(key, `has {{${name}}}, which English has not; take it out`)),
    ];
  });
}

function variablesOf(text: string): string[] {
  return Array.from(text.matchAll(VARIABLE), ([, name = '']) => name);
}

/**
 * English texts that no source uses: neither by the full key in quotes, nor by its start in a template, such as
 * `link.words.${…}`.
 */
export function unusedTexts(english: Catalogue, sources: readonly string[]): string[] {
  const all = sources.join('\n');
  const quoted = new Set(Array.from(all.matchAll(/['"`]([\w.-]+)['"`]/g), ([, key = '']) => key));
  const prefixes = Array.from(all.matchAll(/`([\w.-]+\.)\$\{/g), ([, prefix = '']) => prefix);
  const keys = new Set(Array.from(flat(english).keys(), stem));
  return [...keys]
    .filter((key) => !quoted.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
    .map((key) => `en: ${key}: is used nowhere in src; take it out`);
}

/** What is wrong with the widget's own catalogues. */
export function ownComplaints(): string[] {
  const root = path.resolve(import.meta.dirname, '../src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'));
  const catalogues = Object.fromEntries(
    Object.entries(CATALOGUES).map(([code, { texts }]) => [code, texts as Catalogue]),
  );
  return [...complaintsAbout(catalogues), ...unusedTexts(CATALOGUES.en.texts, sources)];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const complaints = ownComplaints();
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
}
