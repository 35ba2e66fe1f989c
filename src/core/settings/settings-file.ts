/**
 * The user's settings file: read as a layer, and written so that a power cut leaves the old one or the new one, never
 * half of one. Keys that it does not know are left in it.
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

  async readLayer(): Promise<Layer> {
    const content = await this.#read();
    if ('problem' in content) return { source: 'file', values: new Map(), problems: [content.problem] };
    const values = new Map<SettingKey, { value: unknown; place: string }>();
    const problems: SettingsProblem[] = [];
    const unknownKey: Text = { key: 'settings.unknownKey', values: { settings: SETTING_KEYS.join(', ') } };
    for (const [key, value] of Object.entries(content.values)) {
      if (isSettingKey(key)) values.set(key, { value, place: this.path });
      else problems.push(this.#problem(key, unknownKey, 'warning'));
    }
    return { source: 'file', values, problems };
  }

  /**
   * Writes these settings over those in the file. A file that can't be read is first kept beside it as
   * `settings.json.unreadable`. Rejects if the file can't be written.
   */
  async write(changes: Partial<Settings>): Promise<void> {
    const content = await this.#read();
    if ('problem' in content) await copyFile(this.path, `${this.path}.unreadable`);
    const before = 'problem' in content ? {} : content.values;
    await mkdir(path.dirname(this.path), { recursive: true });
    await writeFileAtomic(this.path, `${JSON.stringify({ ...before, ...changes }, null, 2)}\n`, { mode: 0o600 });
  }

  async #read(): Promise<{ values: Record<string, unknown> } | { problem: SettingsProblem }> {
    let text;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return { values: {} };
      return { problem: this.#fileProblem({ key: 'settings.fileUnreadable', values: { message: messageOf(error) } }) };
    }
    try {
      // An editor may have put a byte order mark before it.
      const values: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
      if (isRecord(values)) return { values };
      return { problem: this.#fileProblem({ key: 'settings.fileNotObject' }) };
    } catch (error) {
      return { problem: this.#fileProblem({ key: 'settings.fileNotJson', values: { message: messageOf(error) } }) };
    }
  }

  #fileProblem(message: Text): SettingsProblem {
    return this.#problem('', message, 'error');
  }

  #problem(key: string, message: Text, severity: SettingsProblem['severity']): SettingsProblem {
    return { source: 'file', place: this.path, key, message, severity };
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
