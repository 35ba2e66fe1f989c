/**
 * The arrow keys go from line to line, heads and members alike, so that Tab needs only to go from team to team. It knows
 * nothing of what is on a line.
 */
import type { Attachment } from 'svelte/attachments';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** For the element that holds all lines. What takes the focus on a line has the attribute `data-line`. */
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
