/** Specs end in what they cost: `.unit.spec.ts` (memory), `.int.spec.ts` (PostgreSQL, Kafka), `.e2e.spec.ts` (processes, browser), `.long.spec.ts` (minutes). */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

const suite = (name, overrides = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/bench', '<rootDir>/scripts'],
  testMatch: [`**/*.${name}.spec.ts`],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.waybill'],
  ...overrides,
});

export default {
  // What hangs is found all the same; a busy machine is no reason to fail.
  testTimeout: 30_000,
  projects: [
    suite('unit'),
    suite('int', {
      globalSetup: '<rootDir>/libs/testing/servers-up.ts',
      globalTeardown: '<rootDir>/libs/testing/servers-down.ts',
    }),
    suite('e2e'),
    suite('long'),
  ],
};
