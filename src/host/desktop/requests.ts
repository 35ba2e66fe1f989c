/** The window's requests, and the commands from outside the page, as the host handles them. */
import * as v from 'valibot';
import type { desktopEvents, desktopRequests, PageCommand } from '../../shared/desktop/requests.ts';
import { SHAPES } from '../../shared/desktop/shape.ts';
import type { WindowPort } from '../../shared/desktop/window.ts';
import { NoArguments, type EventRules, type Handlers } from '../base/handlers.ts';

export interface DesktopParts {
  readonly commands: { take(): Promise<readonly PageCommand[]> };
  readonly window: Omit<WindowPort, 'view'>;
}

/** A call leads to the people who handled it. */
function commandWithoutNames(command: PageCommand): PageCommand | null {
  return command.type === 'journey' ? null : command;
}

export const desktopHandlers: Handlers<typeof desktopRequests, DesktopParts> = {
  'commands.take': {
    args: NoArguments,
    privacy: (commands) => commands.filter((command) => commandWithoutNames(command) !== null),
    run: (_, { commands }) => commands.take(),
  },
  'window.set-pinned': {
    args: v.strictObject({ isPinned: v.boolean() }),
    privacy: 'as-is',
    run: ({ isPinned }, { window }) => {
      window.setPinned(isPinned);
      return null;
    },
  },
  'window.set-shape': {
    args: v.strictObject({ shape: v.picklist(SHAPES) }),
    privacy: 'as-is',
    run: ({ shape }, { window }) => {
      window.setShape(shape);
      return null;
    },
  },
  'window.minimise': {
    args: NoArguments,
    privacy: 'as-is',
    run: (_, { window }) => {
      window.minimise();
      return null;
    },
  },
  'window.hide': {
    args: NoArguments,
    privacy: 'as-is',
    run: (_, { window }) => {
      window.hide();
      return null;
    },
  },
};

export const desktopEventRules: EventRules<typeof desktopEvents> = { command: commandWithoutNames };
