/**
 * The names of the channels between the page's bridge and the main process, one for each request and each event of the
 * contract. It must know nothing of what travels on them.
 */
import type { EventName, RequestName } from '../shared/contract.ts';

export function requestChannel(name: RequestName): string {
  return `request:${name}`;
}

export function eventChannel(name: EventName): string {
  return `event:${name}`;
}
