/**
 * Watches a page for what must never happen: the document scrolls, or grows larger than its window. Only the views
 * scroll. It checks after every change to the page, so tests need not ask, and reports the first problem with what was
 * on the screen. It must know nothing of the widget.
 */
import type { Page } from '@playwright/test';

const REPORT = 'reportScrolledDocument';

/** Starts to watch, now and after each reload. Returns a list to which problems are added. */
export async function watchForScrolling(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  await page.exposeFunction(REPORT, (problem: string) => {
    problems.push(problem);
  });
  await page.addInitScript(watch, REPORT);
  await page.evaluate(watch, REPORT);
  return problems;
}

/** Checks once more if there still is a page. */
export async function lookOnceMore(page: Page): Promise<void> {
  if (page.isClosed()) return;
  await page.evaluate(() => window.dispatchEvent(new Event('look-once-more'))).catch(() => undefined);
}

/** Runs in the page, so it must be self-contained. */
function watch(report: string): void {
  // On `window`, since there may be no element this early.
  if ('isWatchedForScrolling' in window) return;
  Object.assign(window, { isWatchedForScrolling: true });
  let isDue = false;
  let isReported = false;
  let lastAct = 'nothing';

  function look(): void {
    isDue = false;
    const root = document.scrollingElement;
    // On paper there is no window to outgrow.
    if (root === null || isReported || matchMedia('print').matches) return;
    const { scrollTop, scrollLeft, scrollWidth, scrollHeight } = root;
    if (scrollTop === 0 && scrollLeft === 0 && scrollWidth <= innerWidth && scrollHeight <= innerHeight) return;
    isReported = true;
    const beyond = [...document.querySelectorAll<HTMLElement>('body *')].find((element) => {
      const { right, bottom, left, top } = element.getBoundingClientRect();
      return right + scrollLeft > innerWidth || bottom + scrollTop > innerHeight || left < 0 || top < 0;
    });
    const problem = [
      `the document is scrolled by ${String(scrollLeft)}, ${String(scrollTop)}`,
      `and ${String(scrollWidth)} × ${String(scrollHeight)} in a window of ${String(innerWidth)} × ${String(innerHeight)}`,
      `last act: ${lastAct}; first beyond the window: ${beyond?.outerHTML.slice(0, 120) ?? 'none'}`,
      document.body.innerText.slice(0, 300),
    ].join('\n');
    void (window as unknown as Record<string, (problem: string) => Promise<void>>)[report]?.(problem);
  }

  // After the frame, when the layout has been computed anyway.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = look;
  function lookSoon(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      port2.postMessage(null);
    });
  }

  function begin(): void {
    new MutationObserver(lookSoon).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    for (const type of ['click', 'keydown', 'input', 'change', 'wheel', 'focusin']) {
      document.addEventListener(
        type,
        ({ target }) => {
          lastAct = `${type} on ${target instanceof Element ? target.outerHTML.slice(0, 100) : 'the document'}`;
          lookSoon();
        },
        { capture: true, passive: true },
      );
    }
    document.addEventListener('scroll', lookSoon, { capture: true, passive: true });
    addEventListener('resize', lookSoon);
    addEventListener('look-once-more', look);
    lookSoon();
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();
}
