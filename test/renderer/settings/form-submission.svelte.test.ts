/** A form from opening to saving, whatever the form is for. */
import { describe, expect, test } from 'vitest';
import { FormSubmission } from '../../../src/renderer/settings/form-submission.svelte.ts';
import type { SaveResult } from '../../../src/shared/settings/settings.ts';
import type { Edit, SettingsProblem } from '../../../src/shared/settings/settings.ts';

interface Form {
  readonly names: readonly string[];
  readonly size: number;
}

const SAVED: SaveResult<Form> = { ok: true };
const PROBLEM: SettingsProblem = { source: 'form', place: null, key: 'size', message: 'too large', severity: 'error' };
const moved = (what: Partial<Form>): SaveResult<Form> => ({ ok: false, problems: [], moved: what });

function opened(...answers: (SaveResult<Form> | Error)[]) {
  const sent: Edit<Form>[] = [];
  const submission = new FormSubmission({
    set: { names: ['a', ' b '], size: 1 },
    draftOf: ({ names, size }: Form) => ({ names: names.join(','), size }),
    formOf: ({ names, size }): Form => ({ names: names.split(',').map((name) => name.trim()), size }),
    save: (edit) => {
      sent.push(edit);
      const answer = answers.shift() ?? SAVED;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { submission, sent };
}

describe('a form', () => {
  test('sends what was changed in it with its previous values, and nothing else', async () => {
    const { submission, sent } = opened();
    submission.draft.size = 2;
    expect(await submission.save()).toBe(true);
    submission.draft.names = 'a, b, c';
    await submission.save();
    expect(sent).toEqual([
      { changes: { size: 2 }, base: { size: 1 } },
      { changes: { names: ['a', 'b', 'c'], size: 2 }, base: { names: ['a', ' b '], size: 1 } },
    ]);
    expect(submission.outcome).toEqual({ name: 'none' });
  });

  test('shows what is wrong with it until it is sent again', async () => {
    const { submission } = opened({ ok: false, problems: [PROBLEM], moved: {} }, new Error('The host is gone.'));
    expect(await submission.save()).toBe(false);
    expect(submission.outcome).toEqual({ name: 'refused', problems: [PROBLEM] });
    const again = submission.save();
    expect(submission.outcome).toEqual({ name: 'saving' });
    expect(await again).toBe(false);
    expect(submission.outcome).toEqual({ name: 'failed', why: 'The host is gone.' });
  });

  test('that keeps what was changed here overwrites the present values, and only those', async () => {
    const { submission, sent } = opened(moved({ size: 7 }), moved({ size: 8 }));
    submission.draft.size = 2;
    await submission.save();
    expect(submission.outcome).toEqual({ name: 'moved', moved: { size: 7 } });
    // It has changed once more meanwhile, which the user has not agreed to.
    expect(await submission.keepMine()).toBe(false);
    expect(submission.outcome).toEqual({ name: 'moved', moved: { size: 8 } });
    expect(await submission.keepMine()).toBe(true);
    expect(sent.map(({ base }) => base)).toEqual([{ size: 1 }, { size: 7 }, { size: 8 }]);
  });

  test('that takes the present values keeps what else was typed', async () => {
    const { submission, sent } = opened(moved({ size: 7 }));
    submission.draft.size = 2;
    submission.draft.names = 'z';
    await submission.save();
    submission.takeTheirs();
    expect(submission.draft).toEqual({ names: 'z', size: 7 });
    expect(submission.outcome).toEqual({ name: 'none' });
    await submission.save();
    expect(sent.at(-1)).toEqual({ changes: { names: ['z'] }, base: { names: ['a', ' b '] } });
  });

  test('that is tested saves nothing, and ignores a test that saving has overtaken', async () => {
    const { submission, sent } = opened({ ok: false, problems: [PROBLEM], moved: {} });
    let resolve = (_: { readonly ok: true; readonly ms: number }): void => undefined;
    const promise = new Promise<{ readonly ok: true; readonly ms: number }>((settle) => {
      resolve = settle;
    });
    submission.draft.size = 2;
    const asked: Form[] = [];
    const trying = submission.try((form) => {
      asked.push(form);
      return promise;
    });
    expect(submission.outcome).toEqual({ name: 'trying' });
    expect(asked).toEqual([{ names: ['a', 'b'], size: 2 }]);
    expect(sent).toEqual([]);
    await submission.save();
    resolve({ ok: true, ms: 3 });
    expect(await trying).toBeNull();
    expect(submission.outcome).toEqual({ name: 'refused', problems: [PROBLEM] });
    expect(await submission.try(() => Promise.resolve({ ok: true, ms: 4 }))).toEqual({ ok: true, ms: 4 });
    expect(await submission.try(() => Promise.resolve({ ok: false, problems: [PROBLEM] }))).toBeNull();
    expect(submission.outcome).toEqual({ name: 'refused', problems: [PROBLEM] });
  });
});
