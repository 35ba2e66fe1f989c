/**
 * Settings in a file: the user's own, which is also written, so that a power cut leaves the old one or the new one, never
 * half of one; and the machine's policy, which is only read. Keys that are no setting are left in them.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { SettingsProblem } from '../../shared/settings.ts';
import type { Text } from '../../shared/texts/text.ts';
import { isRecord } from '../unknown.ts';
import type { Layer } from './layers.ts';
import { SETTING_KEYS, type SettingKey, type Settings } from './settings.ts';

export class SettingsFile {
  readonly path: string;

  constructor(profileDir: string) {
    this.path = path.join(profileDir, 'settings.json');
  }

  readLayer(): Promise<Layer> {
    return readLayer(this.path, 'file');
  }

  /**
   * Writes these settings over those in the file. A file that can't be read is first kept beside it as
   * `settings.json.unreadable`. Rejects if the file can't be written.
   */
  async write(changes: Partial<Settings>): Promise<void> {
    const content = await readValues(this.path);
    if ('problem' in content) await copyFile(this.path, `${this.path}.unreadable`);
    const before = 'problem' in content ? {} : content.values;
    await mkdir(path.dirname(this.path), { recursive: true });
    await writeFileAtomic(this.path, `${JSON.stringify({ ...before, ...changes }, null, 2)}\n`, { mode: 0o600 });
  }
}

/** The machine's policy, which goes over all else; no policy where there is no such file. */
export function readPolicyLayer(file: string): Promise<Layer> {
  return readLayer(file, 'policy');
}

/**
 * Where an administrator puts the policy. Fixed places, not such as the environment names: whoever starts the widget
 * could name another one.
 */
export function policyFile(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      // Not below ProgramData, where any user may make a folder first.
      return String.raw`C:\Program Files\uccx-team-widget\policy.json`;
    case 'darwin':
      return '/Library/Application Support/uccx-team-widget/policy.json';
    default:
      return '/etc/uccx-team-widget/policy.json';
  }
}

async function readLayer(file: string, source: 'file' | 'policy'): Promise<Layer> {
  const content = await readValues(file);
  const problem = (key: string, message: Text, severity: SettingsProblem['severity']): SettingsProblem => ({
    source,
    place: file,
    key,
    message,
    severity,
  });
  if ('problem' in content) return { source, values: new Map(), problems: [problem('', content.problem, 'error')] };
  const values = new Map<SettingKey, { value: unknown; place: string }>();
  const problems: SettingsProblem[] = [];
  const unknownKey: Text = { key: 'settings.unknownKey', values: { settings: SETTING_KEYS.join(', ') } };
  for (const [key, value] of Object.entries(content.values)) {
    if (isSettingKey(key)) values.set(key, { value, place: file });
    else problems.push(problem(key, unknownKey, 'warning'));
  }
  return { source, values, problems };
}

/** A file that is not there has no values. */
async function readValues(file: string): Promise<{ values: Record<string, unknown> } | { problem: Text }> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { values: {} };
    return { problem: { key: 'settings.fileUnreadable', values: { message: messageOf(error) } } };
  }
  try {
    // An editor may have put a byte order mark before it.
    const values: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(values) ? { values } : { problem: { key: 'settings.fileNotObject' } };
  } catch (error) {
    return { problem: { key: 'settings.fileNotJson', values: { message: messageOf(error) } } };
  }
}

function isSettingKey(key: string): key is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(key);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
