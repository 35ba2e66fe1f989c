/** A site's reasons from its file, and what is reported about bad lines. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import Papa from 'papaparse';
import { decodeText } from '../../../src/core/reasons/decode-text.ts';
import { HARMLESS, readReasons } from '../../../src/core/reasons/reasons-file.ts';
import { trimInvisible } from '../../../src/shared/base/folding.ts';
import { ReasonBook } from '../../../src/shared/reasons/reasons.ts';

/** Far more than it takes, for a machine that is busy otherwise. */
const BUSY_MS = 30_000;

const readText = (text: string) => readReasons({ text, guess: null });

/** The problems as “line what given”. */
function problems(text: string): string[] {
  return readText(text).problems.map(({ line, what, given }) => `${String(line)} ${what} ${given}`.trim());
}

/** The reasons as “code label cause failure”. */
function reasons(text: string): string[] {
  return readText(text).reasons.map(({ code, label, cause, isFailure }) =>
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
    expect(reasons(text)).toEqual(['101 Lunch agent –', '103 Late – –', '104 two lines – –', '105 Ok – –']);
    expect(problems(text)).toEqual([
      '2 no-code',
      '4 no-label',
      '5 bad-cause cook',
      '6 line-break two lines',
      '8 twice 101',
    ]);
  });

  test('without the columns is told as such, and nothing is taken from it', () => {
    expect(readText('101,Lunch\n102,Break\n').reasons).toEqual([]);
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
    expect(problems(text)).toEqual(['2 no-code', '4 no-reason 7', '5 bad-failure maybe']);
  });

  test('takes a truth value for no code and no label', () => {
    const text = '[\n {"code": true, "label": "x"},\n {"code": "1", "label": false},\n {"code": "2", "label": "y"}\n]';
    expect(reasons(text)).toEqual(['2 y – –']);
    expect(problems(text)).toEqual(['2 bad-code true', '3 bad-label false']);
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
      expect(readText(text), word).toMatchObject({ reasons: [{ isFailure }], problems: [] });
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
    expect(readText(text).reasons.map(({ label }) => label.length)).toEqual([201, 60]);
    expect(problems(text).map((problem) => problem.slice(0, 12))).toEqual(['2 no-label', '3 long-label']);
  });

  test('of a code that stands there twice the first holds, with or without zeros before it, and both lines are told', () => {
    const text = 'code,label\n0027,Lunch\n8,Break\n27,End of shift\n08,Pause\n';
    expect(reasons(text)).toEqual(['0027 Lunch – –', '8 Break – –']);
    expect(readText(text).problems).toEqual([
      { line: 4, what: 'twice', given: '27', firstLine: 2 },
      { line: 5, what: 'twice', given: '08', firstLine: 3 },
    ]);
  });

  test('letters in an encoding that nothing tells are pointed at', () => {
    expect(problems('code;label\n7;Lunch\n8;ÇáÛÏÇÁ\n9;ÇáÕáÇÉ\n')).toEqual([
      '3 odd-letters ÇáÛÏÇÁ',
      '4 odd-letters ÇáÕáÇÉ',
    ]);
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
    ['PK\x03\x04\x14\0\x06\0\n\0', '1 workbook'],
    ['ÐÏ\x11à¡±\x1aá\0\0', '1 workbook'],
    ['"text"', '1 no-columns text'],
    ['['.repeat(20_000), '1 too-deep'],
    [`[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`, '1 too-deep'],
  ])('%j', (text, told) => {
    expect(readText(text).reasons).toEqual([]);
    expect(problems(text)).toEqual([told]);
  });
});

describe('a file that is broken in every line', () => {
  // If each line cost work for all lines after it, they would take minutes to hours.
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
      const { problems, moreProblems } = readText(head + line.repeat(LINES));
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

describe('a code', () => {
  // As typed, as Excel and LibreOffice keep it as text, and as they show it as a number or a formula.
  test.each([
    ...['27', '0027', '+27', "'27", "' 27", '="27"', '="0027"', '=27', '27\u00a0', '\u200b27\u200b', '２７', '＋２７'],
    ...['27.0', '27,0', '27,00', '27.0000', '2,7E+01', '2.70E+01', '2.7e1', '٢٧', '۲۷', '٢٧٫٠', '“27”', ' 27 '],
  ])('written as %j is 27', (code) => {
    const text = `code;label\n${code};Lunch\n28;Break\n`;
    expect(Array.from(new ReasonBook(readText(text).reasons).siteLabel('27') ?? '').join('')).toBe('Lunch');
    expect(problems(text)).toEqual([]);
  });

  // A number with dots may be two numbers, a rounded one is unknown, and a date was a different one.
  test.each([
    ...['1.001', '1,001', '1.000', '27.000', '27.5', '2E+01', '1.00E+03', '1.23E+05', '27%', '27 €', '27-28', '27/28'],
    ...[
      '27. Jan',
      '1-Feb',
      '2026-02-01',
      '01.02.2026',
      '1 001',
      '1\u202f001',
      "1'001",
      '27 - Lunch',
      '2\u200b7',
      '27²',
    ],
    ...['½', '0x1B', '=A1', '=27+1', '#N/A', '#NAME?', '(27)', '27\n28', '1,234,567', '9'.repeat(201), '—', '1e400'],
  ])('written as %j is told, and is no code', (code) => {
    const text = Papa.unparse([
      ['label', 'code'],
      ['Lunch', code],
      ['Break', '28'],
    ]);
    expect(reasons(text)).toEqual(['28 Break – –']);
    expect(problems(text)[0]).toMatch(/^2 bad-code/);
  });

  test('in words is compared as it stands, and that is told', () => {
    const text = 'code;label\nLUNCH;Lunch\n/finesse/api/ReasonCode/49;Break\nJan 27;Pause\n';
    expect(reasons(text)).toEqual(['LUNCH Lunch – –', '/finesse/api/ReasonCode/49 Break – –', 'Jan 27 Pause – –']);
    expect(problems(text)).toEqual([
      '2 code-in-words LUNCH',
      '3 code-in-words /finesse/api/ReasonCode/49',
      '4 code-in-words Jan 27',
    ]);
  });

  test(
    'that does not say how it is written is never another one, property',
    () => {
      const sign = fc.constantFrom(...'0123456789.,+-eE \u00a0\'"=٢２²'.split(''));
      fc.assert(
        fc.property(fc.array(sign, { maxLength: 8 }), (signs) => {
          const code = signs.join('');
          const digits = (text: string) =>
            text
              .normalize('NFKC')
              .replaceAll('٢', '2')
              .replace(/\D/g, '')
              .replace(/^0+|0+$/g, '');
          for (const reason of readText(JSON.stringify([{ code, label: 'Lunch' }])).reasons) {
            if (/^\p{L}/u.test(reason.code)) continue;
            expect(digits(reason.code)).toBe(digits(code.replace(/(?<=[\d２٢])e.*$/i, '')));
          }
        }),
        { numRuns: 5000 },
      );
    },
    BUSY_MS,
  );
});

describe('a quotation mark that is astray', () => {
  test.each([
    // Each of them with the codes that must still be read.
    ['27;"Lunch\n28;Break"\n29;Meeting\n', ['29'], ['2 open-quote', '3 odd-quote Break"']],
    ['27;"Lunch\n28;"Break"\n29;Meeting\n', ['28', '29'], ['2 open-quote']],
    ['27;"Lunch\n28;Break\n29;"Meeting"\n30;Pause\n', ['28', '29', '30'], ['2 open-quote']],
    ['27;"Lunch;agent\n28;Break;"agent"\n29;Meeting;\n', ['28', '29'], ['2 open-quote']],
    ['27;Lunch;"agent\n28;Break;agent"\n29;Meeting;\n', ['29'], ['2 open-quote']],
    ['"27;Lunch\n28";Break\n29;Meeting\n', ['29'], ['2 open-quote']],
    ['27;Lunch"\n28;Break\n', ['27', '28'], ['2 odd-quote Lunch"']],
    ['27;17" screen\n28;Break\n', ['27', '28'], ['2 odd-quote 17" screen']],
    ['27;"Lunch" now\n28;Break\n', ['28'], ['2 open-quote']],
  ])('costs no line that follows: %j', (lines, codes, told) => {
    const text = `code;label;cause\n${lines}`;
    expect(readText(text).reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    expect(problems(text)).toEqual(expect.arrayContaining(told));
  });

  test('a line break that is meant is one blank, and is told', () => {
    expect(reasons('code;label;cause\n27;"Lunch,\r\n  long";agent\n28;Break;\n')).toEqual([
      '27 Lunch, long agent –',
      '28 Break – –',
    ]);
    expect(problems('code;label;cause\n27;"Lunch,\r\n  long";agent\n')).toEqual(['2 line-break Lunch, long']);
    expect(problems('code;label;note\n27;Lunch;"1, first\n2, second"\n')).toEqual(['1 unknown-column note']);
  });

  test(
    'whatever quotation marks are put into a table, each code that is missing is told of by its line, property',
    () => {
      const rows = Array.from({ length: 8 }, (_, index) => `${String(index + 11)};Label ${String(index)};agent`);
      const text = `code;label;cause\n${rows.join('\n')}\n`;
      const slips = fc.array(fc.integer({ min: 17, max: text.length - 1 }), { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(slips, (places) => {
          const spoilt = Array.from(text, (letter, at) => (places.includes(at) ? `"${letter}` : letter)).join('');
          const read = readText(spoilt);
          const codes = new Set(read.reasons.map(({ code }) => code));
          const told = new Set(read.problems.map(({ line }) => line));
          for (let index = 0; index < rows.length; index += 1) {
            const isHere = codes.has(String(index + 11));
            expect(isHere || told.has(index + 2), `${spoilt} line ${String(index + 2)}`).toBe(true);
          }
        }),
        { numRuns: 3000 },
      );
    },
    BUSY_MS,
  );
});

describe('a line that begins like a remark', () => {
  test.each([
    '#27;Lunch',
    '# 27;Lunch',
    '//27;Lunch',
    '"#27";Lunch',
    '#NAME?;Lunch',
    '#REF!;Lunch',
    '####;Lunch',
    '#27.0;Lunch',
  ])('and has a code and a label is told: %j', (line) => {
    const text = `code;label\n28;Break\n${line}\n`;
    expect(reasons(text)).toEqual(['28 Break – –']);
    expect(problems(text)[0]).toMatch(/^3 remark/);
  });

  test.each(['# ours', '#TYPE System.Object', '# see 27', '// as of 2026; ask Ann', '#', '# ours; and theirs'])(
    'and has none is one: %j',
    (line) => {
      expect(problems(`${line}\ncode;label\n28;Break\n${line}\n`)).toEqual([]);
    },
  );

  test('may be the heading', () => {
    expect(reasons('#code;label\n27;Lunch\n')).toEqual(['27 Lunch – –']);
    expect(problems('#code;label\n27;Lunch\n')).toEqual([]);
  });
});

describe('a heading', () => {
  test('may stand below a title, which is told; a reason above it is told, too', () => {
    expect(reasons('Our reasons 2026;;\n;;\nCode;Label\n27;Lunch\n')).toEqual(['27 Lunch – –']);
    expect(problems('Our reasons 2026;;\n;;\nCode;Label\n27;Lunch\n')).toEqual(['1 before-heading Our reasons 2026;;']);
    expect(problems('26;Pause\nCode;Label\n27;Lunch\n')).toEqual(['1 no-columns 26;Pause']);
  });

  test('that comes again is none of the reasons', () => {
    expect(reasons('code,label\n27,Lunch\ncode,label\n28,Break\n')).toEqual(['27 Lunch – –', '28 Break – –']);
    expect(problems('code,label\n27,Lunch\ncode,label\n28,Break\n')).toEqual([]);
  });

  test('with one column twice says so', () => {
    expect(reasons('code,label,Label,id\n27,Lunch,Break,3\n')).toEqual(['27 Lunch – –']);
    expect(problems('code,label,Label,id\n27,Lunch,Break,3\n')).toEqual(['1 spare-column Label', '1 spare-column id']);
  });
});

describe('what is no text', () => {
  test.each([
    ['code;label\n27;Lun\0ch\n28;Break\n', '2 not-text Lun[U+0000]ch'],
    ['code;label\n27;Lunch\0\n28;Break\n', '2 not-text Lunch[U+0000]'],
    ['code;label\n27\0;Lunch\n28;Break\n', '2 not-text 27[U+0000]'],
    ['\0code;label\n27;Lunch\n28;Break\n', '1 not-text [U+0000]code'],
    ['code;label\n27;Lunch\n28;Break\n\0\0\0', '4 not-text [U+0000][U+0000][U+0000]'],
    ['code;label\n27;Lu\x07nch\n28;Break\n', '2 not-text Lu[U+0007]nch'],
    ['[{"code":27,"label":"Lun\\u0000ch"},{"code":28,"label":"Break"}]', '1 not-text Lun[U+0000]ch'],
  ])('is left out and told by its line: %j', (text, told) => {
    expect(reasons(text)).toEqual(['27 Lunch – –', '28 Break – –']);
    expect(problems(text)).toEqual([told]);
  });

  test('in a code makes no other code of it', () => {
    expect(reasons('code;label\n2\x007;Lunch\n')).toEqual([]);
  });

  test('and says that the file ends is let pass', () => {
    expect(problems('code;label\n27;Lunch\r\n\x1a')).toEqual([]);
  });
});

describe('an encoding that was guessed', () => {
  const guessed = (text: string) => readReasons({ text, guess: 'Windows-1252' });

  test('is told with the first label that it decides', () => {
    expect(guessed('code;label\n7;Lunch\n8;Prüfung\n9;Größe\n').problems).toEqual([
      { line: 3, what: 'guessed', given: 'Prüfung', encoding: 'Windows-1252' },
    ]);
  });

  test('is told with a label that looks wrong, if there is one', () => {
    expect(guessed('code;label\n8;Größe\n9;Sch„den\n').problems).toEqual([
      { line: 3, what: 'guessed-oddly', given: 'Sch„den', encoding: 'Windows-1252' },
    ]);
  });

  test('is told with what there is, where no label has such letters', () => {
    expect(guessed('# für uns\ncode;label\n7;Lunch\n').problems).toMatchObject([{ what: 'guessed', given: 'für' }]);
    expect(guessed('Kürzel;Wort\n7;Lunch\n').problems).toMatchObject([
      { what: 'guessed', given: 'Kürzel' },
      { what: 'no-columns' },
    ]);
  });

  test('is told however many other faults there are', () => {
    expect(guessed(`code;label\n7;Prüfung\n${'8\n'.repeat(5000)}`).problems[0]).toMatchObject({ what: 'guessed' });
  });

  test.each([
    ['PrÃ¼fung', 'UTF-8 as Windows-1252'],
    ['cafÃ©', 'the same at a word’s end'],
    ['Pause â€“ lang', 'a dash of it'],
    ['PÄ\u0085tek', 'what that leaves unmapped'],
    ['D³uga', 'Windows-1250'],
    ['R‚union', 'CP850'],
    ['Îáåä', 'Windows-1251'],
  ])('letters look wrong in %s (%s)', (label) => {
    expect(guessed(`code;label\n7;${label}\n`).problems[0]).toMatchObject({ what: 'guessed-oddly' });
  });

  test.each([
    'Prüfung – 20 €',
    'L’équipe',
    'd´équipe',
    'Mañana',
    '½ h',
    '§ 5',
    'Größe: 5 m²',
    '“Café”',
    'à côté',
    'Õhtu',
    'n°5',
  ])('and right in %s', (label) => {
    expect(guessed(`code;label\n7;${label}\n`).problems[0]).toMatchObject({ what: 'guessed' });
  });
});

describe('JSON that is not as it should be', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['[{"code":true,"label":"x"},{"code":28,"label":"Break"}]', ['28'], ['1 bad-code true']],
    ['[{"code":null,"label":"x"},{"code":28,"label":"Break"}]', ['28'], ['1 no-code']],
    ['[{"code":[27],"label":"x"},{"code":28,"label":"Break"}]', ['28'], ['1 bad-code [27]']],
    ['[{"code":{"id":27},"label":"x"},{"code":28,"label":"Break"}]', ['28'], ['1 bad-code {"id":27}']],
    ['[{"code":27.5,"label":"x"},{"code":28,"label":"Break"}]', ['28'], ['1 bad-code 27.5']],
    ['[{"code":27,\n"label":true},{"code":28,"label":"Break"}]', ['28'], ['2 bad-label true']],
    ['[{"code":27,\n"label":{"de":"x"}},{"code":28,"label":"Break"}]', ['28'], ['2 bad-label {"de":"x"}']],
    ['[{"code":27,"label":["x"]},{"code":28,"label":"Break"}]', ['28'], ['1 bad-label ["x"]']],
    ['[{"code":27,"label":null},{"code":28,"label":"Break"}]', ['28'], ['1 no-label']],
    ['[{"code":27,"label":"x",\n"cause":5,\n"failure":{}}]', ['27'], ['2 bad-cause 5', '3 bad-failure {}']],
    [
      '[{"code":27,"label":"x","cause":["agent"],"failure":[true]}]',
      ['27'],
      ['1 bad-cause ["agent"]', '1 bad-failure [true]'],
    ],
    ['[{"code":27,"label":"x","cause":null,"failure":null}]', ['27'], []],
    ['[{"code":27,"label":"x","failure":1},{"code":28,"label":"y","failure":0}]', ['27', '28'], []],
    [
      '[[{"code":27,"label":"x"}],\n["28","Break"],\nnull,"a",{"code":28,"label":"Break"}]',
      ['28'],
      ['1 no-reason [{"code":27,"label":"x"}]', '2 no-reason ["28","Break"]', '3 no-reason', '3 no-reason a'],
    ],
    ['[{"code":27,"label":"x",\n"code":28}]', ['27'], ['2 spare-column code']],
    ['[{"code":27,"label":"x","note":1},{"code":28,"label":"y","note":2}]', ['27', '28'], ['1 unknown-column note']],
    ['{"27":"Lunch",\n"28":"Break",\n"27":"Pause"}', ['27', '28'], ['3 twice 27']],
    ['{"27":"Lunch",\n"28":["x"],\n"29":null,\n"30":5}', ['27', '30'], ['2 bad-label ["x"]', '3 no-label']],
    ['{"27":"Lunch","label":"Reasons"}', ['27'], ['1 unknown-column label']],
    ['{"lunch":{"code":"27","label":"Lunch"}}', ['27'], []],
    ['{"code":"27"}', [], ['1 unknown-column code', '1 no-reasons']],
    ['{"reasons":[{"code":27,"label":"Lunch"}],\n"version":1}', ['27'], ['2 unknown-column version']],
    ['[{"code":27,"label":"Lunch"},]', ['27'], []],
    ['// ours\n[/* one */{"code":27,"label":"Lunch"}]', ['27'], []],
    ['\ufeff\r\n[{"code":27,"label":"Lunch"}]', ['27'], []],
    ['[{"code":27,"label":"Lunch"},\n{"code":NaN,"label":"Break"}]', ['27'], ['2 syntax invalid symbol']],
    ['{"code":27,"label":"Lunch"}\n{"code":28,"label":"Break"}\n', ['27'], ['2 syntax end of file expected']],
    ["[{'code':27,'label':'Lunch'}]", [], ['1 syntax invalid symbol']],
  ])('%s', (text, codes, told) => {
    expect(readText(text).reasons.map(({ code }) => code)).toEqual(codes);
    expect(problems(text)).toEqual(expect.arrayContaining([...told]));
    if (!told.some((one) => one.includes('syntax'))) expect(problems(text)).toHaveLength(told.length);
  });
});

test(
  'what a spreadsheet writes is read, property',
  () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const quirk = fc.constantFrom(
      ...['"', '""', ';', ',', '\t', '|', '\n', '\r\n', "'", '=', ' ', 'ß', 'é', '€', '–', 'あ'],
    );
    const anything = fc.array(fc.oneof(cell, quirk), { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
    const ofWindows = fc
      .array(
        fc.constantFrom('Prüfung', 'Café', '20 €', ' – ', '“x”', '; ', ', ', '"', '\n', 'Größe', 'l’été', 'Lunch'),
        { minLength: 1 },
      )
      .map((pieces) => `${pieces.join('')} à Zürich`);
    const tableOf = (labels: fc.Arbitrary<string>, ways: readonly ((code: number) => string)[]) =>
      fc.uniqueArray(
        fc.record({
          code: fc.integer({ min: 1, max: 40_000 }),
          written: fc.constantFrom(...ways),
          // A control character is left out, a line that looks like a row is taken for one, and an invisible character
          // is trimmed.
          label: labels
            .map((text) => trimInvisible(text.replace(/(?![\t\r\n])[\p{Cc}\u2028\u2029\ufffd]/gu, '')))
            .filter((text) => text !== '' && !/[\r\n][^\p{L}]*\p{N}/u.test(text) && !text.includes('\ufeff')),
          cause: fc.constantFrom('', 'agent', 'supervisor', 'system'),
          failure: fc.constantFrom('', 'WAHR', 'FAUX', 'yes', '0'),
        }),
        { selector: ({ code }) => code, minLength: 1, maxLength: 8 },
      );
    const encoding = fc.constantFrom(
      ...['utf8', 'utf8 marked', 'utf16le', 'utf16le marked', 'utf16be', 'utf16be marked'],
    );
    const file = fc.oneof(
      fc.record({ table: tableOf(anything, [...WAYS_TO_WRITE_A_CODE, inFullWidth]), encoding }),
      fc.record({ table: tableOf(ofWindows, WAYS_TO_WRITE_A_CODE), encoding: fc.constant('windows-1252') }),
    );
    const dialect = fc.record({
      delimiter: fc.constantFrom(';', ',', '\t', '|'),
      newline: fc.constantFrom('\r\n', '\n', '\r'),
      quotes: fc.boolean(),
      isTold: fc.boolean(),
    });
    fc.assert(
      fc.property(file, dialect, ({ table, encoding }, { delimiter, newline, quotes, isTold }) => {
        const rows = table.map(({ code, written, label, cause, failure }) => [written(code), label, cause, failure]);
        // Papa does not know a lone `\r`.
        const csv = Papa.unparse([['code', 'label', 'cause', 'failure'], ...rows], {
          delimiter,
          newline: '\u2028',
          quotes,
        });
        const text = (isTold ? `sep=${delimiter}\u2028` : '') + csv + '\u2028';
        const read = readReasons(decodeText(encode(text.replaceAll('\u2028', newline), encoding)));
        const wanted = table.map(({ code, label, cause, failure }) => ({
          code,
          label: label.replace(/\s*[\r\n]+\s*/g, ' '),
          cause: cause === '' ? null : cause,
          isFailure: failure === '' ? null : failure === 'WAHR' || failure === 'yes',
        }));
        expect(read.reasons.map((reason) => ({ ...reason, code: Number(reason.code) }))).toEqual(wanted);
        expect(read.problems.filter(({ what }) => !HARMLESS.has(what) && what !== 'odd-letters')).toEqual([]);
        expect(read.problems.filter(({ what }) => what === 'guessed').length).toBe(encoding === 'windows-1252' ? 1 : 0);
      }),
      { numRuns: 1000 },
    );
  },
  BUSY_MS,
);

/** As people, Excel and LibreOffice write it; all of them are unambiguous. */
const WAYS_TO_WRITE_A_CODE: readonly ((code: number) => string)[] = [
  String,
  (code) => `00${String(code)}`,
  (code) => `+${String(code)}`,
  (code) => `="${String(code)}"`,
  (code) => `'${String(code)}`,
  (code) => `${String(code)}\u00a0`,
  (code) => `${String(code)}.0`,
  (code) => `${String(code)},00`,
  (code) =>
    code
      .toExponential(String(code).length - 1)
      .replace('.', ',')
      .replace('e', 'E'),
];

function inFullWidth(code: number): string {
  return String(code).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}

function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'windows-1252') return Buffer.from(Array.from(text, (letter) => BYTES_OF_WINDOWS.get(letter) ?? 0));
  const marked = encoding.endsWith('marked') ? `\uFEFF${text}` : text;
  if (encoding.startsWith('utf8')) return Buffer.from(marked, 'utf8');
  const little = Buffer.from(marked, 'utf16le');
  return encoding.startsWith('utf16be') ? little.swap16() : little;
}

const BYTES_OF_WINDOWS = new Map(
  Array.from({ length: 256 }, (_, byte) => [decodeText(Buffer.from([0xff, 0x41, byte])).text[2] ?? '', byte] as const),
);

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
        for (const { line } of readText(text).problems) {
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
