import { RailError, type Body } from '../store';
import { CONTRACT, resolved, type Schema } from './contract';

/** Parameters that the pinned version no longer takes; a client that asks for an older version may still send them. */
const GONE: Readonly<Record<string, { readonly since: string; readonly names: readonly string[] }>> = {
  'POST /v1/payment_intents': { since: '2026-09-30', names: ['payment_method_types'] },
};

/** How a call is read: with which version of the API, and whether its body is a form, which has no types of its own. */
export interface Reading {
  readonly version: string;
  readonly isForm: boolean;
}

/**
 * Reads what a call sends against what the SDK's types say that Stripe takes. Returns it with its types.
 * Refuses what is missing, unknown or of another kind, by the parameter's name.
 */
export function readRequest(name: string, sent: Body, { version, isForm }: Reading): Body {
  const schema = CONTRACT.requests[name];
  if (!schema) return sent;
  return read(schema, withoutGone(name, sent, version), '', isForm) as Body;
}

function withoutGone(name: string, sent: Body, version: string): Body {
  const gone = GONE[name];
  const isOlder = gone !== undefined && version < gone.since;
  if (gone === undefined) return sent;
  const still = gone.names.find((each) => each in sent);
  if (still === undefined) return sent;
  if (isOlder) return Object.fromEntries(Object.entries(sent).filter(([each]) => !gone.names.includes(each)));
  throw new RailError(400, `${still}_no_longer_supported`, `${still} is no longer supported.`, {
    param: still,
  });
}

function read(given: Schema, value: unknown, at: string, isForm: boolean): unknown {
  const schema = resolved(given);
  if (schema.anyOf) return readAny(schema.anyOf, value, at, isForm);
  if ('const' in schema) return readWord([schema.const], value, at, isForm);
  if (schema.enum) return readWord(schema.enum, value, at, isForm);
  switch (schema.type) {
    case 'object':
      return readObject(schema, value, at, isForm);
    case 'array':
      return readArray(schema, value, at, isForm);
    case 'number':
      return readNumber(value, at, isForm);
    case 'boolean':
      return readWord([true, false], value, at, isForm);
    case 'null':
      return readWord([null], value === '' ? null : value, at, isForm);
    case 'string':
      if (typeof value !== 'string') throw invalid(`Invalid string: ${shown(value)}`, at);
      return value;
    default:
      return value;
  }
}

function readObject(schema: Schema, value: unknown, at: string, isForm: boolean): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(`Invalid object: ${shown(value)}`, at);
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.find((name) => !(name in value));
  if (missing !== undefined) {
    const param = inside(at, missing);
    throw new RailError(400, 'parameter_missing', `Missing required param: ${param}.`, { param });
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const param = inside(at, name);
      const field = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      if (field === undefined || field === false)
        throw new RailError(400, 'parameter_unknown', `Received unknown parameter: ${param}`, { param });
      if (name === 'metadata') mustFitMetadata(each);
      return [name, field === true ? each : read(field, each, param, isForm)];
    }),
  );
}

/** Source: docs.stripe.com/api/metadata. */
const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

/** Refuses metadata of more keys, or of longer keys and values, than Stripe takes, in its words. */
function mustFitMetadata(metadata: unknown): void {
  if (typeof metadata !== 'object' || metadata === null) return;
  const entries = Object.entries(metadata);
  const key = entries.find(([name]) => name.length > LONGEST_KEY)?.[0];
  const value = entries.map(([, each]) => String(each)).find((each) => each.length > LONGEST_VALUE);
  const message =
    entries.length > MOST_KEYS
      ? `Metadata can have up to ${MOST_KEYS} keys, but you've set ${entries.length}. Email us at support+metadata@stripe.com for more information.`
      : key !== undefined
        ? `Invalid key: ${key} must be a string under ${LONGEST_KEY} characters`
        : value === undefined
          ? undefined
          : `Invalid val: ${value} must be a string under ${LONGEST_VALUE} characters`;
  if (message !== undefined) throw invalid(message, 'metadata');
}

/** In a form a list is written `name[]=a&name[]=b` or `name[0]=a`; both arrive as an object of numbered fields. */
function readArray(schema: Schema, value: unknown, at: string, isForm: boolean): unknown[] {
  const isNumbered =
    isForm &&
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => /^\d+$/.test(key));
  const items: unknown = isNumbered ? Object.values(value) : value;
  if (!Array.isArray(items)) throw invalid('Invalid array', at);
  return items.map((each, index) => read(schema.items ?? {}, each, inside(at, String(index)), isForm));
}

function readNumber(value: unknown, at: string, isForm: boolean): number {
  const isInteger = /(^|[_[])(amount|limit|quantity|days_until_due)\]?$/.test(at);
  const text = isForm && typeof value === 'string' ? value : undefined;
  const number = text !== undefined && /^-?\d{1,16}(\.\d+)?$/.test(text) ? Number(text) : value;
  if (typeof number === 'number' && (!isInteger || Number.isSafeInteger(number))) return number;
  throw new RailError(400, 'parameter_invalid_integer', `Invalid integer: ${shown(value)}`, { param: at });
}

function readWord(allowed: readonly unknown[], value: unknown, at: string, isForm: boolean): unknown {
  const found = allowed.find((each) => each === value || (isForm && String(each) === value));
  if (found !== undefined) return found;
  throw invalid(`Invalid ${at}: must be one of ${allowed.map(String).join(', ')}`, at);
}

/** The first way in which a value can be read. Where none fits, what is wrong with the likeliest: one of its own kind. */
function readAny(ways: readonly Schema[], value: unknown, at: string, isForm: boolean): unknown {
  const failures: RailError[] = [];
  for (const way of ways) {
    try {
      return read(way, value, at, isForm);
    } catch (error) {
      if (!(error instanceof RailError)) throw error;
      failures.push(error);
    }
  }
  const isInside = ({ param }: RailError) => param !== at;
  throw failures.find(isInside) ?? failures.at(-1) ?? invalid(`Invalid ${at}`, at);
}

const inside = (at: string, name: string) => (at === '' ? name : `${at}[${name}]`);

function invalid(message: string, param: string): RailError {
  return new RailError(400, undefined, message, { param });
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
