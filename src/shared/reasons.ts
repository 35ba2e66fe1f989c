/**
 * Reason codes: who or what causes a status with them, UCCX's own and those that a site names. The words for UCCX's own
 * are in words.ts; a site brings its own words.
 */
import reasonCodes from './reason-codes.json' with { type: 'json' };

export const CAUSES = ['agent', 'supervisor', 'system'] as const;
/** Who caused a status. */
export type Cause = (typeof CAUSES)[number];

/** A reason as a site's administrator names it. */
export interface SiteReason {
  readonly code: string;
  readonly label: string;
  /** Null where the file does not say: then UCCX's own holds, and without one nothing. */
  readonly cause: Cause | null;
  /** Whether something has broken; null where the file does not say. */
  readonly isFailure: boolean | null;
}

interface BuiltIn {
  readonly cause: Cause | null;
  readonly isFailure: boolean;
}

const builtIn: ReadonlyMap<string, BuiltIn> = new Map(
  reasonCodes.codes.map((reason) => [
    reason.code,
    {
      cause: CAUSES.find((cause) => 'causedBy' in reason && cause === reason.causedBy) ?? null,
      isFailure: 'isFailure' in reason,
    },
  ]),
);

/** The reasons that UCCX has of itself, and over them those of a site. */
export class ReasonBook {
  readonly #site: ReadonlyMap<string, SiteReason>;

  constructor(site: readonly SiteReason[]) {
    this.#site = new Map(site.map((reason) => [reason.code, reason]));
  }

  /** The site's own word for a code; null where it has none. */
  siteLabel(code: string): string | null {
    return this.#site.get(code)?.label ?? null;
  }

  /** Who causes a status with this code; null where that is not known. */
  causeOf(reason: string | null): Cause | null {
    if (reason === null) return null;
    return this.#site.get(reason)?.cause ?? builtIn.get(reason)?.cause ?? null;
  }

  /** Whether the code says that something has broken, such as a phone. */
  isFailure(reason: string | null): boolean {
    if (reason === null) return false;
    return this.#site.get(reason)?.isFailure ?? builtIn.get(reason)?.isFailure ?? false;
  }
}
