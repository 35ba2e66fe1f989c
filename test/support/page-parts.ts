/** The page's parts by role and accessible name, which tests rely on. */
import type { BareProcessor } from '../../lab/bare-processor.ts';
import { expect, type Locator, type Page } from '@playwright/test';

export function lamp(page: Page): Locator {
  return page.getByRole('status', { name: 'Processor link' });
}

export function board(page: Page): Locator {
  return page.getByRole('table', { name: 'Team status' });
}

/** A member's row, by the start of its name. */
export function row(page: Page, name: string): Locator {
  return board(page).getByRole('row', { name: new RegExp(`^${name}`) });
}

export function steps(page: Page): Locator {
  return page.getByRole('table', { name: 'Call journey' }).getByRole('row');
}

/** Opens the view and asks for the journey as a person would. */
export async function askJourney(page: Page, callId: string): Promise<void> {
  await page.getByRole('tab', { name: 'Call journey' }).click();
  await page.getByRole('textbox', { name: 'Call ID' }).fill(callId);
  await page.getByRole('button', { name: 'Show journey' }).click();
}

/**
 * The clipboard's content as a person sees it, by pasting it into a text field. Closes the open dialog; line breaks get
 * lost.
 */
export async function pasted(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'Call journey' }).click();
  const field = page.getByRole('textbox', { name: 'Call ID' });
  await field.fill('');
  await field.press('ControlOrMeta+V');
  await expect(field).not.toHaveValue('');
  return field.inputValue();
}

/** Expects a widget whose next attempt is far off to connect as soon as `act` is done, and to be live again. */
export async function expectToTryAtOnce(
  {
    page,
    processor,
    passes,
  }: { readonly page: Page; readonly processor: BareProcessor; readonly passes: (ms: number) => Promise<void> },
  act: () => Promise<unknown>,
): Promise<void> {
  await (await processor.connection()).begin();
  await processor.stop();
  await expect(lamp(page)).toHaveText(/^Reconnecting/);
  await passes(20_000);
  // After some attempts the next is far enough off to tell the effect of `act` from just waiting.
  await expect(page.getByText(/Next try in 0:(0[6-9]|[1-3]\d)/)).toBeVisible({ timeout: 60_000 });
  await processor.restart();
  const connection = processor.connection();
  const byItself = page.getByText(/Next try in 0:0[01]/).waitFor();
  await act();
  expect(await Promise.race([connection.then(() => 'at once'), byItself.then(() => 'by itself')])).toBe('at once');
  byItself.catch(() => undefined);
  await (await connection).begin();
  await expect(lamp(page)).toHaveText(/^Live/);
}
