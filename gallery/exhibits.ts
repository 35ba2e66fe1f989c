/**
 * What the gallery shows: every state in the shapes in which it looks different, and every dialog and menu in the
 * states that fill them. The index and the tests follow from this list. It must not know how anything is
 * opened.
 */
import { keysOf } from '../src/shared/base/keys-of.ts';
import { SHAPES, type Shape } from '../src/shared/desktop/shape.ts';
import { STATES, type StateName } from './states.ts';

export const VIEWS = ['team-status', 'call-journey'] as const;
export type ViewName = (typeof VIEWS)[number];

/**
 * Each dialog, tab and answer, with the states in which it is shown. Names start with the dialog's name in the
 * registry.
 */
const DIALOG_STATES = {
  connection: ['48', 'warnings', 'stopped', 'first-start'],
  'connection-advanced': ['48', 'warnings'],
  'connection-tested': ['48'],
  'connection-moved': ['changed-elsewhere'],
  settings: ['48', 'warnings'],
  'settings-alerts': ['48'],
  'settings-reasons': ['48'],
  'settings-appearance': ['48', 'warnings'],
  'settings-privacy': ['48', 'warnings'],
  'settings-moved': ['changed-elsewhere'],
  free: ['48', 'old', 'right-to-left-names', 'same-names'],
  'free-nobody': ['48'],
  member: ['48', 'old', 'after-gap', 'long-names', 'right-to-left-names'],
  digest: ['alerts'],
  blindTime: ['after-gap'],
  violations: ['alerts'],
  alerts: ['48', 'alerts', 'seen-alerts', 'crowded'],
} as const satisfies Readonly<Record<string, readonly StateName[]>>;
export type DialogName = keyof typeof DIALOG_STATES;

const MENU_STATES = {
  view: ['48', 'counts'],
  'view-copy-or-save': ['48'],
  'hand-on': ['journey'],
} as const satisfies Readonly<Record<string, readonly StateName[]>>;
export type MenuName = keyof typeof MENU_STATES;

/** Something to look at. If view, dialog or menu is null, none is opened. */
export interface Exhibit {
  readonly state: StateName;
  readonly shape: Shape;
  readonly view: ViewName | null;
  readonly dialog: DialogName | null;
  readonly menu: MenuName | null;
}

export const STATE_NAMES = keysOf(STATES);
export const DIALOGS = keysOf(DIALOG_STATES);
export const MENUS = keysOf(MENU_STATES);

export function exhibit(state: StateName, given: Partial<Exhibit> = {}): Exhibit {
  return { state, shape: 'panel', view: null, dialog: null, menu: null, ...given };
}

/** What looks different on a strip or a wall. */
const IN_SHAPES: readonly StateName[] = [
  '48',
  '400',
  'one-team-of-400',
  'demo',
  'empty',
  'connecting',
  'never-live',
  'refused',
  'alerts',
  'counts',
  'after-gap',
  'old',
  'stopped',
  'host-lost',
  'long-names',
  'right-to-left-names',
  'same-names',
  ...STATE_NAMES.filter((state) => state.startsWith('crowded')),
];

/** Everything there is to look at, in groups. */
export const GROUPS: Readonly<Record<string, readonly Exhibit[]>> = {
  'Team status': panels((state) => !state.startsWith('journey') && !state.startsWith('crowded')),
  'Call journeys': panels((state) => state.startsWith('journey')),
  Dialogs: DIALOGS.flatMap((dialog) => DIALOG_STATES[dialog].map((state) => exhibit(state, { dialog }))),
  Menus: MENUS.flatMap((menu) => MENU_STATES[menu].map((state) => exhibit(state, { menu }))),
  ...Object.fromEntries(
    SHAPES.filter((shape) => shape !== 'panel').map((shape) => [
      `In the shape of a ${shape}`,
      IN_SHAPES.map((state) => exhibit(state, { shape })),
    ]),
  ),
  'Crowded title bars': panels((state) => state.startsWith('crowded')),
};

export const EXHIBITS: readonly Exhibit[] = Object.values(GROUPS).flat();

/** A name for people and for tests. */
export function titleOf({ state, shape, view, dialog, menu }: Exhibit): string {
  return [state, shape === 'panel' ? null : shape, view, dialog, menu === null ? null : `menu ${menu}`]
    .filter((part) => part !== null)
    .join(' · ');
}

function panels(isOf: (state: StateName) => boolean): readonly Exhibit[] {
  return STATE_NAMES.filter(isOf).map((state) =>
    exhibit(state, state.startsWith('journey-none') ? { view: 'call-journey' } : {}),
  );
}
