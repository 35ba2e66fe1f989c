/** The walls between the rooms hold: an import across one is an error of the linter, and the sources have none. */
import { ESLint, Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

const RULES = ['no-restricted-imports', 'no-restricted-syntax'];
const eslint = new ESLint();

/** Which of the walls' rules complain of this code in a file, by the project's own configuration. */
async function complaints(file: string, code: string): Promise<(string | null)[]> {
  const { rules, languageOptions } = (await eslint.calculateConfigForFile(file)) as Linter.Config;
  // The walls alone, without the rules that need types: the file does not exist.
  const walls = Object.fromEntries(Object.entries(rules ?? {}).filter(([rule]) => RULES.includes(rule)));
  const messages = new Linter().verify(
    code,
    { files: ['**/*.ts'], languageOptions: { parser: languageOptions?.parser }, rules: walls },
    file,
  );
  return messages.map(({ ruleId }) => ruleId);
}

describe('the walls between the rooms', () => {
  test.each([
    ['src/shared/x.ts', "import 'node:fs';"],
    ['src/shared/x.ts', "import 'valibot';"],
    ['src/shared/x.ts', "import '../core/widget.ts';"],
    ['src/core/x.ts', "import '../host/widget-host.ts';"],
    ['src/core/board/x.ts', "import '../../simulator/simulator.ts';"],
    ['src/core/x.ts', "import { app } from 'electron';"],
    ['src/simulator/x.ts', "import '../core/widget.ts';"],
    ['src/renderer/x.ts', "import '../core/widget.ts';"],
    ['src/renderer/x.ts', "import 'node:fs';"],
    ['src/renderer/views/x.ts', "import '../../host/widget-host.ts';"],
    ['src/renderer/state/x.ts', 'console.log(window.uccx);'],
    ['src/preload/x.ts', "import '../core/widget.ts';"],
    ['src/host/x.ts', "import { app } from 'electron';"],
    ['src/preview/x.ts', "import '../main/index.ts';"],
    ['src/main/x.ts', "import '../renderer/bridge.ts';"],
    ['src/main/x.ts', "import { ipcMain } from 'electron';"],
  ])('in %s this is refused: %s', async (file, code) => {
    expect(RULES).toContain((await complaints(file, code))[0]);
  });

  test.each([
    ['src/core/x.ts', "import '../shared/board.ts'; import 'node:fs'; import 'ws';"],
    ['src/renderer/bridge.ts', 'console.log(window.uccx);'],
    ['src/host/x.ts', "import '../core/widget.ts'; import '../simulator/simulator.ts';"],
    ['src/main/x.ts', "import '../host/widget-host.ts'; import { app } from 'electron';"],
    ['src/main/ipc.ts', "import { ipcMain } from 'electron';"],
  ])('in %s this is allowed: %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});
