/** Names and ids for display. It must not know who or what has them. */
import { showInvisible } from '../base/folding.ts';
import { t } from './texts.ts';

/** An id for display: its invisible characters are made visible, because two ids may differ in nothing else. */
export function idText(id: string): string {
  return showInvisible(id);
}

/** “Kay Stone (1001)”. */
export function nameWithId(name: string, id: string): string {
  return t('names.withId', { name, id: idText(id) });
}

/** How to tell people and teams with the same name apart, decided by whoever knows them all. */
export interface Naming {
  readonly person: (memberId: string, name: string) => string;
  readonly team: (teamId: string, name: string) => string;
}

/** Each by its own name. */
export const BY_NAME: Naming = { person: (_id, name) => name, team: (_id, name) => name };
