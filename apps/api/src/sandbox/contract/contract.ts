import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Body } from '../store';

/** A JSON Schema (draft 7), as far as the types of Stripe's SDK need it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
}

/** The fields of an object of Stripe: those that are always there, with their emptiest value, and those that may be. */
interface ObjectFields {
  readonly template: Body;
  readonly optional: readonly string[];
}

interface Contract {
  readonly apiVersion: string;
  /** Every version of the API, oldest first. */
  readonly versions: readonly string[];
  readonly requests: Readonly<Record<string, Schema>>;
  readonly objects: Readonly<Record<string, ObjectFields>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** What the pinned SDK says that Stripe takes and answers; written by `npm run contract:emit`. */
export const CONTRACT = JSON.parse(
  readFileSync(path.join(__dirname, '../../../stripe-contract.json'), 'utf8'),
) as Contract;

/** The schema that a reference points to; any other schema as it is. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return CONTRACT.definitions[schema.$ref.slice('#/definitions/'.length)] ?? {};
}

/** An object as Stripe would answer it: no field of its type is missing, and none is there that its type does not have. */
export function completed(body: Body): Body {
  if (body.object === 'list')
    return { ...body, data: (body.data as readonly Body[]).map((each) => completed(each)) };
  const fields = CONTRACT.objects[String(body.object)];
  if (!fields) return body;
  const { template, optional } = fields;
  const known = Object.entries(body).filter(
    ([name, value]) => (name in template || optional.includes(name)) && value !== undefined,
  );
  return { ...template, ...Object.fromEntries(known) };
}
