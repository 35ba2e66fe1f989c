/**
 * Which lines of the board are drawn: those in view and a few around them, so that a board costs what is on the screen
 * of it. What is being read stays in its place while lines come and go above it. It knows the heights of lines and the
 * element that scrolls them, but not what a line says.
 */
import { observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { drawnMembers, drawnTeams, lineNow, linesOf, type BoardLines } from './board-lines.ts';
import type { MemberState, TeamState } from './board.svelte.ts';

/** Lines drawn above and below those in view, so that one who scrolls does not meet what is not drawn yet. */
const OVERSCAN = 8;

/** All heads are of one height, and all other lines of another. In pixels. */
interface Heights {
  readonly head: number;
  readonly row: number;
}

/** A team as far as it is drawn, with the pixels between its parts. Lines count from 0 over the whole board. */
export interface TeamInView {
  readonly team: TeamState;
  /** Between the team that is drawn before this one and this one. */
  readonly gapAbove: number;
  readonly headLine: number;
  readonly skippedAbove: number;
  readonly members: readonly MemberState[];
  readonly firstMemberLine: number;
  /** Whether the note that there are no members is in view. */
  readonly isNoteInView: boolean;
  readonly skippedBelow: number;
}

interface View {
  readonly teams: readonly TeamInView[];
  readonly gapBelow: number;
  /** How many lines the whole board has. */
  readonly count: number;
  /** How far into the list the view must begin for what is read to be in its place; null where it is. */
  readonly offset: number | null;
}

interface Layout {
  readonly lines: BoardLines;
  readonly heights: Heights;
}

/** A member's line, or that of a team's head. */
interface Place {
  readonly teamId: string;
  readonly memberId: string | null;
}

/** The line that somebody is to be led to; `isPointed`: and that is to stand out for a while. */
interface Sought extends Place {
  readonly isPointed: boolean;
}

/** For so long a line that somebody was led to stands out. */
const POINT_MS = 2000;

/** To be made by the component that shows the lines, while it is made itself. */
export class LinesInView {
  readonly #teams: () => readonly TeamState[];
  /** A guess, until the first lines are drawn. */
  #heights: Heights = $state.raw({ head: 32, row: 42 });
  readonly #layout: Layout = $derived.by(() => ({ lines: linesOf(this.#teams()), heights: this.#heights }));
  /** The layout that the virtualizer has. */
  #laid: Layout = { lines: linesOf([]), heights: this.#heights };
  #list: HTMLElement | null = null;
  #offsetWanted: number | null = null;
  #focused: TeamState | null = $state.raw(null);
  /** In a new box whenever other lines are in view. */
  #seen: { readonly virtualizer: Virtualizer<HTMLElement, HTMLElement> } = $state.raw({
    virtualizer: new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      overscan: OVERSCAN,
      getScrollElement: () => (this.#list === null ? null : scrollerOf(this.#list)),
      estimateSize: (line) => (this.#laid.lines.heads.has(line) ? this.#laid.heights.head : this.#laid.heights.row),
      observeElementRect,
      observeElementOffset: ({ scrollElement }, tell) => this.#observeOffset(scrollElement, tell),
      // It is the reader who scrolls, and `#settle`.
      scrollToFn: () => undefined,
      onChange: (virtualizer) => {
        this.#seen = { virtualizer };
      },
    }),
  });
  readonly #view: View = $derived.by(() => this.#draw(this.#layout, this.#seen.virtualizer, this.#focused));

  /** The line that somebody is to be led to, as soon as it is drawn. */
  #sought: Sought | null = $state.raw(null);
  #pointed: Place | null = $state.raw(null);

  constructor(teams: () => readonly TeamState[]) {
    this.#teams = teams;
    $effect(() => {
      this.#settle(this.#view);
      this.#seek(this.#view, this.#sought);
    });
    $effect(() => {
      if (this.#pointed === null) return;
      const timer = setTimeout(() => {
        this.#pointed = null;
      }, POINT_MS);
      return () => {
        clearTimeout(timer);
      };
    });
  }

  /** Scrolls to a line and gives it the focus; `isPointed`: and lets it stand out for a while. */
  lead(teamId: string, memberId: string | null, isPointed: boolean): void {
    this.#sought = { teamId, memberId, isPointed };
  }

  /** Whether this is the line that somebody has just been led to. */
  isPointed(teamId: string, memberId: string | null): boolean {
    return this.#pointed?.teamId === teamId && this.#pointed.memberId === memberId;
  }

  get view(): View {
    return this.#view;
  }

  /** For the element that holds all lines and nothing else. */
  readonly list: Attachment<HTMLElement> = (list) =>
    untrack(() => {
      this.#list = list;
      const { virtualizer } = this.#seen;
      virtualizer._willUpdate();
      const end = virtualizer._didMount();
      return () => {
        this.#list = null;
        end();
      };
    });

  /** For every head and every member's row: they are as high as they are on this screen, in these letters. */
  readonly head = this.#measured('head');
  readonly row = this.#measured('row');

  /** Says that a team's head has got the focus. It stays drawn until another has it. */
  focus(team: TeamState): void {
    this.#focused = team;
  }

  #draw(layout: Layout, virtualizer: Virtualizer<HTMLElement, HTMLElement>, focused: TeamState | null): View {
    if (layout !== this.#laid) {
      untrack(() => {
        this.#lay(layout, virtualizer);
      });
    }
    const { lines } = layout;
    const items = virtualizer.getVirtualItems();
    const height = virtualizer.getTotalSize();
    const top = (line: number): number => virtualizer.measurementsCache[line]?.start ?? height;
    const [first, last] = [items[0], items.at(-1)];
    let end = 0;
    // Nothing is in view before the list is on the page, nor while it is hidden.
    const drawn =
      first === undefined || last === undefined ? [] : drawnTeams(lines, first.index, last.index + 1, focused);
    const teams = drawn.map((team): TeamInView => {
      const members = drawnMembers(team);
      const gapAbove = top(team.head) - top(end);
      end = team.end;
      return {
        team: team.team,
        gapAbove,
        headLine: team.head,
        skippedAbove: top(team.from) - top(team.head + 1),
        members,
        firstMemberLine: team.from,
        isNoteInView: members.length === 0 && team.from < team.to,
        skippedBelow: top(team.end) - top(team.to),
      };
    });
    return { teams, gapBelow: height - top(end), count: lines.count, offset: this.#offsetWanted };
  }

  /** Gives the virtualizer a layout, and finds what is read in it. */
  #lay(layout: Layout, virtualizer: Virtualizer<HTMLElement, HTMLElement>): void {
    const was = this.#laid;
    const { scrollOffset } = virtualizer;
    // Who is at the top stays at the top.
    const read =
      scrollOffset === null || scrollOffset <= 0 ? undefined : virtualizer.getVirtualItemForOffset(scrollOffset);
    this.#laid = layout;
    // A new function for the keys, since it is by that that the virtualizer knows of a new layout.
    virtualizer.setOptions({ ...virtualizer.options, count: layout.lines.count, getItemKey: (line) => line });
    const height = virtualizer.getTotalSize();
    if (read === undefined || scrollOffset === null) return;
    const { line, isThere } = lineNow(was.lines, read.index, layout.lines);
    const top = virtualizer.measurementsCache[line]?.start ?? height;
    virtualizer.scrollOffset = top + (isThere ? scrollOffset - read.start : 0);
    this.#offsetWanted = virtualizer.scrollOffset;
  }

  /** Once a view is drawn, scrolls to where what is read is now. */
  #settle({ offset }: View): void {
    const { scrollElement } = this.#seen.virtualizer;
    if (offset === null || scrollElement === null) return;
    this.#offsetWanted = null;
    scrollElement.scrollTop += offset - this.#offsetIn(scrollElement);
  }

  #seek(_drawn: View, sought: Sought | null): void {
    const { scrollElement: scroller, measurementsCache } = this.#seen.virtualizer;
    // Hidden with its tab, there is nothing to scroll; it is looked for again when it is shown.
    if (sought === null || this.#list === null || scroller === null || scroller.clientHeight === 0) return;
    const line = placeOf(sought, this.#layout.lines);
    const button =
      line === null ? null : this.#list.querySelector<HTMLElement>(`[aria-rowindex="${line + 2}"] [data-line]`);
    const row = button?.closest('[role=row]');
    const middle = scroller.clientHeight / 2;
    if (line !== null && (button === null || row === null || row === undefined)) {
      scroller.scrollTop += (measurementsCache[line]?.start ?? 0) - this.#offsetIn(scroller) - middle;
      return;
    }
    this.#sought = null;
    if (button === null || row === null || row === undefined) return;
    // A head stays at the top while its team is in view: it says nothing of where the team begins.
    const top = sought.memberId === null ? (measurementsCache[line ?? 0]?.start ?? 0) - this.#offsetIn(scroller) : null;
    const { top: view } = scroller.getBoundingClientRect();
    const { top: own, height } = row.getBoundingClientRect();
    scroller.scrollTop += top ?? own + height / 2 - view - middle;
    button.focus({ preventScroll: true });
    if (sought.isPointed) this.#pointed = sought;
  }

  #observeOffset(scroller: HTMLElement | null, tell: (offset: number, isScrolling: boolean) => void) {
    if (scroller === null) return;
    const told = (): void => {
      // Hidden with its tab, it has no offset; it has the old one again when it is shown.
      if (scroller.clientHeight > 0) tell(this.#offsetIn(scroller), false);
    };
    told();
    scroller.addEventListener('scroll', told, { passive: true });
    const sizes = new ResizeObserver(told);
    sizes.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', told);
      sizes.disconnect();
    };
  }

  /** How far into the list the view begins. What else is scrolled with the list, above it, is none of its business. */
  #offsetIn(scroller: HTMLElement): number {
    const list = this.#list ?? scroller;
    return Math.max(0, scroller.getBoundingClientRect().top - list.getBoundingClientRect().top);
  }

  #measured(kind: keyof Heights): Attachment<HTMLElement> {
    const sizes = new ResizeObserver((entries) => {
      const height = entries.at(-1)?.borderBoxSize[0]?.blockSize ?? 0;
      // No height is that of a hidden tab.
      if (height > 0 && height !== this.#heights[kind]) this.#heights = { ...this.#heights, [kind]: height };
    });
    return (line) => {
      sizes.observe(line, { box: 'border-box' });
      return () => {
        sizes.unobserve(line);
      };
    };
  }
}

/** At which line a member or a team is; null where it is not shown. */
function placeOf({ teamId, memberId }: Place, { teams }: BoardLines): number | null {
  const found = teams.find(({ team }) => team.id === teamId);
  if (found === undefined || memberId === null) return found?.head ?? null;
  const index = found.team.isFolded ? -1 : found.members.findIndex(({ id }) => id === memberId);
  return index < 0 ? null : found.head + 1 + index;
}

function scrollerOf(list: HTMLElement): HTMLElement {
  for (let element = list.parentElement; element !== null; element = element.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(element).overflowY)) return element;
  }
  return document.documentElement;
}
