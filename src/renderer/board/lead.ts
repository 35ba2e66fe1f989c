/** Where the board is to lead somebody: to a line of it, or to several people. It must not know why. */

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
      /** What they have in common, in the present language. */
      readonly words: () => string;
    };
