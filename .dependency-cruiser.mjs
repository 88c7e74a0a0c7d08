/**
 * Who may know whom. Each forbidden edge is one rule with its reason; scripts/checks/import-rules.unit.spec.ts
 * plants a violation of each and sees it fire. Run: npm run check:imports.
 */
const SPEC = '\\.spec\\.ts$';
/** What stands beside specs for specs alone. */
const SUPPORT = '^libs/testing/|/(fixtures|trial)/|\\.fixture\\.spec\\.ts$';
const FOR_TESTS = `${SPEC}|${SUPPORT}`;

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const libsOtherThan = (...names) => `^libs/(?!(${names.join('|')})/)`;

const dependencyRule = [
  rule(
    'kernel-imports-nothing',
    'The envelope, ids and days are the ground that everything else stands on.',
    { path: '^libs/kernel/', pathNot: FOR_TESTS },
    { pathNot: '^libs/kernel/' },
  ),
  rule(
    'domain-imports-only-kernel',
    'Rules are pure: no package, no built-in of Node, so that the same history decides alike anywhere and for ever.',
    { path: '^libs/domain/', pathNot: FOR_TESTS },
    { pathNot: '^libs/(domain|kernel)/' },
  ),
  rule(
    'contracts-import-only-shapes',
    'What goes over the wire is the event, its canonical JSON and the files of its schemas, whoever stores or sends it.',
    { path: '^libs/contracts/', pathNot: FOR_TESTS },
    { pathNot: '^libs/(contracts|domain|kernel)/|(^|/)node_modules/canonicalize/|^(fs|path)$' },
  ),
  rule(
    'contracts-take-types-of-domain',
    'A schema says what an event is, never what to decide.',
    { path: '^libs/contracts/', pathNot: FOR_TESTS },
    { path: '^libs/domain/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'event-store-knows-no-domain',
    'The ledger stores bytes that a decider and a codec give it: any book could be kept in it.',
    { path: '^libs/event-store/', pathNot: FOR_TESTS },
    { path: libsOtherThan('event-store', 'kernel') },
  ),
  rule(
    'messaging-knows-no-domain',
    'Kafka carries envelopes: it is built on the ledger and the contracts, not on what the events mean.',
    { path: '^libs/messaging/', pathNot: FOR_TESTS },
    { path: libsOtherThan('messaging', 'contracts', 'event-store', 'kernel') },
  ),
  rule(
    'read-models-know-no-edge',
    'A read model is a fold of the ledger, asked by whoever has a connection.',
    { path: '^libs/read-models/', pathNot: FOR_TESTS },
    { path: libsOtherThan('read-models', 'contracts', 'domain', 'event-store', 'kernel') },
  ),
  rule(
    'read-models-take-types-of-domain',
    'A figure is folded from events; a rule that a report applies again would be decided twice. A word that both use, such as "delivered", or the count of a site\'s load, is asked of the domain.',
    {
      path: '^libs/read-models/',
      pathNot: [FOR_TESTS, '^libs/read-models/redirections/statement[.]ts$', '^libs/read-models/sites/'],
    },
    { path: '^libs/domain/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'access-knows-no-edge',
    'Who may do what is said without HTTP, so that every way in asks the same.',
    { path: '^libs/access/', pathNot: FOR_TESTS },
    { path: libsOtherThan('access', 'domain', 'event-store', 'kernel') },
  ),
  rule(
    'backup-knows-no-domain',
    'A ledger is copied byte for byte: what its events mean makes no difference.',
    { path: '^libs/backup/', pathNot: FOR_TESTS },
    { path: libsOtherThan('backup', 'event-store', 'kernel') },
  ),
  rule(
    'config-imports-nothing',
    'How a variable is refused is the same for every process, whatever it is built of.',
    { path: '^libs/config/', pathNot: FOR_TESTS },
    { pathNot: '^libs/config/' },
  ),
  rule(
    'services-know-no-edge',
    'What a process and the single process compose alike is the same, however it is asked.',
    { path: '^libs/services/', pathNot: FOR_TESTS },
    {
      path: libsOtherThan(
        'services',
        'access',
        'config',
        'contracts',
        'domain',
        'event-store',
        'kernel',
        'messaging',
        'read-models',
      ),
    },
  ),
  rule(
    'services-are-for-apps',
    'A lib is composed, it composes nothing.',
    { path: '^libs/', pathNot: `${FOR_TESTS}|^libs/services/` },
    { path: '^libs/services/' },
  ),
];

const rooms = [
  rule('libs-know-no-app', 'Apps compose libs.', { path: '^libs/' }, { path: '^(apps|bench)/' }),
  rule(
    'apps-know-no-app',
    'Each app is a process: what two need is a lib.',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  rule(
    'libs-meet-at-their-index',
    'What a lib does not export is its own to change.',
    { path: '^(?:apps|bench|libs)/([^/]+)/' },
    { path: '^libs/[^/]+/.', pathNot: '^libs/$1/|^libs/[^/]+/index\\.ts$' },
  ),
  rule(
    'libs-meet-by-name',
    '#libs/NAME says that a border is crossed; a relative path hides it.',
    { path: '^(?:apps|bench|libs)/([^/]+)/' },
    { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  ),
  rule(
    'testing-is-for-specs',
    'Nothing that runs for users is built on what was made for tests.',
    { pathNot: FOR_TESTS },
    { path: SUPPORT },
  ),
  rule(
    'local-servers-are-local',
    'Only the single process, tests and benchmarks start servers of their own; the others are told where theirs are.',
    { pathNot: `${FOR_TESTS}|^libs/local-servers/|^apps/waybill/|^bench/` },
    { path: '^libs/local-servers/' },
  ),
  rule('specs-are-not-imported', 'A spec is run, never used.', {}, { path: '\\.(unit|int|e2e|long)\\.spec\\.ts$' }),
];

const packages = [
  rule(
    'kafkajs-behind-its-port',
    'kafkajs 2.2.4 has known faults: one adapter holds the workarounds.',
    { path: '^(apps|libs)/', pathNot: `${FOR_TESTS}|^libs/(messaging|local-servers)/` },
    { path: '(^|/)node_modules/kafkajs/' },
  ),
  rule(
    'nest-at-the-edge',
    'The framework composes processes and answers HTTP; the books do not know it.',
    { path: '^libs/', pathNot: '^libs/(http|testing)/' },
    { path: '(^|/)node_modules/@nestjs/' },
  ),
  rule(
    'no-development-package-at-run-time',
    'npm ci --omit=dev must leave everything that runs.',
    { path: '^(apps|libs)/', pathNot: FOR_TESTS },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'packages-are-declared',
    'What package.json does not name is there by chance.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
];

const order = [
  rule('no-cycles', 'Two modules that need each other are one, cut in the wrong place.', {}, { circular: true }),
  rule(
    'no-orphans',
    'A module that nothing imports and that imports nothing is forgotten.',
    {
      orphan: true,
      pathNot: `${SPEC}|^apps/[^/]+/[^/]*main\\.ts$|^apps/ops-ui/|^libs/testing/servers-(up|down)\\.ts$`,
    },
    {},
  ),
  rule('everything-resolves', 'An import that leads nowhere fails at run time.', {}, { couldNotResolve: true }),
];

export default {
  forbidden: [...dependencyRule, ...rooms, ...packages, ...order],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.waybill)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
