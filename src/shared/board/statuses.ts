/**
 * The kinds of status, each declared once: counts, filters, limits, order, digest and words follow from this table. Its
 * keys are the statuses as spelled in the reports, which is the only spelling of a kind anywhere. It must not know how
 * a status is drawn.
 */
import { foldWord } from '../base/folding.ts';
import { keysOf, tableOf } from '../base/keys-of.ts';

interface StatusTraits {
  /** Its place in the order of attention; 0 comes first. */
  readonly attention: number;
  /** Whether the digest lists people who were in it the whole time, if no limit defines what is long. */
  readonly isLongListed: boolean;
}

/** In the order in which they are counted and offered. */
const DOCUMENTED = {
  ready: { attention: 3, isLongListed: false },
  not_ready: { attention: 0, isLongListed: true },
  acw: { attention: 1, isLongListed: true },
} as const satisfies Readonly<Record<string, StatusTraits>>;

/** One of the statuses that the reports document. */
export type DocumentedStatus = keyof typeof DOCUMENTED;
/** A documented status, or anything else. */
export type StatusKind = DocumentedStatus | 'other';
export type StatusCounts = { readonly [K in StatusKind]: number };

export const STATUSES: { readonly [K in StatusKind]: StatusTraits } = {
  ...DOCUMENTED,
  other: { attention: 2, isLongListed: false },
};

export const DOCUMENTED_STATUSES = keysOf(DOCUMENTED);
export const STATUS_KINDS = keysOf(STATUSES);

export const NO_COUNTS: StatusCounts = tableOf(STATUS_KINDS, () => 0);

/** How many people are in each kind of status, in the order of counting. */
export function countsByKind(counts: StatusCounts): readonly { readonly kind: StatusKind; readonly count: number }[] {
  return STATUS_KINDS.map((kind) => ({ kind, count: counts[kind] }));
}

export function total(counts: StatusCounts): number {
  return STATUS_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

const KINDS: ReadonlyMap<string, StatusKind> = new Map(DOCUMENTED_STATUSES.map((kind) => [foldWord(kind), kind]));
/** A site has a dozen spellings, and each is looked up for every event and every sort. */
const seenKinds = new Map<string, StatusKind>();
const MAX_SEEN_KINDS = 100;

/** The kind of a status in any spelling. Anything unlisted is `other`, never `ready`. */
export function statusKind(status: string): StatusKind {
  const seen = seenKinds.get(status);
  if (seen !== undefined) return seen;
  const kind = KINDS.get(foldWord(status)) ?? 'other';
  if (seenKinds.size < MAX_SEEN_KINDS) seenKinds.set(status, kind);
  return kind;
}
