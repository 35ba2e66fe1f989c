/**
 * The words of a reasons file in the languages of the widget: column names, who causes a status, yes and no. Users
 * write them as their Excel does. It knows nothing about lines and cells.
 */
import { foldWord } from '../../shared/base/folding.ts';
import type { Cause } from '../../shared/reasons/reasons.ts';

const COLUMNS = ['code', 'label', 'cause', 'failure'] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * English, Spanish, German, French, Japanese, Arabic. If a file has two words for one column, the earlier in this list
 * wins.
 */
const COLUMN_WORDS: Readonly<Record<Column, string>> = {
  code:
    'code, reason code, codes, id, number, código, código de motivo, número, Kode, Grundcode, Ursachencode, Nummer, ' +
    'code motif, code de motif, code raison, numéro, コード, 理由コード, 番号, الرمز, رمز, رمز السبب, الكود, كود, الرقم',
  label:
    'label, reason label, name, text, reason, description, etiqueta, nombre, texto, motivo, descripción, Bezeichnung, ' +
    'Name, Beschriftung, Text, Grund, Beschreibung, libellé, nom, intitulé, étiquette, désignation, texte, motif, raison, ' +
    'ラベル, 名称, 名前, 表示名, 理由, 説明, التسمية, الاسم, العنوان, النص, السبب, الوصف',
  cause:
    'cause, caused by, causa, causante, causado por, Ursache, Verursacher, verursacht von, origine, causé par, ' +
    '原因, 起因, المسبب, المتسبب, بسبب',
  failure:
    'failure, is failure, fault, error, fallo, avería, falla, Fehler, Störung, Ausfall, panne, défaut, défaillance, ' +
    'échec, erreur, 障害, 故障, エラー, عطل, خلل, فشل, خطأ',
};

const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  agent: 'agent, agente, Agentin, agente, エージェント, 担当者, オペレーター, الموظف, موظف, الوكيل, وكيل',
  supervisor:
    'supervisor, supervisora, Supervisorin, Teamleiter, Teamleitung, Vorgesetzter, superviseur, superviseure, ' +
    'スーパーバイザー, スーパーバイザ, 管理者, المشرف, مشرف',
  system: 'system, the system, sistema, el sistema, das System, système, le système, システム, النظام, نظام',
};

const YES =
  'true, yes, y, 1, x, on, verdadero, sí, s, cierto, wahr, ja, j, vrai, oui, o, はい, 真, 正, ○, 有, نعم, صحيح, صواب, ✓, ✔';
const NO = 'false, no, n, 0, off, falso, falsch, nein, faux, non, いいえ, 偽, 誤, ×, 無, لا, خطأ, خاطئ';

const columns: ReadonlyMap<string, readonly [column: Column, rank: number]> = new Map(
  COLUMNS.flatMap((column) => listed(COLUMN_WORDS[column]).map((word, rank) => [word, [column, rank]] as const)),
);
const causes: ReadonlyMap<string, Cause> = new Map([
  ...listed(CAUSE_WORDS.agent).map((word) => [word, 'agent'] as const),
  ...listed(CAUSE_WORDS.supervisor).map((word) => [word, 'supervisor'] as const),
  ...listed(CAUSE_WORDS.system).map((word) => [word, 'system'] as const),
]);
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...listed(YES).map((word) => [word, true] as const),
  ...listed(NO).map((word) => [word, false] as const),
]);

/** The position of each column among these headings. */
export function columnsOf(headings: readonly string[]): ReadonlyMap<Column, number> {
  const best = new Map<Column, { readonly at: number; readonly rank: number }>();
  for (const [at, heading] of headings.entries()) {
    const [column, rank] = known(columns, heading) ?? [];
    if (column !== undefined && rank !== undefined && rank < (best.get(column)?.rank ?? Infinity)) {
      best.set(column, { at, rank });
    }
  }
  return new Map(Array.from(best, ([column, { at }]) => [column, at]));
}

/** Undefined if the word is not a cause. */
export function causeOf(word: string): Cause | undefined {
  return known(causes, word);
}

/** Undefined if the word is neither yes nor no. */
export function booleanOf(word: string): boolean | undefined {
  return known(booleans, word);
}

/** Longer than any of the words with anything around it, so a huge cell need not be folded. */
const MAX_WORD = 100;

function known<T>(words: ReadonlyMap<string, T>, word: string): T | undefined {
  return word.length > MAX_WORD ? undefined : words.get(plain(word));
}

function listed(words: string): readonly string[] {
  return words.split(', ').map(plain);
}

/** Without accents or surrounding characters such as a colon or an asterisk. */
function plain(word: string): string {
  return foldWord(word)
    .normalize('NFD')
    .replace(/[\p{M}\p{P}]/gu, '');
}
