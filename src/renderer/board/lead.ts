/** Where the board should lead the user: to one of its lines, or to several people. It must not know why. */

export type Lead =
  | {
      readonly type: 'line';
      readonly teamId: string;
      /** Null for the team's head. */
      readonly memberId: string | null;
    }
  | {
      readonly type: 'people';
      readonly memberIds: ReadonlySet<string>;
      /** What they have in common, in the current language. */
      readonly words: () => string;
    };
