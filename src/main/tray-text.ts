/**
 * What the tray says and which lamp it shows, out of the widget's state. It must know no Electron, and calls things
 * as src/shared/words.ts does.
 */
import { total, type BoardHead } from '../shared/board.ts';
import type { WidgetState } from '../shared/contract.ts';
import type { LinkReason, LinkState } from '../shared/link.ts';
import { say } from '../shared/texts/text.ts';
import { t } from '../shared/texts/texts.ts';
import { countsWords, linkWord } from '../shared/words.ts';

export type TrayLamp = 'live' | 'waiting' | 'stopped';

export interface TrayText {
  readonly lamp: TrayLamp;
  /** The link first, then the counts, then whether it is a demo. Never empty. */
  readonly lines: readonly string[];
  /** The same under the widget's name. */
  readonly tooltip: string;
}

/** What Windows shows of a tooltip. */
const MAX_TOOLTIP = 127;

export function trayText({ link, connection }: Pick<WidgetState, 'link' | 'connection'>, head: BoardHead): TrayText {
  const isLive = link.state.name === 'live';
  const reason = reasonOf(link.state);
  const lines = [
    reason === null ? linkWord(link) : t('tray.because', { link: linkWord(link), reason: say(reason.message) }),
  ];
  // An empty board says something only while it is known to be the truth.
  if (total(head.counts) > 0) {
    const counts = countsWords(head.counts);
    lines.push(isLive && head.unconfirmed === 0 ? counts : t('tray.oldData', { counts }));
  } else if (isLive) lines.push(t('tray.nobody'));
  if (connection.isDemo) lines.push(t('tray.demo'));
  return { lamp: lampOf(link.state), lines, tooltip: shorten(['UCCX Team Widget', ...lines].join('\n')) };
}

function lampOf({ name }: LinkState): TrayLamp {
  if (name === 'live' || name === 'stopped') return name;
  return 'waiting';
}

function reasonOf(state: LinkState): LinkReason | null {
  return 'reason' in state ? state.reason : null;
}

function shorten(text: string): string {
  return text.length > MAX_TOOLTIP ? `${text.slice(0, MAX_TOOLTIP - 1)}…` : text;
}
