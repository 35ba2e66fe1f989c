/**
 * The system's store for secrets, through Electron's safeStorage: DPAPI on Windows, the keychain on macOS, the keyring
 * on Linux.
 */
import { safeStorage, type SafeStorage } from 'electron';
import type { Vault } from '../../core/settings/vault.ts';

/** Returns null if there is none. Call it only when the app is ready. */
export async function systemVault(): Promise<Vault | null> {
  const { isAvailable, seal, open } = 'encryptStringAsync' in safeStorage ? present(safeStorage) : older(safeStorage);
  if (!(await isAvailable())) return null;
  // Without a keyring, Chromium's key is the same on every computer, and public in its source.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    seal: async (text) => (await seal(text)).toString('base64'),
    open: (sealed) => open(Buffer.from(sealed, 'base64')),
  };
}

interface Store {
  readonly isAvailable: () => Promise<boolean>;
  readonly seal: (text: string) => Promise<Buffer>;
  readonly open: (sealed: Buffer) => Promise<string>;
}

function present(storage: SafeStorage): Store {
  return {
    isAvailable: () => storage.isAsyncEncryptionAvailable(),
    seal: (text) => storage.encryptStringAsync(text),
    open: async (sealed) => (await storage.decryptStringAsync(sealed)).result,
  };
}

/** The API of older Electron versions. The present one opens what the older one sealed. */
interface OlderSafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

function older(storage: OlderSafeStorage): Store {
  return {
    isAvailable: () => Promise.resolve(storage.isEncryptionAvailable()),
    seal: (text) => Promise.resolve(storage.encryptString(text)),
    open: (sealed) => Promise.resolve(storage.decryptString(sealed)),
  };
}
