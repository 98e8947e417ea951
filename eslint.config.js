import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import * as mdx from 'eslint-plugin-mdx';
import tseslint from 'typescript-eslint';
import boundaries from './scripts/lint/boundaries.js';
import disableReasons from './scripts/lint/disable-reasons.js';
import { folders } from './scripts/lint/folders.js';

const DOM = ['document', 'window', 'HTMLElement', 'customElements', 'localStorage', 'navigator'];
const NODE = ['Buffer', 'process', 'setImmediate', 'clearImmediate', 'global', 'require'];
const noGlobals = (names, message) => ({
  'no-restricted-globals': ['error', ...names.map((name) => ({ name, message }))],
});

/** Globs of the folders whose rule is of that kind. Programs of lessons have a runtime of their own. */
const foldersThat = (isKind) =>
  Object.entries(folders)
    .filter(([folder, rule]) => folder !== 'lessons' && isKind(rule))
    .map(([folder]) => `${folder}/**/*.{ts,astro}`);
const MAY_DO_ANYTHING = ['**/*.test.ts', '**/testing/**'];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-folder/',
      'dist-package/',
      'dist-release*/',
      'dist-static/',
      '.astro/',
      '.retained/',
      'public/vendor/',
      'test-results/',
      'playwright-report/',
      // What a learner would write, wrong on purpose; the lesson checker runs all of it.
      'lessons/*/*/mistakes/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  { ...mdx.flat, processor: mdx.createRemarkProcessor({ lintCodeBlocks: false }) },
  {
    files: ['**/*.{ts,js,mjs,astro}'],
    plugins: { retained: { rules: { boundaries, 'disable-reasons': disableReasons } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: {
        console: false,
        process: false,
        URL: false,
        setInterval: false,
        clearInterval: false,
      },
    },
    rules: {
      'retained/disable-reasons': 'error',
      eqeqeq: 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Topics and payloads are hostile: textContent.' },
        { property: 'outerHTML', message: 'Topics and payloads are hostile: textContent.' },
        { property: 'insertAdjacentHTML', message: 'Topics and payloads are hostile.' },
      ],
      // Longer: a second thing is in it, or the reason stands in an `eslint-disable` at its top.
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Bytes and tables are indexed under bounds that the types can't see.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-this-alias': 'off',
      // Control characters are what MQTT's UTF-8 rules are about.
      'no-control-regex': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.spec.ts'],
    // A table of cases is as long as its subject; a wrong value has to get past the types.
    rules: { 'max-lines': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['docs/upstream/*.mjs'],
    languageOptions: { globals: { Buffer: false, setImmediate: false, setTimeout: false } },
  },
  // TypeScript itself knows every name; ESLint would have to be told each environment's.
  { files: ['**/*.{ts,astro,mdx}', '**/*.astro/*'], rules: { 'no-undef': 'off' } },

  {
    files: ['src/**/*.ts'],
    // What every page with a workbench needs at once, and what is built by itself.
    ignores: ['src/workbench/element.ts', 'src/workbench/editor/monaco/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportDeclaration[source.value=/\\.css$/]',
          message: 'It would stand in every page: `?url` and addStyles (src/workbench/ui/).',
        },
      ],
    },
  },

  // ── Boundaries: scripts/lint/folders.js says who may import whom ──────────────────────────────
  {
    files: ['{sandbox,src,lessons}/**/*.{ts,astro}'],
    rules: { 'retained/boundaries': 'error' },
  },
  {
    files: foldersThat(({ node }) => !node),
    ignores: [...foldersThat(({ node }) => node), ...MAY_DO_ANYTHING],
    rules: noGlobals(NODE, 'This folder runs in a browser, too.'),
  },
  {
    files: foldersThat(({ dom }) => dom === false),
    ignores: MAY_DO_ANYTHING,
    rules: noGlobals([...NODE, ...DOM], 'A model: neither DOM nor Node.'),
  },
);
