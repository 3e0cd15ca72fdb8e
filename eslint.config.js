/** Lint: strict and typed for TypeScript, and who may import what. */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** Libraries that one place alone imports, so that everything it must know about them stands there. */
const soleImporter = {
  '@lit/localize': 'client/**/words.ts',
  msgpackr: 'protocol/codec.ts',
  'node:sqlite': 'server/store/**',
  ws: 'server/net/**',
  '@peculiar/x509': 'certs/**',
};

/**
 * Who may not import what of ours (`never`, as folders seen from the root), and the sole importers (`own`). For a file the
 * last line that matches it holds, alone: a part of a folder repeats the folder's `never`.
 */
const imports = [
  { files: 'protocol/**', never: ['client', 'server', 'certs', 'test'], own: [] },
  { files: 'protocol/{codec,msgpackr.d}.ts', never: ['client', 'server', 'certs', 'test'], own: ['msgpackr'] },
  { files: 'certs/**', never: ['client', 'server', 'protocol', 'test'], own: ['@peculiar/x509'] },
  { files: 'client/**', never: ['server', 'certs', 'test'], own: [] },
  { files: 'client/i18n/{language,words}.ts', never: ['server', 'certs', 'test'], own: ['@lit/localize'] },
  { files: 'client/screens/*/words.ts', never: ['server', 'certs', 'test'], own: ['@lit/localize'] },
  { files: 'server/**', never: ['client', 'test'], own: [] },
  { files: 'server/net/**', never: ['client', 'test'], own: ['ws'] },
  { files: 'server/store/**', never: ['client', 'test'], own: ['node:sqlite'] },
  { files: 'server/training/**', never: ['client', 'test', 'net', 'server/net'], own: [] },
];

function importRule({ files, never, own }) {
  const folders = never.map((folder) => ({
    regex: `^(\\./)?(\\.\\./)+${folder}/`,
    message: `${files} imports nothing of ${folder}.`,
  }));
  const libraries = Object.entries(soleImporter)
    .filter(([library]) => !own.includes(library))
    .map(([library, place]) => ({ regex: `^${library}(/|$)`, message: `Only ${place} imports ${library}.` }));
  return {
    files: [`${files}${files.endsWith('.ts') ? '' : '/*.ts'}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...folders, ...libraries] }] },
  };
}

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    '**/build/',
    '**/*.as.ts',
    'data/',
    'certs/local/',
    'coverage/',
    // Written by `npm run localize`.
    'client/i18n/it.ts',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', console: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // `[...text]` is how code points are counted here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSParameterProperty',
          message: 'Declare the field: parameter properties do not survive type stripping.',
        },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import the file itself.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Reaching into what a test has just made; a wrong assumption fails the test.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // `expect(port.close)` and JSON that the test itself wrote.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: ['client/**/*.ts'], extends: [lit.configs['flat/recommended']] },
  { files: ['**/*.ts'], plugins: { '@typescript-eslint': tseslint.plugin } },
  ...imports.map(importRule),
);
