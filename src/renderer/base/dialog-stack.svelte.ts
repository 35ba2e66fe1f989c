/**
 * The dialogs that are open, one over the other, and how each is opened and closed. It must not know which dialogs there
 * are.
 */
import type { Component } from 'svelte';

interface Closable {
  /** The dialog has closed. */
  readonly onclose: () => void;
}

/** What a component opens a dialog by. */
export interface Opener {
  readonly open: () => void;
}

interface StackedDialog {
  readonly component: Component<Closable>;
  /** Gives back the room that was made for it. */
  giveBack: () => void;
}

interface DialogOptions {
  /** Whether it needs the room of a panel. What there was before comes back when it is closed. */
  readonly needsPanel?: boolean;
}

export class DialogStack {
  #open: readonly StackedDialog[] = $state.raw([]);
  readonly #makeRoom: () => () => void;

  /** `makeRoom` makes the room of a panel, and returns what gives it back. */
  constructor(makeRoom: () => () => void) {
    this.#makeRoom = makeRoom;
  }

  /** Those that are open, the lowest first. */
  get open(): readonly StackedDialog[] {
    return this.#open;
  }

  close(dialog: StackedDialog): void {
    if (!this.#open.includes(dialog)) return;
    this.#open = this.#open.filter((one) => one !== dialog);
    dialog.giveBack();
  }

  /** For what must not lie behind one. The room that was made for any of them is kept. */
  closeAll(): void {
    this.#open = [];
  }

  /** A dialog that can be opened. `props` makes its props of what it is opened with, which may change while it is open. */
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
      // Assigned to, and not spread: a prop that is a getter has to stay one.
      component: (internals, { onclose }) => component(internals, Object.assign(props(last), { onclose })),
      giveBack: () => undefined,
    };
    return {
      open: (...args) => {
        opened = args;
        const { giveBack } = dialog;
        const isOpen = this.#open.includes(dialog);
        const giveBackAgain = needsPanel ? this.#makeRoom() : () => undefined;
        // Opened twice, it gives back what it took first as well.
        dialog.giveBack = () => {
          giveBackAgain();
          if (isOpen) giveBack();
        };
        if (!isOpen) this.#open = [...this.#open, dialog];
      },
    };
  }
}
