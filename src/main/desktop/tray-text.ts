/**
 * Derives the tray's texts and lamp from the widget's state. It must know no Electron, and uses each subject's own
 * words.
 */
import { worstAlert } from '../../shared/alerts/alerts.ts';
import type { BoardHead } from '../../shared/board/board.ts';
import { total } from '../../shared/board/statuses.ts';
import type { WidgetState } from '../../shared/contract.ts';
import type { LinkState } from '../../shared/link/link.ts';
import { ReasonBook } from '../../shared/reasons/reasons.ts';
import { translate } from '../../shared/texts/text.ts';
import { t } from '../../shared/texts/texts.ts';
import { alertWords } from '../../shared/alerts/alert-words.ts';
import { countsWords } from '../../shared/board/board-words.ts';
import { linkLook, linkWord, refusedWords } from '../../shared/link/link-words.ts';

/** `alert`: live, and something needs attention. */
export type TrayLamp = 'live' | 'alert' | 'waiting' | 'stopped';

export interface TrayText {
  readonly lamp: TrayLamp;
  /** The link first, then the counts, the worst alert, and whether it is a demo. Never empty. */
  readonly lines: readonly string[];
  /** The same lines under the widget's name. */
  readonly tooltip: string;
}

/** The longest tooltip that Windows shows. */
const MAX_TOOLTIP = 127;

export function trayText(
  {
    link,
    agents,
    connection,
    alerts,
    preferences,
  }: Pick<WidgetState, 'link' | 'agents' | 'connection' | 'alerts' | 'preferences'>,
  head: BoardHead,
): TrayText {
  const isLive = link.state.name === 'live';
  const why = whyOf({ link, agents });
  const word = linkWord({ link, agents });
  // Old rows raise no alerts.
  const worst = isLive ? worstAlert(alerts.list) : null;
  const lines = [why === '' ? word : t('tray.because', { link: word, reason: why })];
  // An empty board means something only while it is known to be true.
  if (total(head.counts) > 0) {
    const counts = countsWords(head.counts);
    lines.push(isLive && head.unconfirmed === 0 ? counts : t('tray.oldData', { counts }));
  } else if (isLive) lines.push(t('tray.nobody'));
  if (worst !== null) lines.push(alertWords(worst, new ReasonBook(preferences.reasons)).title);
  if (connection.isDemo) lines.push(t('tray.demo'));
  return {
    lamp: worst === null ? lampOf(link.state) : 'alert',
    lines,
    tooltip: shorten(['UCCX Team Widget', ...lines].join('\n')),
  };
}

function lampOf({ name }: LinkState): TrayLamp {
  if (name === 'live' || name === 'stopped') return name;
  return 'waiting';
}

function whyOf({ link, agents }: Pick<WidgetState, 'link' | 'agents'>): string {
  if ('reason' in link.state) return translate(link.state.reason.message);
  return linkLook({ link, agents }) === 'noTeams' ? refusedWords(agents) : '';
}

function shorten(text: string): string {
  return text.length > MAX_TOOLTIP ? `${text.slice(0, MAX_TOOLTIP - 1)}…` : text;
}
