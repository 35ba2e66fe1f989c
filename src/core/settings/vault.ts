/** The system's own store for secrets. */
export interface Vault {
  /** Encrypts the text so that only the same user on the same computer can read it. */
  readonly seal: (text: string) => Promise<string>;
  /** Rejects if another user or computer encrypted it, or the store is locked. */
  readonly open: (sealed: string) => Promise<string>;
}

/** Null if the system has none. Called only if there is a secret: a system may ask its user for a password. */
export type FindVault = () => Promise<Vault | null>;

export const NO_VAULT: FindVault = () => Promise.resolve(null);
