/** The system's store for secrets by Electron's safeStorage: DPAPI on Windows, the key chain on macOS, the key ring on Linux. */
import { safeStorage, type SafeStorage } from 'electron';
import type { Vault } from '../../core/settings/vault.ts';

/** Null where there is none. Only to be called when the app is ready. */
export async function systemVault(): Promise<Vault | null> {
  const { isAvailable, seal, open } = 'encryptStringAsync' in safeStorage ? present(safeStorage) : older(safeStorage);
  if (!(await isAvailable())) return null;
  // Without a key ring Chromium's key is the same on every computer, and stands in its source.
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

/** As Electron had it before; what it sealed, the present one opens. */
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
