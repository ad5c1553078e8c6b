// The types that the pinned `stripe` package ships, as JSON Schemas (draft 7): one for what each operation of
// contract.mts takes, one for what it answers with.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

/** Reads the types. Returns the SDK, its API version, the operations and the definitions that they point to. */
export function stripeContract() {
  const entry = path.join(import.meta.dirname, 'contract.mts');
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules/@types')],
  });
  const wrong = ts.getPreEmitDiagnostics(program, program.getSourceFile(entry));
  if (wrong.length > 0)
    throw new Error(
      wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'),
    );
  const types = new SchemaOfTypes(program.getTypeChecker());
  let contract;
  ts.forEachChild(program.getSourceFile(entry), (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'Contract') contract = types.at(node);
  });
  const operations = types.fieldsOf(contract, (operation) =>
    types.fieldsOf(operation, (type) => types.schema(type)),
  );
  const sdk = path.join(root, 'node_modules/stripe');
  const { version } = JSON.parse(readFileSync(path.join(sdk, 'package.json'), 'utf8'));
  const [, apiVersion] = /ApiVersion = '([^']+)'/.exec(
    readFileSync(path.join(sdk, 'cjs/apiVersion.js'), 'utf8'),
  );
  const versions = apiVersionsIn(readFileSync(path.join(sdk, 'cjs/resources/WebhookEndpoints.d.ts'), 'utf8'));
  return { sdk: `stripe@${version}`, apiVersion, versions, operations, definitions: types.definitions };
}

/** Every version of the API that an account may ask for, oldest first: those that a webhook endpoint may be set to. */
function apiVersionsIn(types) {
  const [, words] = /type ApiVersion = ([^;]+);/.exec(types);
  return [...words.matchAll(/'(\d{4}-\d\d-\d\d(?:\.[a-z]+)?)'/g)]
    .map(([, version]) => version)
    .filter((version) => !version.endsWith('.dashboard'));
}

const { TypeFlags } = ts;
const isOpenString = (type) =>
  type.isIntersection() && type.types.some(({ flags }) => flags & TypeFlags.String);
const isObjectWithId = (type) => type.flags & TypeFlags.Object && type.getProperty('id');

class SchemaOfTypes {
  definitions = {};
  #names = new Map();

  constructor(checker) {
    this.checker = checker;
  }

  at(node) {
    return this.checker.getTypeAtLocation(node);
  }

  fieldsOf(type, made) {
    return Object.fromEntries(
      type.getProperties().map((property) => [property.name, made(this.checker.getTypeOfSymbol(property))]),
    );
  }

  /** The schema of a type; undefined for what cannot be sent. An object that may be expanded is its id. */
  schema(type) {
    const { flags } = type;
    if (flags & (TypeFlags.Any | TypeFlags.Unknown)) return {};
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & TypeFlags.BooleanLiteral) return { const: type.intrinsicName === 'true' };
    if (flags & (TypeFlags.String | TypeFlags.TemplateLiteral) || isOpenString(type))
      return { type: 'string' };
    if (flags & TypeFlags.Number) return { type: 'number' };
    if (flags & TypeFlags.Boolean) return { type: 'boolean' };
    if (flags & TypeFlags.Null) return { type: 'null' };
    if (flags & (TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never)) return undefined;
    if (type.isUnion()) return this.#union(type.types);
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type))
      return { type: 'array', items: this.schema(this.checker.getTypeArguments(type)[0]) ?? {} };
    if (['Decimal', 'Date'].includes(type.symbol?.name)) return { type: 'string' };
    if (type.getCallSignatures().length > 0) return {};
    return this.#object(type);
  }

  #union(all) {
    const isExpandable = all.some(({ flags }) => flags & TypeFlags.String) && all.some(isObjectWithId);
    const members = isExpandable ? all.filter((member) => !isObjectWithId(member)) : all;
    const values = members.filter((member) => member.isStringLiteral()).map(({ value }) => value);
    const isBoolean = members.filter(({ flags }) => flags & TypeFlags.BooleanLiteral).length === 2;
    const rest = members.filter(
      (member) =>
        !member.isStringLiteral() &&
        !(values.length > 0 && isOpenString(member)) &&
        !(isBoolean && member.flags & TypeFlags.BooleanLiteral),
    );
    // Stripe's types leave every list of words open, so that newer words compile; a misspelt word must not pass here.
    const schemas = [
      ...(values.length > 0 ? [{ enum: values }] : []),
      ...(isBoolean ? [{ type: 'boolean' }] : []),
      ...rest.map((member) => this.schema(member)).filter((schema) => schema !== undefined),
    ];
    return schemas.length > 1 ? { anyOf: schemas } : schemas[0];
  }

  #object(type) {
    // What an event is about may be any object of Stripe; its type has no fields.
    if (this.#nameFor(type) === 'Event.Data.Object') return {};
    const known = this.#names.get(type);
    if (known) return { $ref: `#/definitions/${known}` };
    const name = this.#nameFor(type);
    this.#names.set(type, name);
    const schema = (this.definitions[name] = { type: 'object', properties: {}, additionalProperties: false });
    const required = [];
    for (const property of type.getProperties()) {
      const field = this.schema(this.checker.getTypeOfSymbol(property));
      if (field === undefined) continue;
      schema.properties[property.name] = field;
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    const [index] = this.checker.getIndexInfosOfType(type);
    if (index) schema.additionalProperties = this.schema(index.type) ?? true;
    if (required.length > 0) schema.required = required;
    return { $ref: `#/definitions/${name}` };
  }

  #nameFor(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    const full = symbol ? this.checker.getFullyQualifiedName(symbol).replace(/^".*"\./, '') : '';
    const base = full === '' || full === '__type' ? 'Object' : full.replace(/[^A-Za-z0-9_.]/g, '_');
    let name = base;
    for (let count = 2; this.definitions[name]; count += 1) name = `${base}_${count}`;
    return name;
  }
}
