import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { BESIDE, FORBIDDEN, mayImportSubject, ROOMS, SUBJECTS } from './walls.js';

// The walls as lint rules for the editor. walls.js defines them, and test/walls.test.ts enforces them.
const walls = Object.entries(ROOMS).flatMap(([room, allowed]) => {
  const ofRoom = [
    ...Object.keys(ROOMS)
      .filter((other) => other !== room && !allowed.includes(other))
      .map((other) => noFolder(other, `src/${room} may not import src/${other}.`)),
    ...Object.keys(BESIDE).map((other) => noFolder(other, `src/${room} may not import ${other}.`)),
    ...(FORBIDDEN[room] ?? []),
  ];
  return [
    wall(`src/${room}/*.{ts,svelte}`, ofRoom),
    ...SUBJECTS.map((subject) =>
      wall(`src/${room}/${subject}/**/*.{ts,svelte}`, [
        ...ofRoom,
        ...SUBJECTS.filter((other) => !mayImportSubject(subject, other)).map((later) =>
          noFolder(later, `${subject} comes before ${later} and may not import it.`),
        ),
      ]),
    ),
  ];
});

const wallsBeside = Object.entries(BESIDE).map(([room, allowed]) =>
  wall(`${room}/**/*.{ts,svelte}`, [
    ...Object.keys(ROOMS)
      .filter((other) => !allowed.includes(other))
      .map((other) => noFolder(`src/${other}`, `${room} may not import src/${other}.`)),
    ...(FORBIDDEN[room] ?? []),
  ]),
);

function noFolder(folder, message) {
  return { regex: `^\\.\\.?/(.*/)?${folder}/`, message };
}

function wall(files, patterns) {
  return { files: [files], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

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
      // An async handler without an await keeps the shape of its neighbours.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'VariableDeclarator > Identifier.id[name=/^(MOST|LEAST|MAXIMUM|MINIMUM)(_|$)/]',
          message: 'A limit begins with MAX_ or MIN_.',
        },
      ],
    },
  },
  {
    files: ['{src/renderer,gallery}/**/*.{ts,svelte}', 'src/renderer/**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['**/*.{js,cjs}'],
    extends: [ts.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['bench/pages/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['test/**/*.ts'],
    // Playwright reads a fixture's dependencies from its first parameter, which may be an empty pattern.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  ...walls,
  ...wallsBeside,
);
