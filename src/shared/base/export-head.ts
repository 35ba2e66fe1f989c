/** The head of everything that the widget exports as text or JSON: which widget, which processor, when. */
import { t } from '../texts/texts.ts';

export interface ExportHead {
  readonly version: string;
  /** Host and port of the processor in use, without any secrets from its address. */
  readonly processor: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** Converts a time on the core's clock to the system clock. Milliseconds since the Unix epoch. */
  readonly wall: (at: number) => number;
}

/** The source of the head: the widget and its connection. */
interface HeadSource {
  readonly version: string;
  readonly connection: { readonly isDemo: boolean; readonly form: { readonly processorUrls: readonly string[] } };
}

/** For the current connection. `wall` as in the head. */
export function exportHead({ version, connection }: HeadSource, wall: ExportHead['wall']): ExportHead {
  const processor = connection.isDemo ? 'demo' : processorHosts(connection.form.processorUrls);
  return { version, processor, createdAt: Date.now(), wall };
}

/** ISO 8601 in UTC, so that it means the same everywhere. */
export function isoTime(at: number, { wall }: ExportHead): string {
  return new Date(wall(at)).toISOString();
}

/** The labels of its lines: English, for server administrators, unless another language is given. */
export interface HeadLabels {
  readonly processor: string;
  readonly madeAt: string;
}
const ENGLISH: HeadLabels = { processor: 'Processor', madeAt: 'Made at' };

/** As lines of text, the title first. */
export function headLines(title: string, head: ExportHead, labels: HeadLabels = ENGLISH): string[] {
  const { product, version, processor, createdAt } = headFields(head);
  return [
    title,
    '',
    `${product} ${version}`,
    `${labels.processor}: ${processor}`,
    `${labels.madeAt}: ${createdAt}`,
    '',
  ];
}

export function headFields({ version, processor, createdAt }: ExportHead) {
  return { product: 'UCCX Team Widget', version, processor, createdAt: new Date(createdAt).toISOString() };
}

/** Host and port of each address; a URL may contain a secret before its host or in its query. */
export function processorHosts(urls: readonly string[]): string {
  return urls.map((url) => (URL.canParse(url) ? new URL(url).host : '?')).join(', ');
}

/** The labels in the language of the page. */
export function headLabels(): HeadLabels {
  return { processor: t('export.processor'), madeAt: t('export.madeAt') };
}
