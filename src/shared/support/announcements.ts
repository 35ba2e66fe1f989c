/** What the widget says about itself until the user dismisses it. */
export type Announcement =
  /** There is a newer version than this one. */
  | { readonly type: 'update'; readonly version: string }
  /** The widget had an unexpected error of its own. `at` is on the core's clock. */
  | { readonly type: 'crash'; readonly at: number };
