/** How to reach what an exhibit shows: by clicking what a user would click, in any language. */
import { notOver } from '../src/shared/alerts/alerts.ts';
import { t } from '../src/shared/texts/texts.ts';
import type { dialogsOf } from '../src/renderer/dialogs.ts';
import type { DialogName, Exhibit, MenuName, ViewName } from './exhibits.ts';
import type { Fixture } from './fixtures/fixture.ts';
import { fill, present, press, pressFirst } from './hand.ts';
import { STATES, type StateName } from './states.ts';

type Opening = (fixture: Fixture) => Promise<void>;

/** What to do before a state is as its name says. */
const IN_STATE: { readonly [N in StateName]?: Opening } = {
  search: () => fill(t('board.search'), 'lunch'),
  'nobody-found': () => fill(t('board.search'), 'nobody is called this'),
  past: openPast,
  'past-in-gap': openPast,
  'journey-beside': () => fill(t('journey.beside'), '16817320'),
  'journey-refused-beside': () => fill(t('journey.beside'), '16817320'),
  'journey-calls': () => press(t('journey.calls')),
  'journey-pointed': async () => {
    await pressFirst('article li button');
    await press(t('journey.timeline.wider'));
  },
  'journey-changed': () => press(t('journey.askAgain')),
  'journey-old': () => press(t('journey.askAgain')),
};

const VIEWS: Readonly<Record<ViewName, Opening>> = {
  'team-status': () => press(t('board.title')),
  'call-journey': () => press(t('journey.title')),
};

const DIALOGS = {
  connection: openConnection,
  'connection-advanced': async () => {
    await openConnection();
    await press(t('connection.advanced'));
  },
  'connection-tested': async () => {
    await openConnection();
    await press(t('connection.test'));
    await present('.trials li');
  },
  'connection-moved': async () => {
    await openConnection();
    await press(t('connection.advanced'));
    await press(t('connection.connect'));
    await present('dialog [role=alert]');
  },
  settings: openSettings,
  'settings-alerts': () => openTab(t('settingsDialog.alerts')),
  'settings-reasons': () => openTab(t('settingsDialog.reasons')),
  'settings-appearance': () => openTab(t('settingsDialog.appearance')),
  'settings-privacy': () => openTab(t('settingsDialog.privacy')),
  'settings-moved': async () => {
    await openSettings();
    await press(t('settingsDialog.save'));
    await present('dialog [role=alert]');
  },
  free: () => press(t('free.title')),
  'free-nobody': async () => {
    await press(t('free.title'));
    await fill(t('free.filter'), 'nobody is called this');
  },
  member: () => pressFirst('[role=cell] button:not([aria-expanded])'),
  // Not by its name, which the alerts' button has too.
  digest: () => pressFirst('.bulletin:not(.alert) .acts button'),
  blindTime: () => press(t('titleBar.gapsWhat')),
  violations: () => press(t('titleBar.departuresWhat')),
  alerts: ({ state }) => {
    const open = notOver(state.alerts.list).length;
    return press(open > 0 ? t('alerts.open', { number: open }) : t('alerts.openNone'));
  },
} satisfies Readonly<Record<DialogName | keyof ReturnType<typeof dialogsOf>, Opening>>;

const MENUS: Readonly<Record<MenuName, Opening>> = {
  view: () => press(t('view.title')),
  'view-copy-or-save': async () => {
    await press(t('view.title'));
    await press(t('view.take'));
  },
  'hand-on': () => press(t('journey.handOn.title')),
};

/** Opens what an exhibit shows, on a page that shows its state. Rejects if there is no way to it. */
export async function open({ state, view, dialog, menu }: Exhibit): Promise<void> {
  const fixture: Fixture = STATES[state];
  await present('main > *');
  // Asking for a journey from outside opens its view.
  if (fixture.journeys !== undefined) await present('article, [role=alert]');
  await IN_STATE[state]?.(fixture);
  if (view !== null) await VIEWS[view](fixture);
  if (dialog !== null) {
    await DIALOGS[dialog](fixture);
    await present('dialog[open]');
  }
  if (menu !== null) {
    await MENUS[menu](fixture);
    await present('[role=menu]');
  }
}

async function openPast(): Promise<void> {
  await press(t('view.title'));
  await press(t('view.past'));
  await present('input[type=range]');
}

function openConnection(): Promise<void> {
  return press(t('titleBar.connection'));
}

function openSettings(): Promise<void> {
  return press(t('settingsDialog.open'));
}

async function openTab(name: string): Promise<void> {
  await openSettings();
  await press(name);
}
