/**
 * Moves the focus from line to line with the arrow keys, across team heads and members, so that Tab only has to go from
 * team to team. It must not know what is on a line.
 */
import type { Attachment } from 'svelte/attachments';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** For the element that holds all lines. The focusable element of a line has the attribute `data-line`. */
export const walkLines: Attachment<HTMLElement> = (lines) => {
  const walk = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = [...lines.querySelectorAll<HTMLElement>('[data-line]')];
    const at = all.findIndex((one) => one === document.activeElement);
    const next = at < 0 ? undefined : all[at + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  };
  lines.addEventListener('keydown', walk);
  return () => {
    lines.removeEventListener('keydown', walk);
  };
};
