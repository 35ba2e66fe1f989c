/**
 * Builds the support bundle: settings, log, violations, gaps and versions as texts in one zip, so that the sender can
 * read it first. It holds no secrets of the settings, and names nobody the widget knew unless `logsNames` allows it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { LayeredSettings } from '../../core/settings/layers.ts';
import { isRecord } from '../../core/base/unknown.ts';
import { SETTING_KEYS, SETTINGS } from '../../core/settings.ts';
import type { Holding } from '../../core/settings/setting.ts';
import { blindTimeText } from '../../shared/link/blind-time-report.ts';
import type { BlindTime } from '../../shared/link/blind-time.ts';
import { violationReportText } from '../../shared/link/violation-report.ts';
import type { ViolationRecord } from '../../shared/link/violations.ts';
import { headLines, processorHosts, type ExportHead } from '../../shared/base/export-head.ts';
import { logsFolder } from './log.ts';
import { masked } from './masked-log.ts';

export interface SupportOptions {
  readonly head: ExportHead;
  readonly layered: LayeredSettings;
  readonly violations: readonly ViolationRecord[];
  readonly blindTime: BlindTime;
  readonly profileDir: string;
  /** People to mask in the log, including in entries written before they were known. */
  readonly people: Iterable<string>;
}

/** Returns a zip. If something can't be read, the zip says so in its place. */
export async function supportBundle(options: SupportOptions): Promise<Uint8Array> {
  const { head, violations, blindTime, profileDir } = options;
  const files: Readonly<Record<string, string>> = {
    'about.txt': about(head, options.layered.settings.logsNames),
    'settings.json': redactedSettings(options.layered),
    'departures.txt': violationReportText(violations, head),
    'gaps.txt': blindTimeText(blindTime, head),
    ...(await logs(logsFolder(profileDir), [...options.people], options.layered.settings.logsNames)),
  };
  // A user's folder contains their name.
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(withoutHome(text))] as const);
  return zipSync(Object.fromEntries(entries));
}

/** Matches the path however it is written: with either slash, doubled inside quotes, in any case. */
function withoutHome(text: string): string {
  const parts = homedir()
    .split(/[\\/]+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('').length < 3 ? text : text.replace(new RegExp(parts.join('[\\\\/]+'), 'gi'), '~');
}

function about(head: ExportHead, isLogNamed: boolean): string {
  const versions = Object.entries(process.versions)
    .filter(([name]) => ['electron', 'chrome', 'node', 'v8'].includes(name))
    .map(([name, version]) => `${name} ${String(version)}`);
  return [
    ...headLines('Support bundle', head),
    `${process.platform} ${process.arch}, ${versions.join(', ')}`,
    '',
    'All of it is text. Secrets of the settings are left out, and names and ids that the widget knew are masked.',
    ...(isLogNamed ? ['“logsNames” is set: named.log and named.old.log have names and ids in them, unmasked.'] : []),
    'What else a processor wrote in its own words may be in it: look for yourself before you send it.',
    '',
  ].join('\n');
}

const MASKED = '***';

function redactedSettings({ settings, origins, problems }: LayeredSettings): string {
  const shown = Object.fromEntries(
    SETTING_KEYS.map((key) => [
      key,
      { value: redacted(settings[key], SETTINGS[key].holds), from: origins.get(key)?.source ?? 'built-in' },
    ]),
  );
  // The messages are left out: they repeat the given values, such as an agent's id.
  const reported = problems.map(({ source, key, severity }) => ({ source, key, severity }));
  return `${JSON.stringify({ settings: shown, problems: reported }, null, 2)}\n`;
}

/** A setting's value with everything hidden that must not leave the machine, depending on what it holds. */
function redacted(value: unknown, holds: Holding | Readonly<Record<string, Holding>>): unknown {
  if (Array.isArray(value)) return value.map((one) => redacted(one, holds));
  if (typeof holds === 'object') return eachOf(value, (one, field) => redacted(one, holds[field] ?? 'secret'));
  switch (holds) {
    case 'plain':
      return value;
    case 'address':
      return value === '' ? '' : processorHosts([String(value)]);
    case 'path':
      return path.basename(String(value));
    case 'person':
      return MASKED;
    case 'secret':
      // That a secret is set, and under which name, may be known.
      return eachOf(value, () => MASKED);
  }
}

function eachOf(value: unknown, change: (one: unknown, field: string) => unknown): unknown {
  if (!isRecord(value)) return MASKED;
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, change(one, field)]));
}

/**
 * The log with names is left out unless names are allowed now: people who left since are unknown and could not be
 * masked. The payload log always stays out: nobody should pass it on unread.
 */
async function logs(
  folder: string,
  people: readonly string[],
  isNamed: boolean,
): Promise<Readonly<Record<string, string>>> {
  try {
    const names = (await readdir(folder)).filter(
      (name) => /^widget\b.*\.log$/.test(name) || (isNamed && isNamedLog(name)),
    );
    const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
    return Object.fromEntries(
      names.map((name, index) => {
        const text = texts[index] ?? '';
        return [`logs/${name}`, isNamedLog(name) ? text : masked(text, people)];
      }),
    );
  } catch (error) {
    return { 'logs/missing.txt': `The log can’t be read: ${String(error)}\n` };
  }
}

function isNamedLog(name: string): boolean {
  return /^named\b.*\.log$/.test(name);
}
