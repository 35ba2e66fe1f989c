/**
 * Reason codes: which statuses each explains, who or what causes a status with it, whether it tells of a failure; UCCX's
 * own and those that a site names. The words for UCCX's own are in words.ts; a site brings its own words.
 */
import { foldWord, trimUnseen } from '../base/folding.ts';
import reasonCodes from './reason-codes.json' with { type: 'json' };

const CAUSES = ['agent', 'supervisor', 'system'] as const;
/** Who caused a status. */
export type Cause = (typeof CAUSES)[number];

/** A reason as a site's administrator names it. */
export interface SiteReason {
  readonly code: string;
  readonly label: string;
  /** Null where the file does not say: who causes what the site has named is then not known, whatever UCCX says of the code. */
  readonly cause: Cause | null;
  /** Whether something has broken; null where the file does not say: then UCCX's word holds for a code of its own. */
  readonly isFailure: boolean | null;
}

/** A status and the reason that came with it. */
export interface Reasoned {
  readonly status: string;
  /** Empty for none; null where it was not told. */
  readonly reason: string | null;
}

/** What a status is to a reason. */
type Stand = 'ready' | 'not_ready' | 'after_call' | 'on_call' | 'logged_in' | 'logged_out';

/** The words of the statuses, those of the reports and those of Finesse and UCCX; folded. */
const STANDS: ReadonlyMap<string, Stand> = new Map([
  ...words('logged_out', 'logout loggedout logoff loggedoff signout signedout signoff signedoff offline'),
  ...words('logged_in', 'login loggedin logon loggedon signin signedin signon signedon'),
  ...words('on_call', 'talk talking hold held onhold holding reserved reservedoutbound reservedoutboundpreview'),
  ...words('on_call', 'oncall ringing alerting dialing dialling'),
  ...words('after_call', 'acw work workready worknotready wrapup aftercallwork aftercall'),
  ...words('not_ready', 'notready notavailable unavailable'),
  ...words('ready', 'ready available'),
]);

/** What each state of reason-codes.json stands for. */
const STATES: Readonly<Record<string, readonly Stand[]>> = {
  Ready: ['ready'],
  'Not Ready': ['not_ready'],
  Logout: ['logged_out'],
  // An outbound call from its reservation to its wrap-up.
  Outbound: ['on_call', 'after_call'],
};
/** People choose a reason when they become not ready and when they log out. */
const CHOSEN: readonly Stand[] = ['not_ready', 'logged_out'];
/** Up to here a site may give codes of its own; UCCX has three of these besides. */
const MAX_SITE_CODE = 999;

interface BuiltIn {
  readonly explains: readonly Stand[];
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
 * A reason as it is kept and looked up: nothing for none, which is nothing, zero or less, and a code without zeros before
 * it. Text that is no number is a reason in words, and stays; null is a reason that was not told.
 */
export function normalReason(reason: string | null): string | null {
  if (reason === null) return null;
  const text = trimUnseen(reason);
  const [, sign, digits] = /^([+-]?)(\d*)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  return sign === '-' ? '' : digits.replace(/^0+/, '');
}

/** The reasons that UCCX has of itself, and over them those of a site. */
export class ReasonBook {
  /** A site with no reasons of its own. */
  static readonly none = new ReasonBook([]);

  readonly #site: ReadonlyMap<string, SiteReason>;

  constructor(site: readonly SiteReason[]) {
    this.#site = new Map(
      site.flatMap((reason) => {
        const code = normalReason(reason.code);
        // A name for “none” is no reason: nobody without one may be taken to have it.
        return code === null || code === '' ? [] : [[code, reason] as const];
      }),
    );
  }

  /** The site's own word for a code; null where it has none. */
  siteLabel(code: string): string | null {
    return this.#site.get(code)?.label ?? null;
  }

  /** The reason if it explains the status for certain: what limits, alerts and marks go by. Empty where it does not. */
  explaining({ status, reason }: Reasoned): string | null {
    if (reason === null || reason === '') return reason;
    const stand = standOf(status);
    return stand !== null && this.#explains(reason, stand) ? reason : '';
  }

  /**
   * The reason unless it belongs to other statuses, and so is only what is left of one before: what is shown and found.
   * With a status that nobody knows it is shown, since nobody can say that it does not belong.
   */
  shown({ status, reason }: Reasoned): string | null {
    if (reason === null || reason === '') return reason;
    const stand = standOf(status);
    return stand === null || this.#explains(reason, stand) ? reason : '';
  }

  /** Who causes a status that this code explains; null where that is not known. */
  causeOf(reason: string | null): Cause | null {
    if (reason === null) return null;
    const ofSite = this.#site.get(reason);
    return ofSite === undefined ? (builtIn.get(reason)?.cause ?? null) : ofSite.cause;
  }

  /** Whether the code says that something has broken, such as a phone. */
  isFailure(reason: string | null): boolean {
    if (reason === null) return false;
    return this.#site.get(reason)?.isFailure ?? this.#ofUccx(reason)?.isFailure ?? false;
  }

  #explains(code: string, stand: Stand): boolean {
    return (this.#ofUccx(code)?.explains ?? CHOSEN).includes(stand);
  }

  /** What UCCX says of the code, unless the site has made it one of its own. */
  #ofUccx(code: string): BuiltIn | undefined {
    return this.#site.has(code) && Number(code) <= MAX_SITE_CODE ? undefined : builtIn.get(code);
  }
}

function words(stand: Stand, list: string): readonly (readonly [string, Stand])[] {
  return list.split(' ').map((word) => [word, stand]);
}

/** Null where nobody knows the word. */
function standOf(status: string): Stand | null {
  return STANDS.get(foldWord(status)) ?? null;
}
