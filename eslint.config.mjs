/** What the project asks of code, as far as a linter can see it; the reasons are in CONTRIBUTING.md. Run: npm run lint. */
import tseslint from 'typescript-eslint';
import {
  domainGlobals,
  environmentOnlyInConfig,
  forbiddenImports,
  kernelGlobals,
  noMessageMatching,
  noSkippedTests,
  noSwallowedErrors,
  purity,
} from './scripts/checks/lint-rules.mjs';

const SPECS = ['**/*.spec.ts'];
/** Histories, worlds and trial parts that only specs use. */
const TEST_SUPPORT = ['libs/testing/**/*.ts', '**/fixtures/**/*.ts', '**/trial/**/*.ts'];
const READS_ENVIRONMENT = [
  'apps/*/{config,main}.ts',
  'libs/testing/**',
  'libs/local-servers/**',
  'bench/**',
  'scripts/**',
  ...SPECS,
];
const PURE = ['libs/domain/**/*.ts', 'libs/kernel/**/*.ts'];
const EVERYWHERE = [...noMessageMatching, ...noSwallowedErrors];

/** A later block replaces an earlier one's list of selectors: each kind of file names its whole list. */
const selectors = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

export default tseslint.config(
  { ignores: ['**/dist/', '.waybill/', '**/node_modules/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{ts,mjs,js}'],
    extends: [tseslint.configs.base],
    rules: {
      eqeqeq: 'error',
      'no-constant-binary-expression': 'error',
      'no-duplicate-imports': 'off',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-param-reassign': 'error',
      'no-restricted-imports': ['error', forbiddenImports],
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-var': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-object-has-own': 'error',
      radix: 'error',
      ...selectors(EVERYWHERE),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/prefer-optional-chain': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'package', package: 'node', name: ['URL', 'URLSearchParams'] }] },
      ],
      // Methods of a port are asynchronous even where one implementation need not wait.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: SPECS,
    rules: {
      complexity: ['error', { max: 15, variant: 'modified' }],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      ...selectors(EVERYWHERE, environmentOnlyInConfig),
    },
  },
  { files: ['libs/**/*.ts'], rules: { 'no-console': 'error' } },
  { files: PURE, ignores: SPECS, rules: selectors(EVERYWHERE, environmentOnlyInConfig, purity) },
  { files: ['libs/domain/**/*.ts'], ignores: SPECS, rules: { 'no-restricted-globals': domainGlobals } },
  { files: ['libs/kernel/**/*.ts'], ignores: SPECS, rules: { 'no-restricted-globals': kernelGlobals } },
  { files: READS_ENVIRONMENT, rules: selectors(EVERYWHERE, noSkippedTests) },
  { files: TEST_SUPPORT, rules: { 'max-lines-per-function': 'off' } },
  {
    files: [...SPECS, ...TEST_SUPPORT],
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
