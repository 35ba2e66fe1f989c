/** A site's reasons out of its file, and what is said of lines that are not right. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { decodeText } from '../../../src/core/reasons/decode-text.ts';
import { readReasons } from '../../../src/core/reasons/reasons-file.ts';
import { trimUnseen } from '../../../src/shared/folding.ts';
import { ReasonBook } from '../../../src/shared/reasons.ts';

/** Far more than it takes, on a machine that has much else to do. */
const BUSY_MS = 30_000;

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
    expect(reasons(text)).toEqual(['101 Lunch agent –', '103 Late – –', '104 two\nlines – –', '105 Ok – –']);
    expect(problems(text)).toEqual(['2 no-code', '4 no-label', '5 bad-cause cook', '8 twice 101']);
  });

  test('without the columns is told as such, and nothing is taken from it', () => {
    expect(readReasons('101,Lunch\n102,Break\n').reasons).toEqual([]);
    expect(problems('101,Lunch\n102,Break\n')).toEqual(['1 no-columns 101,Lunch']);
  });

  test('with an open quote says in which line it was opened', () => {
    const text = 'code,label\n101,Lunch\n102,"open\n103,x\n104\n';
    expect(problems(text)[0]).toMatch(/^3 open-quote/);
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
    expect(reasons(text)).toEqual(['101 Lunch – –', '1 x – –']);
    expect(problems(text)).toEqual(['2 no-code', '4 no-code', '5 bad-failure maybe']);
  });

  test('takes a truth value for no code and no label', () => {
    const text = '[\n {"code": true, "label": "x"},\n {"code": "1", "label": false},\n {"code": "2", "label": "y"}\n]';
    expect(reasons(text)).toEqual(['2 y – –']);
    expect(problems(text)).toEqual(['2 no-code true', '3 no-label false']);
  });

  test('that is cut off or misspelt says where', () => {
    expect(problems('[\n {"code": "101", "label": "Lunch"\n')).toEqual([
      '3 syntax close brace expected',
      '3 syntax close bracket expected',
    ]);
    expect(problems('{\n "101" "Lunch"\n}')[0]).toMatch(/^2 syntax colon expected/);
  });
});

describe('what office programs write', () => {
  test.each([
    ['sep=;\r\ncode;label\r\n7;Lunch, long\r\n', 'a line that tells the separator'],
    ['"sep=^"\ncode^label\n7^Lunch, long\n', 'whatever that is'],
    ['sep=,\ncode;label\n7;Lunch, long\n', 'or tells the wrong one'],
    ['\r\n  \r\n;;;\r\ncode;label\r\n7;Lunch, long', 'blank lines first'],
    ['# ours\n// of this year\ncode|label\n7|Lunch, long', 'remarks first'],
    ['code\tlabel\r7\tLunch, long\r', 'the line ends of an old Mac'],
    ['Code;Bezeichnung\n="7";Lunch, long', 'a cell that is kept a text'],
    ['"code" , "label"\n"7" , "Lunch, long"', 'blanks around the quotes'],
    ['\uFEFFcode;label\n\u200b7\u00a0;\u200eLunch, long\u200f', 'what can’t be seen around a cell'],
    ['code;label;cause;failure\n7;Lunch, long', 'cells too few'],
    ['code;label\n7;Lunch, long;;;\n;;\n', 'empty cells too many'],
  ])('%j is read: %s', (text) => {
    expect(reasons(text)).toEqual(['7 Lunch, long – –']);
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['Code;Bezeichnung;Ursache;Fehler', 'System', 'WAHR'],
    ['Código;Etiqueta;Causa;Fallo', 'sistema', 'VERDADERO'],
    ['code;libellé;cause;défaillance', 'Système', 'vrai'],
    ['コード;名称;原因;障害', 'システム', 'はい'],
    ['الرمز;التسمية;المسبب;عطل', 'النظام', 'نعم'],
    ['Reason Code*;Name:;Caused by;Is failure', 'SYSTEM', 'X'],
  ])('%s is a heading, with words of its language', (heading, cause, yes) => {
    const text = `${heading}\n7;Lunch;${cause};${yes}\n`;
    expect(reasons(text)).toEqual(['7 Lunch system true']);
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['true yes y 1 x WAHR ja j VRAI oui VERDADERO sí si はい 真 نعم', true],
    ['false no n 0 FALSCH nein FAUX non FALSO いいえ 偽 لا', false],
  ])('%s all say %s', (words, isFailure) => {
    for (const word of words.split(' ')) {
      const text = `code,label,failure\n7,Lunch,${word}\n`;
      expect(readReasons(text), word).toMatchObject({ reasons: [{ isFailure }], problems: [] });
    }
  });

  test('a cell that is not right costs that cell, and a column that is not known is told once', () => {
    const text = 'code,label,cause,failure,note\n7,Lunch,cook,perhaps,a\n8,Break,agent,no,b,odd,more\n';
    expect(reasons(text)).toEqual(['7 Lunch – –', '8 Break agent false']);
    expect(problems(text)).toEqual([
      '1 unknown-column note',
      '2 bad-cause cook',
      '2 bad-failure perhaps',
      '3 cell-too-many odd',
    ]);
  });

  test('a label of nothing that can be seen is none, and one without end is cut', () => {
    const text = `code,label\n7,\u200b \u00a0\n8,${'x'.repeat(300)}\n9,${'y'.repeat(60)}\n`;
    expect(readReasons(text).reasons.map(({ label }) => label.length)).toEqual([201, 60]);
    expect(problems(text).map((problem) => problem.slice(0, 12))).toEqual(['2 no-label', '3 long-label']);
  });

  test('of a code that stands there twice the first holds, with or without zeros before it, and both lines are told', () => {
    const text = 'code,label\n0027,Lunch\n8,Break\n27,End of shift\n08,Pause\n';
    expect(reasons(text)).toEqual(['0027 Lunch – –', '8 Break – –']);
    expect(readReasons(text).problems).toEqual([
      { line: 4, what: 'twice', given: '27', firstLine: 2 },
      { line: 5, what: 'twice', given: '08', firstLine: 3 },
    ]);
  });

  test('letters in an encoding that nothing tells are pointed at', () => {
    expect(problems('code;label\n7;Lunch\n8;ÇáÛÏÇÁ\n9;ÇáÕáÇÉ\n')).toEqual(['3 odd-letters ÇáÛÏÇÁ']);
    expect(problems('code;label\n7;Déjeuner créé à Çà\n')).toEqual([]);
  });
});

describe('where nothing is read, that is told:', () => {
  test.each([
    ['', '1 empty'],
    ['\uFEFF\r\n \r\n', '1 empty'],
    ['# nothing yet\n', '1 empty'],
    ['// nothing yet\n', '1 empty'],
    ['sep=;\n', '1 empty'],
    ['\n\ncode,label\n', '3 no-reasons'],
    ['[]', '1 no-reasons'],
    ['{ /* nothing yet */ }', '1 no-reasons'],
    ['code,label\n7,\n', '2 no-label'],
    ['code,label\n7,"\n', '2 open-quote'],
    ['Lorem ipsum', '1 no-columns Lorem ipsum'],
    ['"text"', '1 no-columns text'],
    ['['.repeat(20_000), '1 too-deep'],
    [`[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`, '1 too-deep'],
  ])('%j', (text, told) => {
    expect(readReasons(text).reasons).toEqual([]);
    expect(problems(text)).toEqual([told]);
  });
});

describe('a file that is broken in every line', () => {
  // With work for each line over all that follows they would take from minutes to hours.
  const LINES = 20_000;
  test.each([
    ['an open quote', 'code,label\n', '1,"x\n'],
    ['a quote in the midst', 'code,label\n', '1,"a"b\n'],
    ['a quote that opens each second cell', 'code,label\n', '1,"a,b\n2,c\n'],
    ['quotes out of step', 'code,label\n', '27","Lunch","agent\n'],
    ['no label', 'code,label\n', '1\n'],
    ['one code', 'code,label\n', '1,x\n'],
    ['JSON without commas', '[', '{"code":"1" "label"}\n'],
    ['JSON of something else', '[', '7 7\n'],
  ])(
    '%s: is read to its end, and its problems are counted',
    (_what, head, line) => {
      const { problems, moreProblems } = readReasons(head + line.repeat(LINES));
      expect(problems).toHaveLength(1000);
      expect(moreProblems).toBeGreaterThan(LINES - 1100);
    },
    BUSY_MS,
  );
});

test('a name for no reason is none, and is told', () => {
  expect(reasons('code;label;failure\n0;No reason;yes\n-1;Unknown;yes\n00;None;yes\n27;Lunch;\n')).toEqual([
    '27 Lunch – –',
  ]);
  expect(problems('code;label\n0;No reason\n-1;Unknown\n')).toEqual(['2 no-code 0', '3 no-code -1']);
});

test('a sign before a code makes no other code of it', () => {
  expect(problems('code;label\n27;Lunch\n+27;Break\n')).toEqual(['3 twice +27']);
});

test('one reason in JSON needs no list around it', () => {
  expect(reasons('{"code": "27", "label": "Lunch"}')).toEqual(['27 Lunch – –']);
});

test('a number in JSON is the code that stands there, figure by figure', () => {
  expect(reasons('[{"code": 12345678901234567890, "label": "Long"}, {"code": 27, "label": "Lunch"}]')).toEqual([
    '12345678901234567890 Long – –',
    '27 Lunch – –',
  ]);
});

test(
  'what a spreadsheet writes is read, property',
  () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const quirk = fc.constantFrom(
      '"',
      '""',
      ';',
      ',',
      '\t',
      '|',
      '\n',
      '\r\n',
      "'",
      '=',
      ' ',
      'ß',
      'é',
      '€',
      '–',
      'あ',
    );
    const label = fc
      .array(fc.oneof(cell, quirk), { minLength: 1, maxLength: 6 })
      .map((pieces) => trimUnseen(pieces.join('')).replace(/\r\n?/g, '\n'))
      .filter((text) => text !== '' && !/[\u0080-\u009f\ufffd]/.test(text));
    const rows = fc.uniqueArray(fc.record({ code: fc.integer({ min: 1, max: 40_000 }), label }), {
      selector: ({ code }) => code,
      minLength: 1,
      maxLength: 8,
    });
    const dialect = fc.record({
      delimiter: fc.constantFrom(';', ',', '\t', '|'),
      newline: fc.constantFrom('\r\n' as const, '\n' as const),
      quotes: fc.boolean(),
      isTold: fc.boolean(),
      encoding: fc.constantFrom('utf8', 'utf8 with a mark', 'utf16le', 'utf16le with a mark', 'utf16be with a mark'),
    });
    fc.assert(
      fc.property(rows, dialect, (given, { delimiter, newline, quotes, isTold, encoding }) => {
        const table = given.map(({ code, label: text }) => [String(code), text]);
        const csv = Papa.unparse([['code', 'label'], ...table], { delimiter, newline, quotes });
        const text = (isTold ? `sep=${delimiter}${newline}` : '') + csv + newline;
        const read = readReasons(decodeText(encode(text, encoding)));
        expect(read.reasons.map(({ code, label: own }) => [code, own.replace(/\r\n?/g, '\n')])).toEqual(table);
        expect(read.problems.filter(({ what }) => what !== 'odd-letters')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  },
  BUSY_MS,
);

function encode(text: string, encoding: string): Uint8Array {
  const marked = encoding.endsWith('with a mark') ? `\uFEFF${text}` : text;
  if (encoding.startsWith('utf8')) return Buffer.from(marked, 'utf8');
  const little = Buffer.from(marked, 'utf16le');
  return encoding.startsWith('utf16be') ? little.swap16() : little;
}

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
        const lines = text.split(/\r\n?|\n/).length;
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
