/** What the demo is watched for, so that it shows what limits and floors do. */
import type { FloorRule, LimitRule } from '../../shared/board/attention.ts';

export const DEMO_RULES: { readonly limits: LimitRule[]; readonly floors: FloorRule[] } = {
  limits: [
    { status: 'not_ready', seconds: 900 },
    { status: 'acw', seconds: 120 },
  ],
  floors: [{ ready: 2 }],
};
