/**
 * Links that ask for a call's journey, `uccx-widget://journey/<call id>`, as another program hands them over. Whoever made
 * a link is not trusted: what is not such a link once it is put in order is none.
 */
import { trimId } from '../base/folding.ts';
import { MAX_CALL_ID_LENGTH } from './journey.ts';

export const LINK_SCHEME = 'uccx-widget';

/** An id with every character escaped, and what stands before it. */
const MAX_LINK_LENGTH = 4096;

/** Whether it is meant to be a link of ours, be it a good one or not. */
export function isLink(text: string): boolean {
  return text.slice(0, LINK_SCHEME.length + 1).toLowerCase() === `${LINK_SCHEME}:`;
}

/** The call id that a link names, or null where it names none. */
export function callIdOfLink(link: string): string | null {
  if (!isLink(link) || link.length > MAX_LINK_LENGTH || !URL.canParse(link)) return null;
  const { host, username, password, pathname, search, hash } = new URL(link);
  if (host.toLowerCase() !== 'journey' || username + password + search + hash !== '') return null;
  const callId = decoded(/^\/([^/]+)\/?$/.exec(pathname)?.[1] ?? '');
  if (callId === null || callId.length > MAX_CALL_ID_LENGTH || CONTROLS.test(callId)) return null;
  const clean = trimId(callId);
  return clean === '' ? null : clean;
}

/** Controls, marks of direction and whatever else can't be seen, and so could show something else than is asked for. */
const CONTROLS = /\p{C}/u;

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
