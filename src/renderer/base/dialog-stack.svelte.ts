/** The stack of open dialogs, and how each is opened and closed. It must not know which dialogs there are. */
import type { Component } from 'svelte';

interface Closable {
  /** Called when the dialog has closed. */
  readonly onclose: () => void;
}

/** Lets a component open a dialog. */
export interface Opener {
  readonly open: () => void;
}

interface StackedDialog {
  readonly component: Component<Closable>;
  /** Undoes what was done to make room for it. */
  giveBack: () => void;
}

interface DialogOptions {
  /** Whether it needs the room of a panel. The previous shape returns when it closes. */
  readonly needsPanel?: boolean;
}

export class DialogStack {
  #open: readonly StackedDialog[] = $state.raw([]);
  readonly #makeRoom: () => () => void;

  /** `makeRoom` switches to a panel, and returns a function that switches back. */
  constructor(makeRoom: () => () => void) {
    this.#makeRoom = makeRoom;
  }

  /** The open dialogs, bottom first. */
  get open(): readonly StackedDialog[] {
    return this.#open;
  }

  close(dialog: StackedDialog): void {
    if (!this.#open.includes(dialog)) return;
    this.#open = this.#open.filter((one) => one !== dialog);
    dialog.giveBack();
  }

  /** For content that no dialog may cover. The room made for any of them stays. */
  closeAll(): void {
    this.#open = [];
  }

  /**
   * Registers a dialog. `props` derives its props from the arguments it is opened with, which may change while it is
   * open.
   */
  add<P extends object, A extends readonly unknown[] = []>(
    component: Component<P & Closable>,
    props: (opened: () => A) => P,
    { needsPanel = false }: DialogOptions = {},
  ): { readonly open: (...args: A) => void } {
    let opened: A | null = $state.raw(null);
    const last = () => {
      if (opened === null) throw new Error('It was never opened.');
      return opened;
    };
    const dialog: StackedDialog = {
      // Assigned, not spread: getters among the props must stay getters.
      component: (internals, { onclose }) => component(internals, Object.assign(props(last), { onclose })),
      giveBack: () => undefined,
    };
    return {
      open: (...args) => {
        opened = args;
        const { giveBack } = dialog;
        const isOpen = this.#open.includes(dialog);
        const giveBackAgain = needsPanel ? this.#makeRoom() : () => undefined;
        // If opened twice, closing also undoes the first change.
        dialog.giveBack = () => {
          giveBackAgain();
          if (isOpen) giveBack();
        };
        if (!isOpen) this.#open = [...this.#open, dialog];
      },
    };
  }
}
