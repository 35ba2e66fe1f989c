/** Reads the site's reasons from where the settings say they are, and tells what is wrong with the file, line by line. */
import { readFile } from 'node:fs/promises';
import { readReasons, type ReasonsProblem } from '../core/reasons/reasons-file.ts';
import type { SiteReason } from '../shared/reasons.ts';
import type { SettingsProblem, SettingsSource } from '../shared/settings.ts';

/** So many problems of one file are told; the rest are counted. */
const MOST_TOLD = 5;
const MAX_BYTES = 4 * 1024 * 1024;

export interface SiteReasons {
  readonly reasons: readonly SiteReason[];
  readonly problems: readonly SettingsProblem[];
}

/** The reasons in a file. What is wrong with it leaves the widget running, with UCCX's own words. */
export async function readSiteReasons(file: string, source: SettingsSource): Promise<SiteReasons> {
  if (file === '') return { reasons: [], problems: [] };
  const problem = (place: string, message: string): SettingsProblem => ({
    source,
    place,
    key: 'reasonsFile',
    message,
    severity: 'warning',
  });
  let content;
  try {
    content = await readFile(file);
  } catch (error) {
    return { reasons: [], problems: [problem(file, `can’t be read: ${messageOf(error)}`)] };
  }
  if (content.byteLength > MAX_BYTES) return { reasons: [], problems: [problem(file, 'is larger than 4 MiB')] };
  const { reasons, problems } = readReasons(content.toString('utf8'));
  const told = problems
    .slice(0, MOST_TOLD)
    .map((one) => problem(`${file}, line ${String(one.line)}`, problemWords(one)));
  if (problems.length > MOST_TOLD) {
    told.push(problem(file, `has ${String(problems.length - MOST_TOLD)} more lines that are not right`));
  }
  return { reasons, problems: told };
}

function problemWords({ what, given }: ReasonsProblem): string {
  switch (what) {
    case 'syntax':
      return `can’t be read: ${given}`;
    case 'not-a-list':
      return 'is neither a list of reasons nor an object of codes and labels';
    case 'no-columns':
      return `is not a heading with “code” and “label” (“${given}”)`;
    case 'no-code':
      return 'has no code';
    case 'no-label':
      return 'has no label';
    case 'bad-cause':
      return `has the cause “${given}”; it is agent, supervisor or system`;
    case 'bad-failure':
      return `has “${given}” for failure; it is yes or no`;
    case 'twice':
      return `has the code ${given}, which stands further up already`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
