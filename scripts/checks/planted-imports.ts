/** A small tree in which exactly one rule of .dependency-cruiser.mjs is broken; files by path. */
export interface PlantedImport {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

const VALUE = 'export const value = 1;\n';
const TYPE = 'export interface Value {}\n';
const lib = (name: string): Record<string, string> => ({ [`libs/${name}/index.ts`]: VALUE });
const takes = (from: string): string => `import { value } from '${from}';\nexport const taken = value;\n`;
const takesType = (from: string): string => `import type { Value } from '${from}';\nexport type Taken = Value;\n`;

export const plantedImports: readonly PlantedImport[] = [
  { rule: 'kernel-imports-nothing', files: { 'libs/kernel/index.ts': "import 'node:fs';\n" } },
  { rule: 'domain-imports-only-kernel', files: { 'libs/domain/index.ts': "import 'node:crypto';\n" } },
  { rule: 'domain-imports-only-kernel', files: { 'libs/domain/index.ts': "import 'pg';\n" } },
  {
    rule: 'domain-imports-only-kernel',
    files: { 'libs/domain/index.ts': takes('#libs/event-store'), ...lib('event-store') },
  },
  { rule: 'contracts-import-only-shapes', files: { 'libs/contracts/index.ts': "import 'node:buffer';\n" } },
  {
    rule: 'contracts-take-types-of-domain',
    files: { 'libs/contracts/index.ts': takes('#libs/domain'), ...lib('domain') },
  },
  {
    rule: 'event-store-knows-no-domain',
    files: { 'libs/event-store/index.ts': takesType('#libs/domain'), 'libs/domain/index.ts': TYPE },
  },
  {
    rule: 'messaging-knows-no-domain',
    files: { 'libs/messaging/index.ts': takesType('#libs/domain'), 'libs/domain/index.ts': TYPE },
  },
  { rule: 'read-models-know-no-edge', files: { 'libs/read-models/index.ts': takes('#libs/http'), ...lib('http') } },
  {
    rule: 'read-models-know-no-edge',
    files: { 'libs/read-models/index.ts': takes('#libs/messaging'), ...lib('messaging') },
  },
  {
    rule: 'read-models-take-types-of-domain',
    files: { 'libs/read-models/index.ts': takes('#libs/domain'), ...lib('domain') },
  },
  { rule: 'backup-knows-no-domain', files: { 'libs/backup/index.ts': takes('#libs/domain'), ...lib('domain') } },
  { rule: 'config-imports-nothing', files: { 'libs/config/index.ts': "import 'node:process';\n" } },
  { rule: 'services-know-no-edge', files: { 'libs/services/index.ts': takes('#libs/http'), ...lib('http') } },
  { rule: 'services-are-for-apps', files: { 'libs/http/index.ts': takes('#libs/services'), ...lib('services') } },
  { rule: 'access-knows-no-edge', files: { 'libs/access/index.ts': takes('#libs/http'), ...lib('http') } },
  {
    rule: 'libs-know-no-app',
    files: { 'libs/http/index.ts': takes('../../apps/relay/main.ts'), 'apps/relay/main.ts': VALUE },
  },
  {
    rule: 'apps-know-no-app',
    files: { 'apps/relay/main.ts': takes('../projector/main.ts'), 'apps/projector/main.ts': VALUE },
  },
  {
    rule: 'libs-meet-at-their-index',
    files: {
      'package.json': JSON.stringify({ imports: { '#libs/*': './libs/*' }, type: 'module' }),
      'apps/relay/main.ts': takes('#libs/messaging/relay.ts'),
      'libs/messaging/relay.ts': VALUE,
    },
  },
  {
    rule: 'libs-meet-by-name',
    files: { 'apps/relay/main.ts': takes('../../libs/messaging/index.ts'), ...lib('messaging') },
  },
  { rule: 'testing-is-for-specs', files: { 'apps/relay/main.ts': takes('#libs/testing'), ...lib('testing') } },
  {
    rule: 'testing-is-for-specs',
    files: { 'libs/http/index.ts': takes('./fixtures/world.ts'), 'libs/http/fixtures/world.ts': VALUE },
  },
  {
    rule: 'testing-is-for-specs',
    files: { 'apps/relay/main.ts': takes('./lag.fixture.spec.ts'), 'apps/relay/lag.fixture.spec.ts': VALUE },
  },
  {
    rule: 'local-servers-are-local',
    files: { 'apps/relay/main.ts': takes('#libs/local-servers'), ...lib('local-servers') },
  },
  {
    rule: 'specs-are-not-imported',
    files: { 'apps/relay/main.ts': takes('./lag.unit.spec.ts'), 'apps/relay/lag.unit.spec.ts': VALUE },
  },
  { rule: 'kafkajs-behind-its-port', files: { 'libs/http/index.ts': "import 'kafkajs';\n" } },
  { rule: 'nest-at-the-edge', files: { 'libs/access/index.ts': "import '@nestjs/common';\n" } },
  { rule: 'no-development-package-at-run-time', files: { 'apps/relay/main.ts': "import 'fast-check';\n" } },
  { rule: 'packages-are-declared', files: { 'apps/relay/main.ts': "import 'acorn';\n" } },
  {
    rule: 'no-cycles',
    files: {
      'libs/http/index.ts': "import './problem.ts';\n",
      'libs/http/problem.ts': "import './index.ts';\n",
    },
  },
  { rule: 'no-orphans', files: { 'libs/http/forgotten.ts': VALUE } },
  { rule: 'everything-resolves', files: { 'apps/relay/main.ts': "import './nowhere.ts';\n" } },
];
