/** How the user has arranged the board; it is kept from one start to the next. */
import { STATUS_KINDS } from './statuses.ts';

/** By attention, by name, or by another column. */
export const SORT_KEYS = ['attention', 'name', 'type', 'status', 'time', 'reason', 'reasonTime'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Statuses, and the levels near or over a limit. */
export const FILTERS = [...STATUS_KINDS, 'amber', 'red'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Layout {
  readonly sort: SortKey;
  readonly isDescending: boolean;
  /** Whether rows over their limit come first in any sort order. */
  readonly isRedFirst: boolean;
  /** Rows that match any of these are shown; all if empty. */
  readonly filters: readonly Filter[];
  /** Whether the wall shows a tile for each team instead of the table. */
  readonly isTiled: boolean;
  /** Ids of the collapsed teams. */
  readonly folded: readonly string[];
}

export const FIRST_LAYOUT: Layout = {
  sort: 'name',
  isDescending: false,
  isRedFirst: true,
  filters: [],
  isTiled: true,
  folded: [],
};

/** The ids of the collapsed teams. */
export function foldedTeams({ folded }: Layout): ReadonlySet<string> {
  return new Set(folded);
}

/** The layout with these teams collapsed, or expanded again. */
export function withFolded(layout: Layout, teamIds: readonly string[], isFolded: boolean): Layout {
  const folded = new Set(layout.folded);
  for (const teamId of teamIds) {
    if (isFolded) folded.add(teamId);
    else folded.delete(teamId);
  }
  return { ...layout, folded: [...folded] };
}
