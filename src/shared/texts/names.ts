/** Names and ids as they are read. It must not know who or what has them. */
import { unseenShown } from '../base/folding.ts';
import { t } from './texts.ts';

/** An id as it is read: what can't be seen in it stands out, since two may differ by nothing else. */
export function idText(id: string): string {
  return unseenShown(id);
}

/** “Kay Stone (1001)”. */
export function nameWithId(name: string, id: string): string {
  return t('names.withId', { name, id: idText(id) });
}

/** How people and teams are called where several may have one name: by who knows them all. */
export interface Naming {
  readonly person: (memberId: string, name: string) => string;
  readonly team: (teamId: string, name: string) => string;
}

/** Each by its own name. */
export const BY_NAME: Naming = { person: (_id, name) => name, team: (_id, name) => name };
