/** What the widget has to say of itself, until somebody has read it. */
export type Announcement =
  /** There is a newer version than this one. */
  | { readonly type: 'update'; readonly version: string }
  /** Something went wrong in the widget that nobody had thought of. `at` is by the core's clock. */
  | { readonly type: 'crash'; readonly at: number };
