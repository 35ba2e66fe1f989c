/**
 * Reason codes, both UCCX's own and those defined by a site: which statuses each explains, who or what causes it, and
 * whether it means a failure. The words for UCCX's codes are in reason-words.ts; a site supplies its own.
 */
import { foldWord, trimInvisible } from '../base/folding.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };

const CAUSES = ['agent', 'supervisor', 'system'] as const;
/** Who caused a status. */
export type Cause = (typeof CAUSES)[number];

/** A reason as a site's administrator names it. */
export interface SiteReason {
  readonly code: string;
  readonly label: string;
  /** Null if the file does not say. The cause is then unknown, even for a code that UCCX defines. */
  readonly cause: Cause | null;
  /** Whether something has failed; null if the file does not say. UCCX's own value then applies to its own codes. */
  readonly isFailure: boolean | null;
}

/** A status and the reason reported with it. */
export interface Reasoned {
  readonly status: string;
  /** Empty for none; null if it was not reported. */
  readonly reason: string | null;
}

/** The status as seen by a reason. */
type StatusClass = 'ready' | 'not_ready' | 'after_call' | 'on_call' | 'logged_in' | 'logged_out';

/** The statuses of the reports and those of Finesse and UCCX; folded. */
const STATUS_CLASSES: ReadonlyMap<string, StatusClass> = new Map([
  ...words('logged_out', 'logout loggedout logoff loggedoff signout signedout signoff signedoff offline'),
  ...words('logged_in', 'login loggedin logon loggedon signin signedin signon signedon'),
  ...words('on_call', 'talk talking hold held onhold holding reserved reservedoutbound reservedoutboundpreview'),
  ...words('on_call', 'oncall ringing alerting dialing dialling'),
  ...words('after_call', 'acw work workready worknotready wrapup aftercallwork aftercall'),
  ...words('not_ready', 'notready notavailable unavailable'),
  ...words('ready', 'ready available'),
]);

/** What each state in reason-codes.json stands for. */
const STATES: Readonly<Record<string, readonly StatusClass[]>> = {
  Ready: ['ready'],
  'Not Ready': ['not_ready'],
  Logout: ['logged_out'],
  // An outbound call from its reservation to its wrap-up.
  Outbound: ['on_call', 'after_call'],
};
/** People choose a reason when they become not ready and when they log out. */
const CHOSEN: readonly StatusClass[] = ['not_ready', 'logged_out'];
/** A site may define codes up to here; UCCX has three of its own among them. */
const MAX_SITE_CODE = 999;

interface BuiltIn {
  readonly explains: readonly StatusClass[];
  readonly cause: Cause | null;
  readonly isFailure: boolean;
}

const builtIn: ReadonlyMap<string, BuiltIn> = new Map(
  reasonCodes.codes.map((reason) => [
    reason.code,
    {
      explains: STATES[reason.state] ?? CHOSEN,
      cause: CAUSES.find((cause) => 'causedBy' in reason && cause === reason.causedBy) ?? null,
      isFailure: 'isFailure' in reason,
    },
  ]),
);

/**
 * A reason in the form used for storage and lookup. Empty for none: no reason, zero or a negative number. Codes lose
 * leading zeros. Text that is not a number is a reason in words and stays; null is a reason that was not reported.
 */
export function normalReason(reason: string | null): string | null {
  if (reason === null) return null;
  const text = trimInvisible(reason);
  const [, sign, digits] = /^([+-]?)(\d*)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  return sign === '-' ? '' : digits.replace(/^0+/, '');
}

/** UCCX's own reasons, overridden by those of a site. */
export class ReasonBook {
  /** A site with no reasons of its own. */
  static readonly none = new ReasonBook([]);

  readonly #site: ReadonlyMap<string, SiteReason>;

  constructor(site: readonly SiteReason[]) {
    this.#site = new Map(
      site.flatMap((reason) => {
        const code = normalReason(reason.code);
        // An entry that names “no reason” is skipped: nobody without a reason may appear to have it.
        return code === null || code === '' ? [] : [[code, reason] as const];
      }),
    );
  }

  /** The site's own label for a code; null if it has none. */
  siteLabel(code: string): string | null {
    return this.#site.get(code)?.label ?? null;
  }

  /** The reason if it certainly explains the status; limits, alerts and marks depend on this. Otherwise empty. */
  explaining({ status, reason }: Reasoned): string | null {
    if (reason === null || reason === '') return reason;
    const statusClass = statusClassOf(status);
    return statusClass !== null && this.#explains(reason, statusClass) ? reason : '';
  }

  /**
   * The reason unless it belongs to other statuses and is only left over from an earlier one. This is what is shown and
   * searched. With an unknown status it is shown, because it may belong.
   */
  shown({ status, reason }: Reasoned): string | null {
    if (reason === null || reason === '') return reason;
    const statusClass = statusClassOf(status);
    return statusClass === null || this.#explains(reason, statusClass) ? reason : '';
  }

  /** Who causes a status explained by this code; null if unknown. */
  causeOf(reason: string | null): Cause | null {
    if (reason === null) return null;
    const ofSite = this.#site.get(reason);
    return ofSite === undefined ? (builtIn.get(reason)?.cause ?? null) : ofSite.cause;
  }

  /** Whether the code means that something has failed, such as a phone. */
  isFailure(reason: string | null): boolean {
    if (reason === null) return false;
    return this.#site.get(reason)?.isFailure ?? this.#ofUccx(reason)?.isFailure ?? false;
  }

  #explains(code: string, statusClass: StatusClass): boolean {
    return (this.#ofUccx(code)?.explains ?? CHOSEN).includes(statusClass);
  }

  /** UCCX's own entry for the code, unless the site has redefined it. */
  #ofUccx(code: string): BuiltIn | undefined {
    return this.#site.has(code) && Number(code) <= MAX_SITE_CODE ? undefined : builtIn.get(code);
  }
}

function words(statusClass: StatusClass, list: string): readonly (readonly [string, StatusClass])[] {
  return list.split(' ').map((word) => [word, statusClass]);
}

/** Null if the word is unknown. */
function statusClassOf(status: string): StatusClass | null {
  return STATUS_CLASSES.get(foldWord(status)) ?? null;
}
