/**
 * Keeps the site's reasons up to date with their file: reads it when it is named and again when it changes, and reports
 * what is wrong with it. Nothing waits for the read, as the file may be on a share that hangs. While nothing can be
 * read, the last reasons stay in use, with a note.
 */
import { isSame } from '../../shared/base/same.ts';
import { fileFailure } from '../../core/base/file-failure.ts';
import { withTimeout, type NamedFile, type ReadNamedFile } from '../../core/base/named-file.ts';
import type { Clock } from '../../core/base/clock.ts';
import { decodeText } from '../../core/reasons/decode-text.ts';
import { HARMLESS, readReasons, type ReasonsProblem } from '../../core/reasons/reasons-file.ts';
import type { SiteReason } from '../../shared/reasons/reasons.ts';
import type { SettingsProblem, SettingsSource } from '../../shared/settings/settings.ts';
import type { PlainKey } from '../../shared/texts/languages.ts';
import type { Text } from '../../shared/texts/text.ts';

export interface SiteReasons {
  readonly reasons: readonly SiteReason[];
  readonly problems: readonly SettingsProblem[];
}

export interface ReasonsWatchOptions {
  readonly clock: Pick<Clock, 'after'>;
  readonly read: ReadNamedFile;
  /** Called when the reasons, or their problems, have changed. */
  readonly onChange: () => void;
}

/** File shares do not notify of changes, so we poll. */
const LOOK_EVERY_MS = 5000;
/** After this time we report that there is no answer, and keep waiting. */
const FILE_TIMEOUT_MS = 3000;

export class ReasonsWatch {
  readonly #options: ReasonsWatchOptions;
  #file = '';
  #source: SettingsSource = 'built-in';
  #reasons: readonly SiteReason[] = [];
  #problems: readonly Note[] = [];
  /** Why the file can't be read at present. */
  #readProblem: Text | null = null;
  #stamp = '';
  /** Grows with each file, so that late answers for an earlier one are ignored. */
  #round = 0;
  #isLooking = false;
  #cancel: () => void = () => undefined;

  constructor(options: ReasonsWatchOptions) {
    this.#options = options;
  }

  get site(): SiteReasons {
    const notes: readonly Note[] =
      this.#readProblem === null ? this.#problems : [{ message: this.#readProblem, severity: 'warning' }];
    const isKept = this.#reasons.length > 0 && (this.#readProblem !== null || this.#isStale);
    const kept: readonly Note[] = isKept ? [{ message: { key: 'reasonsFile.kept' }, severity: 'warning' }] : [];
    const where = { source: this.#source, place: this.#file, key: 'reasonsFile' } as const;
    return { reasons: this.#reasons, problems: [...notes, ...kept].map((note) => ({ ...where, ...note })) };
  }
  /** Whether the file can be read but holds nothing usable. */
  #isStale = false;

  /** Follows this file from now on; none if empty. Naming the same file again reads it at once. */
  follow(file: string, source: SettingsSource): void {
    if (file !== this.#file) {
      this.end();
      this.#file = file;
      this.#reasons = [];
      this.#problems = [];
      this.#readProblem = null;
      this.#stamp = '';
      this.#isStale = false;
    }
    this.#source = source;
    if (file !== '') this.#look();
  }

  /** Stops reading. */
  end(): void {
    this.#file = '';
    this.#round += 1;
    this.#isLooking = false;
    this.#cancel();
  }

  #look(): void {
    // A read that hangs is not repeated.
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#cancel();
    const round = this.#round;
    const { clock, read } = this.#options;
    this.#cancel = clock.after(FILE_TIMEOUT_MS, () => {
      this.#change(() => {
        this.#readProblem = { key: 'reasonsFile.silent' };
      });
    });
    const over = (take: () => void): void => {
      if (round !== this.#round) return;
      this.#isLooking = false;
      this.#cancel();
      this.#cancel = clock.after(LOOK_EVERY_MS, () => {
        this.#look();
      });
      this.#change(take);
    };
    read(this.#file, this.#stamp).then(
      (content) => {
        over(() => {
          this.#take(content);
        });
      },
      (error: unknown) => {
        over(() => {
          this.#readProblem = readProblem(error);
        });
      },
    );
  }

  #take({ bytes, stamp }: NamedFile): void {
    this.#readProblem = null;
    this.#stamp = stamp;
    if (bytes === null) return;
    const { reasons, problems, moreProblems } = readReasons(decodeText(bytes));
    this.#problems = notesOf(problems, moreProblems);
    this.#isStale = reasons.length === 0;
    if (!this.#isStale) this.#reasons = reasons;
  }

  #change(make: () => void): void {
    const before = this.site;
    make();
    if (!isSame(this.site, before)) this.#options.onChange();
  }
}

/** Why a reasons file that is about to be named can't be read, as a clause; null if it can. */
export async function reasonsFileProblem(file: string, read: ReadNamedFile): Promise<Text | null> {
  if (file === '') return null;
  try {
    await withTimeout(read(file), FILE_TIMEOUT_MS);
    return null;
  } catch (error) {
    return readProblem(error);
  }
}

/** Why a reasons file can't be read, as a clause. */
function readProblem(error: unknown): Text {
  const { isMissing, text } = fileFailure(error);
  return isMissing ? { key: 'reasonsFile.missing' } : { key: 'reasonsFile.unreadable', values: { message: text } };
}

type Note = Pick<SettingsProblem, 'message' | 'severity'>;

/** At most this many problems of one file are reported; the rest are counted. */
const MAX_REPORTED = 20;
/** At most this many lines are named for one problem. */
const MAX_LINES = 8;

/** Reports each problem once, with its lines. */
function notesOf(problems: readonly ReasonsProblem[], more: number): readonly Note[] {
  const groups = new Map<string, [ReasonsProblem, ...ReasonsProblem[]]>();
  for (const problem of problems) {
    const { what, given, firstLine } = problem;
    // One example of unreadable letters is enough.
    const key = JSON.stringify(what === 'odd-letters' ? [what] : [what, given, firstLine]);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [problem]);
    else same.push(problem);
  }
  const notes = [...groups.values()].map((same): Note => {
    const [{ what, given, firstLine = 0, encoding = '' }] = same;
    const problem: Text = { key: PROBLEM_TEXTS[what], values: { given, first: firstLine, encoding } };
    // Problems that lose nothing meant as a reason show where the file is named, not above the board.
    return { message: inLines(same, problem), severity: HARMLESS.has(what) ? 'note' : 'warning' };
  });
  const reported = [...groups.values()].slice(0, MAX_REPORTED).flat().length;
  const count = problems.length - reported + more;
  return [
    ...notes.slice(0, MAX_REPORTED),
    ...(count > 0 ? [{ message: { key: 'reasonsFile.more', values: { count } }, severity: 'warning' } as const] : []),
  ];
}

function inLines(same: readonly [ReasonsProblem, ...ReasonsProblem[]], problem: Text): Text {
  const [{ what, line }] = same;
  if (OF_THE_FILE.has(what)) return problem;
  const count = same.length;
  if (count === 1) return { key: 'reasonsFile.line', values: { line, problem } };
  const lines = [...new Set(same.map((one) => one.line))];
  if (lines.length === 1) return { key: 'reasonsFile.lineTimes', values: { line, count, problem } };
  const named = lines.slice(0, MAX_LINES).join(', ');
  if (lines.length === count && count <= MAX_LINES)
    return { key: 'reasonsFile.lines', values: { lines: named, problem } };
  return { key: 'reasonsFile.manyLines', values: { count, lines: named, problem } };
}

/** Problems of the file rather than of a line. */
const OF_THE_FILE: ReadonlySet<ReasonsProblem['what']> = new Set(['empty', 'workbook', 'guessed', 'guessed-oddly']);

const PROBLEM_TEXTS = {
  guessed: 'reasonsFile.guessed',
  'guessed-oddly': 'reasonsFile.guessed',
  empty: 'reasonsFile.empty',
  workbook: 'reasonsFile.workbook',
  'no-reasons': 'reasonsFile.noReasons',
  syntax: 'reasonsFile.syntax',
  'open-quote': 'reasonsFile.openQuote',
  'odd-quote': 'reasonsFile.oddQuote',
  'too-deep': 'reasonsFile.tooDeep',
  'no-columns': 'reasonsFile.noColumns',
  'before-heading': 'reasonsFile.beforeHeading',
  'unknown-column': 'reasonsFile.unknownColumn',
  'spare-column': 'reasonsFile.spareColumn',
  'cell-too-many': 'reasonsFile.cellTooMany',
  remark: 'reasonsFile.remark',
  'no-reason': 'reasonsFile.noReason',
  'no-code': 'reasonsFile.noCode',
  'bad-code': 'reasonsFile.badCode',
  'code-in-words': 'reasonsFile.codeInWords',
  'no-label': 'reasonsFile.noLabel',
  'bad-label': 'reasonsFile.badLabel',
  'long-label': 'reasonsFile.longLabel',
  'line-break': 'reasonsFile.lineBreak',
  'not-text': 'reasonsFile.notText',
  'bad-cause': 'reasonsFile.badCause',
  'bad-failure': 'reasonsFile.badFailure',
  'odd-letters': 'reasonsFile.oddLetters',
  twice: 'reasonsFile.twice',
} as const satisfies Record<ReasonsProblem['what'], PlainKey>;
