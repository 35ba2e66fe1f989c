/** What stands above everything that the widget hands out as text or JSON: which widget, of which processor, when. */
import { t } from '../texts/texts.ts';

export interface ExportHead {
  readonly version: string;
  /** Host and port of the processor in use, without what may be secret in its address. */
  readonly processor: string;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** A moment of the core's clock as the system clock would tell it. Milliseconds since the Unix epoch. */
  readonly wall: (at: number) => number;
}

/** What the head is made of: the widget, and what it is connected to. */
interface HeadSource {
  readonly version: string;
  readonly connection: { readonly isDemo: boolean; readonly form: { readonly processorUrls: readonly string[] } };
}

/** Of what is connected to now. `wall` as the head has it. */
export function exportHead({ version, connection }: HeadSource, wall: ExportHead['wall']): ExportHead {
  const processor = connection.isDemo ? 'demo' : processorHosts(connection.form.processorUrls);
  return { version, processor, createdAt: Date.now(), wall };
}

/** ISO 8601, in UTC: the same for whoever reads it wherever. */
export function isoTime(at: number, { wall }: ExportHead): string {
  return new Date(wall(at)).toISOString();
}

/** What its lines begin with: in English, for those who run the server, unless it is said in another language. */
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

/** Host and port of each address; a URL may carry a secret before its host or in its query. */
export function processorHosts(urls: readonly string[]): string {
  return urls.map((url) => (URL.canParse(url) ? new URL(url).host : '?')).join(', ');
}

/** What the lines above a text begin with, for those who read the page. */
export function headLabels(): HeadLabels {
  return { processor: t('export.processor'), madeAt: t('export.madeAt') };
}
