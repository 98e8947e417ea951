import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import * as mdx from 'eslint-plugin-mdx';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/decisions.md, “Boundaries”): a group of patterns, and why not. */
const forbid = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: patterns.map(([message, ...group]) =>
        group[0] instanceof RegExp ? { regex: group[0].source, message } : { group, message },
      ),
    },
  ],
});
const NODE = ['A room also runs in a browser: no Node modules here.', 'node:*'];
const AEDES = ['Only sandbox/engine/builtin/index.ts knows which broker a room has.', /^aedes/];
const OUTWARD = [
  'The sandbox knows nothing of lessons or pages.',
  '**/src/**',
  '**/lessons/**',
  '**/scripts/**',
];
const NO_SANDBOX_BUT_PURE = [
  'Of the sandbox, pages know its messages and its pure parts; a room is behind the room client.',
  '**/sandbox/**',
  ...['protocol', 'packet', 'fields', 'batch', 'topic', 'topic-rules'].map(
    (name) => `!**/sandbox/${name}.ts`,
  ),
  // What the terminal's mosquitto_passwd does to a file, and what the editor knows of a broker's
  // options, is what the broker itself makes of them: text in, text out, no room.
  ...['passwd-edit', 'mosquitto-options'].map((name) => `!**/sandbox/${name}.ts`),
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
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
      eqeqeq: 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Topics and payloads are hostile: textContent.' },
        { property: 'outerHTML', message: 'Topics and payloads are hostile: textContent.' },
        { property: 'insertAdjacentHTML', message: 'Topics and payloads are hostile.' },
      ],
      'max-lines': ['warn', { max: 250, skipBlankLines: false, skipComments: false }],
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
  // TypeScript itself knows every name; ESLint would have to be told each environment's.
  { files: ['**/*.{ts,astro,mdx}', '**/*.astro/*'], rules: { 'no-undef': 'off' } },

  // ── Boundaries; the last block that matches a file wins ─────────────────────────────────────────
  { files: ['sandbox/**/*.ts'], rules: forbid(NODE, AEDES, OUTWARD) },
  {
    files: [
      'sandbox/{listeners,classroom}/**/*.ts',
      'sandbox/{http,config,main}.ts',
      'sandbox/{http,tls}/**/*.ts',
    ],
    rules: forbid(AEDES, OUTWARD),
  },
  { files: ['sandbox/engine/builtin/index.ts'], rules: forbid(NODE, OUTWARD) },
  {
    files: ['sandbox/**/*.test.ts', 'sandbox/{differential,testing,limit-cases}/**/*.ts'],
    rules: forbid(),
  },
  { files: ['sandbox/protocol/protocol.ts'], rules: forbid(['It imports nothing.', '*', './*', '../*']) },
  {
    files: ['lessons/*/*/exercise.ts'],
    rules: forbid(
      NODE,
      [
        'An exercise knows the messages of the sandbox and its helpers for checks and scenes.',
        '**/sandbox/**',
        ...['protocol', 'view', 'scene', 'topic'].map((name) => `!**/sandbox/${name}.ts`),
      ],
      ['An exercise knows no page.', '**/src/**'],
    ),
  },
  { files: ['src/**/*.{ts,astro}'], rules: forbid(NO_SANDBOX_BUT_PURE, AEDES) },
  {
    files: ['src/workbench/panels/**/*.ts'],
    rules: forbid(
      NO_SANDBOX_BUT_PURE,
      AEDES,
      ['Panels know only what they are given.', '../session*', '../room-client*', '../workbench*'],
      ['Panels know only what they are given.', '../editor/**', '../device/**', '../compile/**'],
    ),
  },
  {
    files: ['src/workbench/run/session.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['document', 'window', 'HTMLElement', 'customElements', 'localStorage', 'navigator'].map(
          (name) => ({ name, message: 'The session is a state machine without DOM.' }),
        ),
      ],
    },
  },
  { files: ['src/**/*.test.ts', 'src/workbench/room-worker/**/*.ts'], rules: forbid() },
);
