/**
 * What is wrong with the link and since when, in the same words for panel, strip and wall. It must not know how they
 * are drawn.
 */
import { translate, type Text } from '../../shared/texts/text.ts';
import { t } from '../../shared/texts/texts.ts';
import { refusedWords } from '../../shared/link/link-words.ts';
import { timeText } from '../base/time-text.ts';
import type { LinkStore } from './link.svelte.ts';

export interface LinkTrouble {
  /** The lamp's word. */
  readonly word: string;
  /** Why, in a sentence; empty if the word says it all. */
  readonly why: string;
  /** Since when nothing is known; null if the link was never live, or still is as far as we know. */
  readonly since: number | null;
  /** When the next attempt is due; null if not decided. */
  readonly nextTryAt: number | null;
}

/** Null while what is shown is live. */
export function linkTrouble(link: LinkStore): LinkTrouble | null {
  if (link.isLive) return null;
  const { state } = link;
  return {
    word: t(`link.words.${link.isHostLost ? 'stopped' : link.look}`),
    why: link.isHostLost ? t('linkNotice.hostLost') : whyOf(link),
    since: link.blindSince,
    nextTryAt: !link.isHostLost && state.name === 'waiting' ? state.nextTryAt : null,
  };
}

/** Since when nothing is known and, if anything is shown, that it is old. */
export function knownSinceText(since: number, isEmpty: boolean): Text {
  const key = isEmpty ? 'linkNotice.nothingSince' : 'linkNotice.nothingKnown';
  return { key, values: { time: timeText(since) } };
}

/** Why the link is not live, as long as the host can tell us. */
export function whyOf(link: LinkStore): string {
  const { state, blindReason } = link;
  if (link.look === 'noTeams') return refusedWords(link.agents);
  if (state.name === 'waiting' || state.name === 'stopped') return translate(state.reason.message);
  if (state.name === 'stale' && blindReason?.code !== 'asleep') return t('linkNotice.noAnswer');
  return translate(blindReason?.message ?? '');
}
