/** How somebody has arranged the board: what is remembered from one start to the next. */
import { STATUS_KINDS } from './statuses.ts';

/** By attention, by name, or by another column. */
export const SORT_KEYS = ['attention', 'name', 'type', 'status', 'time', 'reason', 'reasonTime'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Statuses, or what is near or over a limit. */
export const FILTERS = [...STATUS_KINDS, 'amber', 'red'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Layout {
  readonly sort: SortKey;
  readonly isDescending: boolean;
  /** Whether what is over its limit stands first, however else it is sorted. */
  readonly isRedFirst: boolean;
  /** Shown are those of any of these; all where there are none. */
  readonly filters: readonly Filter[];
  /** Whether a wall shows a tile for each team, and not the table. */
  readonly isTiled: boolean;
  /** Ids of teams whose members are folded away. */
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

/** The ids of the teams that are folded away. */
export function foldedTeams({ folded }: Layout): ReadonlySet<string> {
  return new Set(folded);
}

/** The layout with these teams folded away, or not any more. */
export function withFolded(layout: Layout, teamIds: readonly string[], isFolded: boolean): Layout {
  const folded = new Set(layout.folded);
  for (const teamId of teamIds) {
    if (isFolded) folded.add(teamId);
    else folded.delete(teamId);
  }
  return { ...layout, folded: [...folded] };
}
