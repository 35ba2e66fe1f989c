/**
 * A widget in a process of its own that `npm run reliability` puts to sleep and wakes. It is started with the
 * processor's address, its way around the proxy and the settings, and reports when its board is right, and what it
 * shows.
 */
import { Truth, ObservedWidget } from './observed-widget.ts';
import type { Settings } from '../src/core/settings.ts';
import { translateToEnglish } from '../src/shared/texts/text.ts';

export interface SleeperOrders {
  readonly settings: Settings;
  /** Where the truth can be read. */
  readonly truthUrl: string;
  readonly agentId: string;
}

/** Times are milliseconds since the Unix epoch, the only clock that the two processes share. */
export type SleeperNews =
  | { readonly type: 'right'; readonly at: number }
  | { readonly type: 'shown'; readonly at: number; readonly state: string; readonly message: string };

const [text = ''] = process.argv.slice(2);
const { settings, truthUrl, agentId } = JSON.parse(text) as SleeperOrders;
const watched = new ObservedWidget();
const truth = await Truth.of(truthUrl, agentId);

function report(news: SleeperNews): void {
  // The parent may be gone by now.
  process.send?.(news, () => undefined);
}

let reported = 0;
watched.widget.subscribe({
  onState: () => {
    for (const { state, reason } of watched.shown.slice(reported)) {
      report({ type: 'shown', at: Date.now(), state, message: translateToEnglish(reason?.message ?? '') });
    }
    reported = watched.shown.length;
  },
  onBoard: () => undefined,
});

process.on('message', () => {
  watched.widget.machineChanged();
});
process.on('disconnect', () => {
  process.exit();
});
await watched.widget.connect(settings);
await watched.when(() => watched.isRight(truth));
report({ type: 'right', at: Date.now() });
// The sleep is over when the ledger has it from beginning to end; it may have been too short to be drawn.
await watched.when(() => watched.widget.blindTime.gaps.some(({ to }) => to !== null) && watched.isRight(truth));
report({ type: 'right', at: Date.now() });
