/** A store for secrets whose seal is easy to see, and to break. */
import type { FindVault } from '../../src/core/settings/vault.ts';

export const findTestVault: FindVault = () =>
  Promise.resolve({
    seal: (text) => Promise.resolve(`sealed:${Buffer.from(text).toString('base64')}`),
    open: (sealed) =>
      sealed.startsWith('sealed:')
        ? Promise.resolve(Buffer.from(sealed.slice('sealed:'.length), 'base64').toString('utf8'))
        : Promise.reject(new Error('another user’s')),
  });
