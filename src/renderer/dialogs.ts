/** All dialogs, with what each shows and needs. It joins subjects and must not know how a dialog looks. */
import type { Component } from 'svelte';
import AlertsDialog from './alerts/AlertsDialog.svelte';
import type { DialogStack } from './base/dialog-stack.svelte.ts';
import FreeDialog from './board/FreeDialog.svelte';
import type { Lead } from './board/lead.ts';
import DigestDialog from './history/DigestDialog.svelte';
import MemberDialog from './history/MemberDialog.svelte';
import BlindTimeDialog from './link/BlindTimeDialog.svelte';
import ConnectionDialog from './link/ConnectionDialog.svelte';
import ViolationsDialog from './link/ViolationsDialog.svelte';
import SettingsDialog from './SettingsDialog.svelte';
import type { Stores } from './stores.ts';
import SupportDetails from './support/SupportDetails.svelte';

interface Options {
  readonly stores: Stores;
  /** Shows the people an alert is about. */
  readonly follow: (lead: Lead) => void;
}

export function dialogsOf(stack: DialogStack, { stores, follow }: Options) {
  const { preferences, link, connection, live, history, alerts, window, support } = stores;
  const member = stack.add(MemberDialog, (opened: () => readonly [memberId: string]) => ({
    live,
    history,
    get memberId() {
      return opened()[0];
    },
  }));
  const Support: Component = (internals) => SupportDetails(internals, { support });
  const settings = {
    preferences,
    get problems() {
      return connection.problems;
    },
    get teams() {
      return live.board.teams;
    },
    get host() {
      return window.view.host;
    },
  };
  return {
    connection: stack.add(ConnectionDialog, () => ({ connection, Support })),
    settings: stack.add(SettingsDialog, () => settings),
    free: stack.add(FreeDialog, () => ({ live }), { needsPanel: true }),
    member,
    digest: stack.add(DigestDialog, () => ({ live, history, openMember: member.open })),
    blindTime: stack.add(BlindTimeDialog, () => ({ link, connection })),
    violations: stack.add(ViolationsDialog, () => ({ link, connection })),
    /** Opened with a note on the alert that led there. */
    alerts: stack.add(AlertsDialog, (opened: () => readonly [note?: string]) => ({
      alerts,
      live,
      follow,
      get note() {
        return opened()[0] ?? '';
      },
    })),
  };
}
