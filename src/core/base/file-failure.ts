/**
 * Explains why a file can't be read or written, with one table for the error codes of all systems. It knows nothing
 * about the file or who asked for it.
 */
import { errorText } from '../../shared/base/error-text.ts';
import type { PlainKey } from '../../shared/texts/languages.ts';
import type { Text } from '../../shared/texts/text.ts';

export interface FileFailureOptions {
  readonly isMissing?: boolean;
  /** Whether it may go away by the next attempt, although nobody fixes anything. */
  readonly isTemporary?: boolean;
  /** The system's own message, for whoever investigates. */
  readonly details?: string;
}

export class FileFailure extends Error {
  override readonly name = 'FileFailure';
  readonly isMissing: boolean;
  readonly isTemporary: boolean;
  readonly details: string;
  /** A clause, such as “it does not answer”. */
  readonly text: Text;

  constructor(text: Text, { isMissing = false, isTemporary = false, details = '' }: FileFailureOptions = {}) {
    super(details === '' ? 'The file is of no use' : details);
    this.text = text;
    this.isMissing = isMissing;
    this.isTemporary = isTemporary;
    this.details = details;
  }
}

/** The failure for whatever error a file operation threw. */
export function fileFailure(error: unknown): FileFailure {
  if (error instanceof FileFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const { key, isTemporary } = WORDS.get(code) ?? UNKNOWN;
  const details = errorText(error);
  return new FileFailure({ key }, { isMissing: key === MISSING, isTemporary, details });
}

const MISSING = 'files.missing';

interface Words {
  readonly key: PlainKey;
  readonly isTemporary: boolean;
}

const UNKNOWN: Words = { key: 'files.unknown', isTemporary: true };

const WORDS: ReadonlyMap<string, Words> = new Map([
  ...rows(MISSING, false, 'ENOENT'),
  ...rows('files.noSuchFolder', false, 'ENOTDIR'),
  ...rows('files.notAFile', false, 'EISDIR', 'ENXIO'),
  ...rows('files.forbidden', false, 'EACCES', 'EPERM'),
  ...rows('files.badName', false, 'EINVAL', 'EILSEQ', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'),
  ...rows('files.circle', false, 'ELOOP'),
  ...rows('files.readOnly', false, 'EROFS'),
  ...rows('files.tooLargeHere', false, 'EFBIG', 'EOVERFLOW'),
  ...rows('files.full', true, 'ENOSPC', 'EDQUOT'),
  ...rows('files.busy', true, 'EBUSY', 'ETXTBSY', 'EAGAIN', 'EWOULDBLOCK', 'EDEADLK', 'ENOLCK'),
  ...rows('files.noRoom', true, 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS'),
  ...rows('files.broken', true, 'EIO', 'EUCLEAN', 'EBADF'),
  ...rows(
    'files.away',
    true,
    ...['ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH'],
    // Windows reports a share that is gone only as this.
    ...['ENODEV', 'ENOLINK', 'ENONET', 'ENOTCONN', 'EPIPE', 'EREMOTEIO', 'ESTALE', 'ETIMEDOUT', 'UNKNOWN'],
  ),
]);

function rows(key: PlainKey, isTemporary: boolean, ...codes: readonly string[]): readonly (readonly [string, Words])[] {
  return codes.map((code) => [code, { key, isTemporary }]);
}
