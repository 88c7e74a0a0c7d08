import ts from 'typescript';
import { inProject } from '../steps/project.mjs';
import { schemaOfType } from './schema-of-type.mjs';

const BODY = 'libs/contracts/body-codec.ts';
const EVENTS = 'libs/domain/events.ts';

/**
 * The JSON Schema of the body of each event of the ledger, by `TYPE.vN.json`, from the TypeScript types.
 * `versionOf(type)` is N. `texts` replaces the text of sources, by path in the project: what would be if they said that.
 */
export function generateSchemas(versionOf, texts = {}) {
  const program = programWith(texts);
  const checker = program.getTypeChecker();
  const envelope = aliasIn(program, BODY, 'EventBody').type;
  return Object.fromEntries(
    eventAliases(checker, aliasIn(program, EVENTS, 'LedgerEvent')).map((alias) => {
      const schema = bodySchema(checker, envelope, alias, versionOf);
      return [`${schema.title}.json`, schema];
    }),
  );
}

function bodySchema(checker, envelope, alias, versionOf) {
  const event = checker.getTypeFromTypeNode(alias.type);
  const typeOf = (name) => checker.getTypeOfSymbol(checker.getPropertyOfType(event, name));
  const type = typeOf('type').value;
  const version = versionOf(type);
  const body = schemaOfType(checker, checker.getTypeFromTypeNode(envelope), envelope);
  const said = {
    type: { const: type },
    schemaVersion: { const: version },
    data: schemaOfType(checker, typeOf('data')),
  };
  const name = `${type}.v${version}`;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `/schemas/${name}.json`,
    title: name,
    ...described(checker, alias),
    ...body,
    properties: Object.fromEntries(
      Object.entries(body.properties).map(([field, { description, ...schema }]) => [
        field,
        { ...(description === undefined ? {} : { description }), ...(said[field] ?? schema) },
      ]),
    ),
  };
}

function described(checker, alias) {
  const description = ts.displayPartsToString(checker.getSymbolAtLocation(alias.name).getDocumentationComment(checker));
  return description === '' ? {} : { description: description.replaceAll(/\s+/g, ' ') };
}

/** The aliases that name one event each, under the union of unions. */
function eventAliases(checker, alias) {
  const parts = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type];
  return parts.flatMap((part) => {
    let symbol = checker.getSymbolAtLocation(part.typeName);
    if (symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    const declared = symbol.declarations.find(ts.isTypeAliasDeclaration);
    return declared === undefined ? [alias] : eventAliases(checker, declared);
  });
}

function aliasIn(program, path, name) {
  return program
    .getSourceFile(inProject(path))
    .statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === name);
}

function programWith(texts) {
  const { config } = ts.readConfigFile(inProject('tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, inProject());
  const host = ts.createCompilerHost(options, true);
  const replaced = new Map(Object.entries(texts).map(([path, text]) => [inProject(path), text]));
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    const text = replaced.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, ...rest);
    if (!unchanged.has(path)) unchanged.set(path, getSourceFile(path, ...rest));
    return unchanged.get(path);
  };
  return ts.createProgram([inProject(BODY), inProject(EVENTS)], options, host);
}

/** Syntax trees of files as they are, for the next program. */
const unchanged = new Map();
