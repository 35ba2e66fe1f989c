/** A site's reasons out of its file, and what is said of lines that are not right. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReasons } from '../../../src/core/reasons/reasons-file.ts';
import { ReasonBook } from '../../../src/shared/reasons.ts';

/** The problems as “line what given”. */
function problems(text: string): string[] {
  return readReasons(text).problems.map(({ line, what, given }) => `${String(line)} ${what} ${given}`.trim());
}

/** The reasons as “code label cause failure”. */
function reasons(text: string): string[] {
  return readReasons(text).reasons.map(({ code, label, cause, isFailure }) =>
    [code, label, cause ?? '–', isFailure ?? '–'].join(' '),
  );
}

describe('a CSV file', () => {
  test('has a heading and a reason in each line', () => {
    const text = 'code,label,cause,failure\r\n101,"Lunch, long",agent,no\r\n\r\n102,Phone broken,system,yes\r\n';
    expect(reasons(text)).toEqual(['101 Lunch, long agent false', '102 Phone broken system true']);
    expect(problems(text)).toEqual([]);
  });

  test('may have semicolons or tabs, columns in any order and others beside, and a byte order mark', () => {
    expect(reasons('\uFEFFLabel;Note;Code\nPause;x;7\n')).toEqual(['7 Pause – –']);
    expect(reasons('code\tlabel\n7\tPause\n')).toEqual(['7 Pause – –']);
  });

  test('keeps the good lines, and tells the number of each bad one', () => {
    const text =
      'code,label,cause\n,Nothing\n101,Lunch,agent\n102\n103,Late,cook\n"104","two\nlines"\n101,Again\n105,Ok\n';
    expect(reasons(text)).toEqual(['101 Lunch agent –', '104 two\nlines – –', '105 Ok – –']);
    expect(problems(text)).toEqual(['2 no-code', '4 no-label', '5 bad-cause cook', '8 twice 101']);
  });

  test('without the columns is told as such, and nothing is taken from it', () => {
    expect(readReasons('101,Lunch\n102,Break\n').reasons).toEqual([]);
    expect(problems('101,Lunch\n102,Break\n')).toEqual(['1 no-columns 101,Lunch']);
  });

  test('with an open quote says in which line it was opened', () => {
    const text = 'code,label\n101,Lunch\n102,"open\n103,x\n104\n';
    expect(problems(text)[0]).toMatch(/^3 syntax Quoted field unterminated/);
    expect(problems(text)[1]).toBe('5 no-label');
    expect(reasons(text), 'and the lines behind it hold').toEqual(['101 Lunch – –', '103 x – –']);
  });
});

describe('a JSON file', () => {
  test('is a list of reasons', () => {
    const text =
      '[\n {"code": 101, "label": "Lunch", "cause": "Agent"},\n {"code": "102", "label": "Down", "failure": true}\n]';
    expect(reasons(text)).toEqual(['101 Lunch agent –', '102 Down – true']);
    expect(problems(text)).toEqual([]);
  });

  test('or an object of codes and labels', () => {
    expect(reasons('{"101": "Lunch", "102": {"label": "Down", "cause": "system"}}')).toEqual([
      '101 Lunch – –',
      '102 Down system –',
    ]);
  });

  test('keeps the good ones, and tells the line of each bad one', () => {
    const text =
      '[\n {"label": "Nothing"},\n {"code": "101", "label": "Lunch"},\n 7,\n {"code": "1", "label": "x", "failure": "maybe"}\n]';
    expect(reasons(text)).toEqual(['101 Lunch – –']);
    expect(problems(text)).toEqual(['2 no-code', '4 no-code', '5 bad-failure maybe']);
  });

  test('that is cut off or misspelt says where', () => {
    expect(problems('[\n {"code": "101", "label": "Lunch"\n')).toEqual([
      '3 syntax close brace expected',
      '3 syntax close bracket expected',
    ]);
    expect(problems('{\n "101" "Lunch"\n}')[0]).toMatch(/^2 syntax colon expected/);
  });
});

test('an empty file has no reasons and nothing wrong', () => {
  expect(readReasons('')).toEqual({ reasons: [], problems: [] });
  expect(readReasons('\n\n')).toEqual({ reasons: [], problems: [] });
});

test('any text is read without a crash, and each problem’s line is one that the text has', () => {
  const piece = fc.constantFrom(
    'code',
    ',',
    'label',
    '\n',
    '"',
    '{',
    '}',
    '[',
    ']',
    ':',
    '1',
    ';',
    'é',
    '\\',
    ' ',
    '\r',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const lines = text.split('\n').length;
        for (const { line } of readReasons(text).problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

describe('the book of reasons', () => {
  const book = new ReasonBook([
    { code: '32759', label: 'Headset broken', cause: null, isFailure: false },
    { code: '101', label: 'Lunch', cause: 'agent', isFailure: null },
  ]);

  test('has the site’s words over UCCX’s own', () => {
    expect(book.siteLabel('101')).toBe('Lunch');
    expect(book.siteLabel('33')).toBeNull();
  });

  test('knows who causes what, and of a code that the site has named only what the site says', () => {
    expect(['33', '32759', '101', '32763', '7', '', null].map((code) => book.causeOf(code))).toEqual([
      'supervisor',
      null,
      'agent',
      'agent',
      null,
      null,
      null,
    ]);
  });

  test('knows what is a failure, and that the end of a call is none', () => {
    expect(['32759', '32764', '255', '32755', '32756', '101'].map((code) => book.isFailure(code))).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
