/** Reads the site's reasons from where the settings say they are, and tells what is wrong with the file, line by line. */
import { readFile } from 'node:fs/promises';
import { readReasons, type ReasonsProblem } from '../core/reasons/reasons-file.ts';
import type { SiteReason } from '../shared/reasons.ts';
import type { SettingsProblem, SettingsSource } from '../shared/settings.ts';
import type { PlainKey } from '../shared/texts/languages.ts';
import type { Text } from '../shared/texts/text.ts';

/** So many problems of one file are told; the rest are counted. */
const MOST_TOLD = 5;
const MAX_MEGABYTES = 4;

export interface SiteReasons {
  readonly reasons: readonly SiteReason[];
  readonly problems: readonly SettingsProblem[];
  /** False where nothing of the file could be read. */
  readonly isRead: boolean;
}

/** The reasons in a file. What is wrong with it leaves the widget running, with UCCX's own words. */
export async function readSiteReasons(file: string, source: SettingsSource): Promise<SiteReasons> {
  if (file === '') return { reasons: [], problems: [], isRead: true };
  const problem = (message: Text): SettingsProblem => ({
    source,
    place: file,
    key: 'reasonsFile',
    message,
    severity: 'warning',
  });
  let content;
  try {
    content = await readFile(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const what: Text = isMissing
      ? { key: 'reasonsFile.missing' }
      : { key: 'reasonsFile.unreadable', values: { message } };
    return { reasons: [], problems: [problem(what)], isRead: false };
  }
  if (content.byteLength > MAX_MEGABYTES * 1024 * 1024) {
    const values = { megabytes: MAX_MEGABYTES };
    return { reasons: [], problems: [problem({ key: 'reasonsFile.tooLarge', values })], isRead: false };
  }
  const { reasons, problems } = readReasons(content.toString('utf8'));
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ line, what, given }) =>
      problem({ key: 'reasonsFile.line', values: { line, fault: { key: FAULTS[what], values: { given } } } }),
    );
  const count = problems.length - told.length;
  if (count > 0) told.push(problem({ key: 'reasonsFile.more', values: { count } }));
  return { reasons, problems: told, isRead: true };
}

const FAULTS = {
  syntax: 'reasonsFile.syntax',
  'not-a-list': 'reasonsFile.notAList',
  'no-columns': 'reasonsFile.noColumns',
  'no-code': 'reasonsFile.noCode',
  'no-label': 'reasonsFile.noLabel',
  'bad-cause': 'reasonsFile.badCause',
  'bad-failure': 'reasonsFile.badFailure',
  twice: 'reasonsFile.twice',
} as const satisfies Record<ReasonsProblem['what'], PlainKey>;
