/**
 * Operates the page like a user: clicks, types and chooses by the names that people read. It waits for what is not
 * there yet.
 */

const PRESSED = 'button:not(:disabled), summary, [role=tab], [role=menuitem], [role=option]';
const FILLED = 'input, select, textarea';
const WAITS_MS = 5000;

/** Clicks the control with this name. */
export async function press(name: string): Promise<void> {
  pressOn(await named(name, PRESSED));
}

/** Clicks the first element that matches. */
export async function pressFirst(selector: string): Promise<void> {
  pressOn(await present(selector));
}

function pressOn(element: HTMLElement): void {
  element.focus();
  element.click();
}

/** Enters a text into the field with this label, or chooses it there. */
export async function fill(label: string, value: string): Promise<void> {
  const field = await named(label, FILLED);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement))
    throw new Error(`“${label}” takes no text.`);
  field.focus();
  field.value = value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Waits until a matching element is there. */
export function present(selector: string): Promise<HTMLElement> {
  return found(selector, () => seen(document, selector)[0]);
}

/** The element of the topmost layer with this name, as announced by a screen reader or as written. */
function named(name: string, selector: string): Promise<HTMLElement> {
  return found(`“${name}”`, () => {
    const layer = [...document.querySelectorAll('dialog[open], [role=menu]')].at(-1) ?? document;
    return seen(layer, selector).find((element) => namesOf(element).includes(name));
  });
}

function namesOf(element: HTMLElement): readonly (string | null | undefined)[] {
  const labels = 'labels' in element ? [...((element.labels ?? []) as NodeListOf<HTMLLabelElement>)] : [];
  return [
    element.getAttribute('aria-label'),
    element.getAttribute('title'),
    element.textContent.trim(),
    ...labels.map((label) => label.textContent.trim()),
  ];
}

function seen(within: ParentNode, selector: string): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
}

function found(what: string, find: () => HTMLElement | undefined): Promise<HTMLElement> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const element = find();
      if (element === undefined) return;
      done();
      resolve(element);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => {
      done();
      reject(new Error(`There is no ${what} in this state.`));
    }, WAITS_MS);
    function done(): void {
      observer.disconnect();
      clearTimeout(timer);
    }
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
}
