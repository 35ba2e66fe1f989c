/**
 * Links that open a call's journey, `uccx-widget://journey/<call id>`, as another program passes them on. Their author
 * is not trusted: a link that is not exactly of this form after normalization is rejected.
 */
import { trimId } from '../base/folding.ts';
import { MAX_CALL_ID_LENGTH } from './journey.ts';

export const LINK_SCHEME = 'uccx-widget';

/** Room for an id with every character escaped, and for what comes before it. */
const MAX_LINK_LENGTH = 4096;

/** Whether it is meant to be one of our links, valid or not. */
export function isLink(text: string): boolean {
  return text.slice(0, LINK_SCHEME.length + 1).toLowerCase() === `${LINK_SCHEME}:`;
}

/** The call id of a link, or null if it has none. */
export function callIdOfLink(link: string): string | null {
  if (!isLink(link) || link.length > MAX_LINK_LENGTH || !URL.canParse(link)) return null;
  const { host, username, password, pathname, search, hash } = new URL(link);
  if (host.toLowerCase() !== 'journey' || username + password + search + hash !== '') return null;
  const callId = decoded(/^\/([^/]+)\/?$/.exec(pathname)?.[1] ?? '');
  if (callId === null || callId.length > MAX_CALL_ID_LENGTH || CONTROLS.test(callId)) return null;
  const clean = trimId(callId);
  return clean === '' ? null : clean;
}

/** Control characters, direction marks and other invisible characters, which could disguise what is requested. */
const CONTROLS = /\p{C}/u;

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
