/**
 * Measures what a page draws, by rectangles: what overlaps, what is cut off without an ellipsis, and which controls lie
 * outside the window. It must know nothing of the widget.
 */

/**
 * Runs in the page, so it must be self-contained. Describes each problem and where it is; if there is a top layer, in
 * that layer only.
 */
export function layoutProblems(): string[] {
  interface Item {
    readonly element: Element;
    readonly what: string;
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly isText: boolean;
    readonly node: Node;
  }
  /** Letters extend a little beyond their boxes, and sizes come in fractions. */
  const SLACK = 1;
  const problems: string[] = [];
  const items: Item[] = [];
  const style = new Map<Element, CSSStyleDeclaration>();
  const unseen = new Map<Element, boolean>();
  const frames = new Map<Element, DOMRect>();
  const frameOf = (element: Element): DOMRect => {
    let found = frames.get(element);
    if (found === undefined) {
      found = element.getBoundingClientRect();
      frames.set(element, found);
    }
    return found;
  };
  const styleOf = (element: Element): CSSStyleDeclaration => {
    let found = style.get(element);
    if (found === undefined) {
      found = getComputedStyle(element);
      style.set(element, found);
    }
    return found;
  };
  const clips = (overflow: string): boolean => overflow !== 'visible';
  const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';

  /** Present only for screen readers, or folded away. */
  function isUnseen(element: Element): boolean {
    let is = unseen.get(element);
    if (is === undefined) {
      const { clipPath, visibility, display } = styleOf(element);
      const parent = element.parentElement;
      is =
        clipPath !== 'none' || visibility === 'hidden' || display === 'none' || (parent !== null && isUnseen(parent));
      // What is folded away has a size, but is not drawn.
      is ||= !element.checkVisibility();
      unseen.set(element, is);
    }
    return is;
  }

  function describe(element: Element, text: string): string {
    const place = element.closest('[role=row],[role=tab],[role=dialog],header,section,li,form,p')?.className ?? '';
    return `“${text.trim().slice(0, 40)}” (${element.localName}.${String(element.getAttribute('class'))} in ${place})`;
  }

  /** Whether only part of a letter fits, but no ellipsis, which is then omitted. */
  function isTooNarrow(element: Element, left: number, right: number, frame: DOMRect): boolean {
    const room = Math.min(right, frame.right) - Math.max(left, frame.left);
    return room > SLACK && room < 0.8 * parseFloat(styleOf(element).fontSize) && frame.width - room < SLACK;
  }

  /** The visible part of a box. Reports whatever cuts it off, unless that scrolls or shows an ellipsis. */
  function seen(element: Element, box: DOMRect, what: string, node: Node): Item | null {
    const isText = node !== element;
    let { left, top, right, bottom } = box;
    let [isCutAcross, isCutAlong] = [false, false];
    let isScrolledAcross = false;
    let isScrolledAlong = false;
    const { position } = styleOf(element);
    let isFree = position === 'fixed';

    for (let one: Element | null = isText ? element : element.parentElement; one !== null; one = one.parentElement) {
      const { overflowX, overflowY, textOverflow, display } = styleOf(one);
      if (one === document.documentElement || one === document.body) break;
      if (!isFree && (clips(overflowX) || clips(overflowY))) {
        const frame = frameOf(one);
        if (clips(overflowX)) {
          if (right > frame.right + SLACK || left < frame.left - SLACK) {
            const hasEllipsis = isText && textOverflow === 'ellipsis' && !/flex|grid/.test(display);
            // A dialog is as wide as its window allows, and so is its content.
            if (scrolls(overflowX) && one.localName !== 'dialog') isScrolledAcross = true;
            else if (!hasEllipsis || isTooNarrow(one, left, right, frame)) isCutAcross ||= !isScrolledAcross;
            left = Math.max(left, frame.left);
            right = Math.min(right, frame.right);
          }
        }
        if (clips(overflowY)) {
          if (bottom > frame.bottom + 2 * SLACK || top < frame.top - 2 * SLACK) {
            if (scrolls(overflowY)) isScrolledAlong = true;
            else isCutAlong ||= !isScrolledAlong;
          }
          // However little of it: what is scrolled away is not outside the window.
          top = Math.max(top, frame.top);
          bottom = Math.min(bottom, frame.bottom);
        }
      }
      isFree ||= styleOf(one).position === 'fixed' || one.localName === 'dialog';
    }
    // What is hidden completely on a second line was left out on purpose, not cut off.
    if (right - left <= SLACK || bottom - top <= 3 * SLACK) return null;
    if (isCutAcross) problems.push(`cut across: ${what}`);
    if (isCutAlong) problems.push(`cut along: ${what}`);
    if (right > innerWidth + SLACK || left < -SLACK || bottom > innerHeight + SLACK || top < -SLACK)
      problems.push(
        `outside the window: ${what} at ${String(Math.round(left))}–${String(Math.round(right))}, ${String(Math.round(top))}–${String(Math.round(bottom))}`,
      );
    return { element, what, left, top, right, bottom, isText, node };
  }

  const layers = [...document.querySelectorAll('dialog[open], [role=menu]')];
  const root = layers.at(-1) ?? document.body;

  const pressed = 'button, input, select, textarea, a, summary, [role=tab], [role=option], [role=menuitem]';
  for (const element of root.querySelectorAll(pressed)) {
    if (isUnseen(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const what = describe(element, element.getAttribute('aria-label') ?? element.textContent);
    const item = seen(element, box, what, element);
    if (item !== null) items.push(item);
    else if (element.closest('.one-line') !== null) problems.push(`can’t be pressed: ${what}`);
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const element = node instanceof Element ? node : node.parentElement;
    if (element === null) continue;
    const isText = node instanceof Text;
    if (isText ? node.data.trim() === '' : !(node instanceof SVGSVGElement)) continue;
    if (isUnseen(element) || element.closest('select, option, textarea') !== null) continue;
    const range = document.createRange();
    range.selectNode(node);
    const boxes = isText ? [...range.getClientRects()] : [element.getBoundingClientRect()];
    for (const box of boxes) {
      if (box.width === 0) continue;
      // The part of a line that letters fill.
      const inset = isText ? box.height * 0.2 : 1;
      const letters = new DOMRect(box.x, box.y + inset, box.width, box.height - 2 * inset);
      const text = isText ? node.data : `svg in ${element.parentElement?.textContent ?? ''}`;
      const item = seen(isText ? element : (element.parentElement ?? element), letters, describe(element, text), node);
      if (item !== null) items.push(item);
    }
  }

  items.sort((a, b) => a.top - b.top);
  for (const [index, a] of items.entries()) {
    for (let at = index + 1; at < items.length; at += 1) {
      const b = items[at];
      // All further ones begin below it, too.
      if (b === undefined || b.top + SLACK >= a.bottom) break;
      if (a.left + SLACK >= b.right || b.left + SLACK >= a.right) continue;
      // Text that is cut off or runs both ways comes in pieces.
      if (a.node === b.node) continue;
      if (a.element.contains(b.element) || b.element.contains(a.element)) {
        // Text inside a control may overlap it, but two texts of one element must lie side by side.
        if (a.element !== b.element || !a.isText || !b.isText) continue;
      }
      // A sticky head covers what scrolls beneath it.
      if (a.element.closest('.head') !== b.element.closest('.head')) continue;
      if (a.element.closest('footer') !== b.element.closest('footer')) continue;
      if (a.element.closest('dialog > header') !== b.element.closest('dialog > header')) continue;
      problems.push(`over one another: ${a.what} and ${b.what}`);
    }
  }
  // Except preformatted text, everything is as wide as its window allows. Invisible content takes up room too.
  for (const element of [root, ...root.querySelectorAll('*:not(pre)')]) {
    if (!scrolls(styleOf(element).overflowX) || element.scrollWidth <= element.clientWidth) continue;
    problems.push(`scrolls across by ${String(element.scrollWidth - element.clientWidth)}: ${describe(element, '')}`);
  }
  return problems;
}
