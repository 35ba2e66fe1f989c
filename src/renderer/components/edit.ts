/** What somebody changed in a form, and nothing else of it. It does not know what the form is for. */
import type { Edit } from '../../shared/settings.ts';

/** `typed` and `before` are written in the same way; `base` is what was there as the form was opened. */
export function editOf<F extends object>(typed: F, before: F, base: F): Edit<F> {
  const changes: Partial<F> = {};
  const was: Partial<F> = {};
  for (const key of keysOf(typed)) {
    if (JSON.stringify(typed[key]) === JSON.stringify(before[key])) continue;
    changes[key] = typed[key];
    was[key] = base[key];
  }
  return { changes, base: was };
}

export function keysOf<F extends object>(form: F): readonly (keyof F)[] {
  return Object.keys(form) as (keyof F)[];
}
