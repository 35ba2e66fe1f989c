import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The walls between the rooms: what each may import of the others, and nothing else. A room that is not listed here
 * may import nothing of `src`. test/walls.test.ts shows that they hold.
 */
const ROOMS = {
  shared: [],
  core: ['shared'],
  simulator: ['shared'],
  renderer: ['shared'],
  preload: ['shared'],
  host: ['shared', 'core', 'simulator'],
  main: ['shared', 'core', 'host', 'preload'],
  preview: ['shared', 'core', 'host'],
};

/** Packages and platforms that a room may not touch, with the reason that the rule gives. */
const FORBIDDEN = {
  shared: [{ regex: '^(?!\\.)', message: 'src/shared imports nothing from any platform or package.' }],
  core: [{ regex: '^electron', message: 'src/core is plain Node.' }],
  simulator: [{ regex: '^electron', message: 'The simulator is plain Node.' }],
  renderer: [{ regex: '^(node:|electron|ws$)', message: 'The page has no Node and no network of its own.' }],
  host: [{ regex: '^electron$', message: 'src/host is what every host has; Electron is in src/main.' }],
  preview: [{ regex: '^electron', message: 'The preview is for machines without Electron.' }],
  main: [{ regex: '^electron$', importNames: ['ipcMain'], message: 'Only src/main/ipc.ts touches ipcMain.' }],
};

const walls = Object.entries(ROOMS).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.{ts,svelte}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...Object.keys(ROOMS)
            .filter((other) => other !== room && !allowed.includes(other))
            .map((other) => ({ regex: `^(\\.\\./)+${other}/`, message: `src/${room} may not import src/${other}.` })),
          ...(FORBIDDEN[room] ?? []),
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.page.json', 'tsconfig.test.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An async handler without an await keeps the shape that its neighbours have.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/renderer/**/*.{ts,svelte}', 'src/renderer/**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['**/*.{js,cjs}'],
    extends: [ts.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    // Playwright reads a fixture's needs from its first parameter, which may be none.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  ...walls,
  {
    files: ['src/renderer/**/*'],
    ignores: ['src/renderer/bridge.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='uccx']", message: 'Only bridge.ts touches the host’s bridge.' },
      ],
    },
  },
  {
    files: ['src/main/ipc.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
