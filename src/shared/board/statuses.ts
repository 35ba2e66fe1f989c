/**
 * The kinds of status, each declared once: counts, filters, limits, order, digest and words follow from this table. Its
 * keys are the statuses as the reports spell them, and the one spelling of a kind everywhere. It must not know how a
 * status is drawn.
 */
import { foldWord } from '../base/folding.ts';
import { keysOf, tableOf } from '../base/keys-of.ts';

interface StatusTraits {
  /** Its place in the order by attention; 0 wants it most. */
  readonly attention: number;
  /** Whether the digest lists who has been in it all the time, where no limit says how long is long. */
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
/** A documented status, or whatever else comes. */
export type StatusKind = DocumentedStatus | 'other';
export type StatusCounts = { readonly [K in StatusKind]: number };

export const STATUSES: { readonly [K in StatusKind]: StatusTraits } = {
  ...DOCUMENTED,
  other: { attention: 2, isLongListed: false },
};

export const DOCUMENTED_STATUSES = keysOf(DOCUMENTED);
export const STATUS_KINDS = keysOf(STATUSES);

export const NO_COUNTS: StatusCounts = tableOf(STATUS_KINDS, () => 0);

/** How many are in which kind of status, in the order in which they are counted. */
export function countsByKind(counts: StatusCounts): readonly { readonly kind: StatusKind; readonly count: number }[] {
  return STATUS_KINDS.map((kind) => ({ kind, count: counts[kind] }));
}

export function total(counts: StatusCounts): number {
  return STATUS_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

const KINDS: ReadonlyMap<string, StatusKind> = new Map(DOCUMENTED_STATUSES.map((kind) => [foldWord(kind), kind]));
/** A site has a dozen spellings, each of which is asked about at every event and every sort. */
const seenKinds = new Map<string, StatusKind>();
const MAX_SEEN_KINDS = 100;

/**
 * Which of the documented statuses a status text is, in whatever spelling.
 * Anything that is not listed is `other`: never taken for `ready`.
 */
export function statusKind(status: string): StatusKind {
  const seen = seenKinds.get(status);
  if (seen !== undefined) return seen;
  const kind = KINDS.get(foldWord(status)) ?? 'other';
  if (seenKinds.size < MAX_SEEN_KINDS) seenKinds.set(status, kind);
  return kind;
}
