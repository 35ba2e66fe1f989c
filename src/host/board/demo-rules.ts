/** Limits and floors for the demo, so that it shows what they do. */
import type { FloorRule, LimitRule } from '../../shared/board/attention.ts';

export const DEMO_RULES: { readonly limits: LimitRule[]; readonly floors: FloorRule[] } = {
  limits: [
    { status: 'not_ready', seconds: 900 },
    { status: 'acw', seconds: 120 },
  ],
  floors: [{ ready: 2 }],
};
