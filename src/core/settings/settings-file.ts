/**
 * Settings in a file. The user's file is also written, so that a power cut leaves the old file or the new one but never
 * half of one. The machine's policy is only read. Unknown keys are preserved.
 */
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { SettingsProblem } from '../../shared/settings/settings.ts';
import type { Text } from '../../shared/texts/text.ts';
import { isTruncated, describeJsonError } from '../base/json-errors.ts';
import { FileFailure, fileFailure } from '../base/file-failure.ts';
import { withTimeout, readNamedFile, type ReadNamedFile } from '../base/named-file.ts';
import { isRecord } from '../base/unknown.ts';
import type { Layer } from './layers.ts';
import { checkSetting, isSettingKey, unknownKeyText, type SettingKey, type Settings } from '../settings.ts';
import type { FindVault } from './vault.ts';

export class SettingsFile {
  readonly path: string;
  /** A copy of the file as last read successfully. */
  readonly #good: string;
  readonly #unreadable: string;

  readonly #findVault: FindVault;
  /** Whether the last write moved an unreadable file aside and this is not yet reported. */
  #wasSetAside = false;

  readonly #readFile: ReadNamedFile;

  constructor(profileDir: string, findVault: FindVault, readFile: ReadNamedFile = readNamedFile) {
    this.#findVault = findVault;
    this.#readFile = readFile;
    this.path = path.join(profileDir, 'settings.json');
    this.#good = path.join(profileDir, 'settings.last-good.json');
    this.#unreadable = `${this.path}.unreadable`;
  }

  /**
   * Restores a file that was cut short from its last good copy, and reports it. Any other error is left to its author.
   */
  async readLayer(): Promise<Layer> {
    const content = await readValues(this.path, this.#readFile);
    if ('values' in content) {
      const layer = await this.#layer(content);
      if (!this.#wasSetAside) return layer;
      this.#wasSetAside = false;
      const message: Text = { key: 'settings.setAside', values: { file: this.#unreadable } };
      return { ...layer, problems: [...layer.problems, this.#problem(null, message, 'warning')] };
    }
    const good = content.isTruncated ? await readValues(this.#good, this.#readFile) : content;
    if ('problem' in good || good.text === '') return problemLayer('file', this.path, content);
    await this.#putBack(good.text);
    const layer = await this.#layer(good);
    const message: Text = { key: 'settings.recovered', values: { file: this.#unreadable } };
    return { ...layer, problems: [...layer.problems, this.#problem(null, message, 'warning')] };
  }

  /** What is in the file now; null if it can't be read. Changes and reports nothing. */
  async look(): Promise<Layer | null> {
    const content = await readValues(this.path, this.#readFile);
    return 'problem' in content ? null : layerOf('file', this.path, content.values);
  }

  /** Adds the headers from the system's store, after moving those in plain text from the file into it. */
  async #layer({ values: content, text }: GoodContent): Promise<Layer> {
    const { [SEALED]: sealed, ...rest } = content;
    const layer = layerOf('file', this.path, rest);
    const withHeaders = (headers: unknown, problems: readonly SettingsProblem[]): Layer => ({
      ...layer,
      values: new Map(layer.values).set('headers', { value: headers, place: this.path }),
      problems: [...layer.problems, ...problems],
    });
    const { headers, ...others } = rest;
    if (headers !== undefined) {
      // Invalid headers stay for their author to fix, and are reported like any problem.
      if (!checkSetting('headers', headers).ok) return layer;
      const moved = await this.#move(headers as Settings['headers'], others);
      return withHeaders(moved.headers, moved.problems);
    }
    if (text !== '') await this.#keep(text);
    if (sealed === undefined) return layer;
    try {
      const vault = await this.#findVault();
      if (vault === null || typeof sealed !== 'string') throw new Error('there is none here');
      return withHeaders(JSON.parse(await vault.open(sealed)), []);
    } catch (error) {
      const { details } = fileFailure(error);
      return withHeaders({}, [{ ...this.#problem('headers', { key: 'settings.headersSealed' }, 'error'), details }]);
    }
  }

  /** Headers in the file replace the encrypted ones; an empty set removes them. */
  async #move(
    headers: Settings['headers'],
    others: Record<string, unknown>,
  ): Promise<{ readonly headers: Settings['headers']; readonly problems: readonly SettingsProblem[] }> {
    const isNone = Object.keys(headers).length === 0;
    try {
      const vault = isNone ? null : await this.#findVault();
      if (vault === null && !isNone) {
        return { headers: {}, problems: [this.#problem('headers', { key: 'settings.headersPlain' }, 'error')] };
      }
      const moved = textOf(
        vault === null ? others : { ...others, [SEALED]: await vault.seal(JSON.stringify(headers)) },
      );
      await writeFileAtomic(this.path, moved, { mode: 0o600 });
      await this.#keep(moved);
    } catch (error) {
      const failure = this.#notWritten(error);
      return { headers: {}, problems: [{ ...this.#problem('headers', failure.text, 'error'), ...why(failure) }] };
    }
    const moved = isNone ? [] : [this.#problem('headers', { key: 'settings.headersMoved' }, 'warning')];
    return { headers, problems: moved };
  }

  #problem(key: string | null, message: Text, severity: SettingsProblem['severity']): SettingsProblem {
    return { source: 'file', place: this.path, key, message, severity };
  }

  /**
   * Writes these settings over those in the file. An unreadable file is first kept beside it as
   * `settings.json.unreadable`, and its last good copy is used instead. Rejects with a `FileFailure`.
   */
  async write(changes: Partial<Settings>): Promise<void> {
    try {
      await this.#write(changes);
    } catch (error) {
      throw this.#notWritten(error);
    }
  }

  #notWritten(error: unknown): FileFailure {
    const { text, details } = fileFailure(error);
    return new FileFailure({ key: 'files.notWritten', values: { file: this.path, why: text } }, { details });
  }

  async #write(changes: Partial<Settings>): Promise<void> {
    const content = await readValues(this.path, this.#readFile);
    if ('problem' in content) {
      await this.#setAside();
      this.#wasSetAside = true;
    }
    const base = 'problem' in content ? await readValues(this.#good, this.#readFile) : content;
    const before = 'problem' in base ? {} : base.values;
    await mkdir(path.dirname(this.path), { recursive: true });
    await writeFileAtomic(this.path, textOf({ ...before, ...changes }), { mode: 0o600 });
  }

  /** The copy only helps recovery: if it can't be written, the settings are saved all the same. */
  async #keep(text: string): Promise<void> {
    const kept = await readFile(this.#good, 'utf8').catch(() => '');
    if (kept !== text) await writeFileAtomic(this.#good, text, { mode: 0o600 }).catch(() => undefined);
  }

  /** Readable by its owner only: it may contain headers. */
  async #setAside(): Promise<void> {
    await copyFile(this.path, this.#unreadable);
    await chmod(this.#unreadable, 0o600);
  }

  async #putBack(text: string): Promise<void> {
    try {
      await this.#setAside();
      await writeFileAtomic(this.path, text, { mode: 0o600 });
    } catch {
      // The next start tries again.
    }
  }
}

/** The machine's policy, which overrides everything else; an empty layer if there is no file. */
export async function readPolicyLayer(file: string): Promise<Layer> {
  const content = await readValues(file);
  return 'problem' in content ? problemLayer('policy', file, content) : layerOf('policy', file, content.values);
}

/**
 * Where an administrator puts the policy. The paths are fixed, not taken from the environment, because whoever starts
 * the widget could point it elsewhere.
 */
export function policyFile(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      // Not under ProgramData, where any user could create the folder first.
      return String.raw`C:\Program Files\uccx-team-widget\policy.json`;
    case 'darwin':
      return '/Library/Application Support/uccx-team-widget/policy.json';
    default:
      return '/etc/uccx-team-widget/policy.json';
  }
}

/** The key of the headers as encrypted by the system's store. */
export const SEALED = 'sealedHeaders';

function textOf(values: Record<string, unknown>): string {
  return `${JSON.stringify(values, null, 2)}\n`;
}

type FileSource = 'file' | 'policy';

/** The layer for a file that can't be read. */
function problemLayer(source: FileSource, file: string, { problem: message, failure }: BadContent): Layer {
  const problem = { source, place: file, key: null, message, severity: 'error' } as const;
  return { source, values: new Map(), problems: [failure === undefined ? problem : { ...problem, ...why(failure) }] };
}

/** The details of a failure besides its message. */
function why({ isTemporary, details }: FileFailure): Pick<SettingsProblem, 'isTemporary' | 'details'> {
  return { isTemporary, ...(details === '' ? {} : { details }) };
}

function layerOf(source: FileSource, file: string, content: Record<string, unknown>): Layer {
  const values = new Map<SettingKey, { value: unknown; place: string }>();
  const problems: SettingsProblem[] = [];
  for (const [key, value] of Object.entries(content)) {
    if (isSettingKey(key)) values.set(key, { value, place: file });
    // Editors use it to find the schema.
    else if (key !== '$schema')
      problems.push({ source, place: file, key, message: unknownKeyText(), severity: 'warning' });
  }
  return { source, values, problems };
}

interface GoodContent {
  readonly values: Record<string, unknown>;
  readonly text: string;
}

interface BadContent {
  readonly problem: Text;
  readonly isTruncated: boolean;
  /** If it could not even be read. */
  readonly failure?: FileFailure;
}

type Content = GoodContent | BadContent;

/** The link waits for this file: it says what to connect to, and whether it may. */
const MAX_WAIT_MS = 10_000;

/** A missing file has no values and no text. */
async function readValues(file: string, readFile: ReadNamedFile = readNamedFile): Promise<Content> {
  let text;
  try {
    const { bytes } = await withTimeout(readFile(file), MAX_WAIT_MS);
    text = Buffer.from(bytes ?? []).toString('utf8');
  } catch (error) {
    const failure = fileFailure(error);
    if (failure.isMissing) return { values: {}, text: '' };
    const problem: Text = { key: 'settings.fileUnreadable', values: { message: failure.text } };
    return { problem, isTruncated: false, failure };
  }
  try {
    // An editor may have added a byte order mark.
    const values: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(values) ? { values, text } : { problem: { key: 'settings.fileNotObject' }, isTruncated: false };
  } catch {
    const problem: Text = { key: 'settings.fileNotJson', values: { message: describeJsonError(text) } };
    return { problem, isTruncated: isTruncated(text) };
  }
}
