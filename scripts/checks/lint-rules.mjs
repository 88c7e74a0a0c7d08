/** The project's own lint rules, as selectors over the syntax tree, each with the reason a reader is told. */

const CLOCKS_AND_CHANCE = [
  'performance',
  'crypto',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'console',
  'Buffer',
  'globalThis',
  'Intl',
];

const PURE = 'rules are pure: time, ids and figures come in with the state, the command and the context';

/** In the domain not even an instant can be made; the kernel turns given milliseconds into days. */
export const forbiddenGlobals = (names) => ['error', ...names.map((name) => ({ name, message: PURE }))];
export const domainGlobals = forbiddenGlobals([...CLOCKS_AND_CHANCE, 'Date']);
export const kernelGlobals = forbiddenGlobals(CLOCKS_AND_CHANCE);

export const purity = [
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: PURE },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: PURE },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: PURE },
  { selector: 'CallExpression[callee.name="Date"]', message: PURE },
  { selector: ':function[async=true]', message: 'a decision waits for nothing' },
  {
    selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale.+)$/]',
    message: 'the order and form of text must not depend on the machine: compare with < and >',
  },
];

export const environmentOnlyInConfig = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'process.env is read in one file an app, apps/NAME/config.ts, and comes in from there',
  },
];

const BY_CODE = 'know an error by its class, code, SQLSTATE or constraint: its text is for people and changes';
const TEXT_TESTS = '/^(includes|startsWith|endsWith|match|matchAll|indexOf|search)$/';
const COMPARISON = 'BinaryExpression[operator=/^[!=]==?$/]';

export const noMessageMatching = [
  {
    selector: `CallExpression[callee.object.property.name="message"][callee.property.name=${TEXT_TESTS}]`,
    message: BY_CODE,
  },
  {
    selector: 'CallExpression[callee.property.name=/^(test|exec)$/] > MemberExpression[property.name="message"]',
    message: BY_CODE,
  },
  { selector: `${COMPARISON} > MemberExpression[property.name="message"]`, message: BY_CODE },
  { selector: 'SwitchStatement > MemberExpression.discriminant[property.name="message"]', message: BY_CODE },
];

const HANDLED = 'an error is handled, reported or passed on';

export const noSwallowedErrors = [
  {
    selector: 'CallExpression[callee.property.name="catch"] > :function > BlockStatement[body.length=0]',
    message: HANDLED,
  },
  {
    selector:
      'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > :matches(Identifier[name="undefined"], Literal[raw="null"]).body',
    message: HANDLED,
  },
];

export const noSkippedTests = [
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|skipIf|failing)$/]',
    message: 'a test runs, always and with the others, or it goes',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'a test runs, always and with the others, or it goes',
  },
];

/** Modules and names that the design keeps out, by the names they are imported under. */
export const forbiddenImports = {
  paths: [
    { name: 'node:process', message: environmentOnlyInConfig[0].message },
    {
      name: '@nestjs/common',
      importNames: ['Global', 'forwardRef'],
      message: 'a module names what it needs, and no two need each other',
    },
    {
      name: '@nestjs/cqrs',
      importNames: ['AggregateRoot', 'EventBus', 'EventPublisher', 'Saga'],
      message: 'events go through the ledger; nothing that must not be lost goes through a process',
    },
  ],
};
