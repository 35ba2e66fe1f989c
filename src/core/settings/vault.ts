/** The system's own store for secrets, as a host has it. */
export interface Vault {
  /** The text so that only the same user on the same computer can read it. */
  readonly seal: (text: string) => Promise<string>;
  /** Rejects where it was sealed by another user or computer, or the store is shut. */
  readonly open: (sealed: string) => Promise<string>;
}

/** Null where the system has none. Asked only when there is a secret: a system may ask its user for a password. */
export type FindVault = () => Promise<Vault | null>;

export const NO_VAULT: FindVault = () => Promise.resolve(null);
