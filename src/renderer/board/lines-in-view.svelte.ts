/**
 * Decides which lines of the board are drawn: those in view and a few around them, so that the cost depends on the
 * screen rather than on the board. It keeps the lines being read in place while others come and go above them. It knows
 * the heights of lines and the element that scrolls, but not what the lines say.
 */
import { observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { drawnMembers, drawnTeams, lineNow, linesOf, type BoardLines } from './board-lines.ts';
import type { MemberState, TeamState } from './board.svelte.ts';

/** Lines drawn above and below the view, so that scrolling does not show blank space. */
const OVERSCAN = 8;

/** In pixels. All heads have one height, and all other lines another. */
interface Heights {
  readonly head: number;
  readonly row: number;
}

/** The drawn part of a team, with the pixels between its parts. Lines are counted from 0 over the whole board. */
export interface TeamInView {
  readonly team: TeamState;
  /** Between the previous drawn team and this one. */
  readonly gapAbove: number;
  readonly headLine: number;
  readonly skippedAbove: number;
  readonly members: readonly MemberState[];
  readonly firstMemberLine: number;
  /** Whether the note about having no members is in view. */
  readonly isNoteInView: boolean;
  readonly skippedBelow: number;
}

interface View {
  readonly teams: readonly TeamInView[];
  readonly gapBelow: number;
  /** The number of lines on the whole board. */
  readonly count: number;
  /** Where in the list the view must start to keep the lines in place; null if it already does. */
  readonly offset: number | null;
}

interface Layout {
  readonly lines: BoardLines;
  readonly heights: Heights;
}

/** A member's line, or a team's head. */
interface Place {
  readonly teamId: string;
  readonly memberId: string | null;
}

/** The line to lead the user to. With `isPointed`, it is highlighted for a while. */
interface Sought extends Place {
  readonly isPointed: boolean;
}

/** How long the line that the user was led to stays highlighted. */
const POINT_MS = 2000;

/** Create it during the initialisation of the component that shows the lines. */
export class LinesInView {
  readonly #teams: () => readonly TeamState[];
  /** A guess until the first lines are drawn. */
  #heights: Heights = $state.raw({ head: 32, row: 42 });
  readonly #layout: Layout = $derived.by(() => ({ lines: linesOf(this.#teams()), heights: this.#heights }));
  /** The layout that the virtualizer uses. */
  #laid: Layout = { lines: linesOf([]), heights: this.#heights };
  #list: HTMLElement | null = null;
  #offsetWanted: number | null = null;
  #focused: TeamState | null = $state.raw(null);
  /** A new box whenever other lines are in view. */
  #seen: { readonly virtualizer: Virtualizer<HTMLElement, HTMLElement> } = $state.raw({
    virtualizer: new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      overscan: OVERSCAN,
      getScrollElement: () => (this.#list === null ? null : scrollerOf(this.#list)),
      estimateSize: (line) => (this.#laid.lines.heads.has(line) ? this.#laid.heights.head : this.#laid.heights.row),
      observeElementRect,
      observeElementOffset: ({ scrollElement }, report) => this.#observeOffset(scrollElement, report),
      // Only the reader scrolls, and `#settle`.
      scrollToFn: () => undefined,
      onChange: (virtualizer) => {
        this.#seen = { virtualizer };
      },
    }),
  });
  readonly #view: View = $derived.by(() => this.#draw(this.#layout, this.#seen.virtualizer, this.#focused));

  /** The line to lead the user to as soon as it is drawn. */
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

  /** Scrolls to a line and focuses it. With `isPointed`, it is also highlighted for a while. */
  lead(teamId: string, memberId: string | null, isPointed: boolean): void {
    this.#sought = { teamId, memberId, isPointed };
  }

  /** Whether the user was just led to this line. */
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

  /** For every head and row: measures how high they are on this screen, in this font. */
  readonly head = this.#measured('head');
  readonly row = this.#measured('row');

  /** Reports that a team's head got the focus. It stays drawn until another head gets it. */
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
    // Nothing is in view until the list is on the page, or while it is hidden.
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

  /** Gives the virtualizer a layout, and finds the lines being read in it. */
  #lay(layout: Layout, virtualizer: Virtualizer<HTMLElement, HTMLElement>): void {
    const was = this.#laid;
    const { scrollOffset } = virtualizer;
    // The line at the top stays at the top.
    const read =
      scrollOffset === null || scrollOffset <= 0 ? undefined : virtualizer.getVirtualItemForOffset(scrollOffset);
    this.#laid = layout;
    // A new function for the keys tells the virtualizer that the layout is new.
    virtualizer.setOptions({ ...virtualizer.options, count: layout.lines.count, getItemKey: (line) => line });
    const height = virtualizer.getTotalSize();
    if (read === undefined || scrollOffset === null) return;
    const { line, isThere } = lineNow(was.lines, read.index, layout.lines);
    const top = virtualizer.measurementsCache[line]?.start ?? height;
    virtualizer.scrollOffset = top + (isThere ? scrollOffset - read.start : 0);
    this.#offsetWanted = virtualizer.scrollOffset;
  }

  /** After drawing, scrolls to where the lines being read are now. */
  #settle({ offset }: View): void {
    const { scrollElement } = this.#seen.virtualizer;
    if (offset === null || scrollElement === null) return;
    this.#offsetWanted = null;
    scrollElement.scrollTop += offset - this.#offsetIn(scrollElement);
  }

  #seek(_drawn: View, sought: Sought | null): void {
    const { scrollElement: scroller, measurementsCache } = this.#seen.virtualizer;
    // With its tab hidden, nothing can scroll. The search runs again when it is shown.
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
    // A head sticks to the top while its team is in view, so its position does not show where the team starts.
    const top = sought.memberId === null ? (measurementsCache[line ?? 0]?.start ?? 0) - this.#offsetIn(scroller) : null;
    const { top: view } = scroller.getBoundingClientRect();
    const { top: own, height } = row.getBoundingClientRect();
    scroller.scrollTop += top ?? own + height / 2 - view - middle;
    button.focus({ preventScroll: true });
    if (sought.isPointed) this.#pointed = sought;
  }

  #observeOffset(scroller: HTMLElement | null, report: (offset: number, isScrolling: boolean) => void) {
    if (scroller === null) return;
    const reportOffset = (): void => {
      // A hidden tab has no offset. It gets its old one back when shown.
      if (scroller.clientHeight > 0) report(this.#offsetIn(scroller), false);
    };
    reportOffset();
    scroller.addEventListener('scroll', reportOffset, { passive: true });
    const sizes = new ResizeObserver(reportOffset);
    sizes.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', reportOffset);
      sizes.disconnect();
    };
  }

  /** How far into the list the view starts. Other content scrolled along above the list does not count. */
  #offsetIn(scroller: HTMLElement): number {
    const list = this.#list ?? scroller;
    return Math.max(0, scroller.getBoundingClientRect().top - list.getBoundingClientRect().top);
  }

  #measured(kind: keyof Heights): Attachment<HTMLElement> {
    const sizes = new ResizeObserver((entries) => {
      const height = entries.at(-1)?.borderBoxSize[0]?.blockSize ?? 0;
      // A hidden tab has no heights.
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

/** The line of a member or a team; null if it is not shown. */
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
