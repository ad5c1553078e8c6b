import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import request from 'supertest';
import { Refused } from '../src/platform/errors/refused';
import type { Tx } from '../src/platform/prisma/transaction';
import { UnitOfWork } from '../src/platform/prisma/unit-of-work';
import {
  RELATIONS,
  ROLES,
  TWO_HATS,
  type Case,
  type Column,
  type Relation,
  type Role,
  type RouteAsk,
} from './access-matrix';
import type { AccessWorld, Rows } from './access-world';
import type { TestApi } from './api';

/** The code with which a write ends that has reached its end and is taken back. */
const TAKEN_BACK = 'TAKEN_BACK';
const DENIED = ['SIGN_IN_REQUIRED', 'NOT_FOUND'];
const LEVELS = 4;

/** What came back, without what differs by chance. */
export interface Said {
  /** The refusal's code; undefined where there was an answer. */
  readonly code?: string;
  readonly text: string;
}

/** One call of one role for the rows of one relation, with what the matrix says about it. */
export interface Cell {
  readonly name: string;
  readonly role: Column;
  readonly relation: Relation | undefined;
  readonly isAllowed: boolean;
  readonly isQuiet: boolean;
  readonly isPublic: boolean;
  readonly refusedBy: string | undefined;
  ask(rows: Rows): Promise<Said>;
}

/** Lets every write of a person run to its end, through every rule and constraint, and then takes it back. */
export function takeBackWrites(): jest.SpyInstance {
  const run = UnitOfWork.prototype.run as (
    this: UnitOfWork,
    actor: unknown,
    command: unknown,
    work: (tx: Tx) => Promise<unknown>,
  ) => Promise<unknown>;
  const takenBack: typeof run = function (actor, command, work) {
    if ((command as { name: string }).name === 'touch-session') return run.call(this, actor, command, work);
    return run.call(this, actor, command, async (tx) => {
      await work(tx);
      throw new Refused(TAKEN_BACK, 'Everything was right; nothing was kept.');
    });
  };
  return jest.spyOn(UnitOfWork.prototype, 'run').mockImplementation(takenBack as never);
}

/** The cells of one operation: every case, column and, where it takes rows, relation. */
export function cellsOf(
  name: string,
  cases: Case | readonly Case[],
  send: (role: Column, asked: object) => Promise<Said>,
): Cell[] {
  const all: readonly Case[] = [cases].flat();
  const isPublic = all.some((each) => (each.to ?? each.own)?.includes('visitor'));
  return all.flatMap((each) =>
    (each.to ? [undefined] : RELATIONS).flatMap((relation) =>
      COLUMNS.map((role) => ({
        name: each.about ? `${name} (${each.about})` : name,
        role,
        relation,
        isAllowed: isAllowed(each, role, relation),
        isQuiet: hatsOf(role).some((hat) => each.quiet?.includes(hat)),
        isPublic,
        refusedBy: each.refusedBy,
        ask: (rows: Rows) => send(role, each.ask?.(rows) ?? {}),
      })),
    ),
  );
}

const COLUMNS: readonly Column[] = [...ROLES, ...(Object.keys(TWO_HATS) as (keyof typeof TWO_HATS)[])];

/** Rows of every relation are foreign to the second hat of whoever has two. */
function isAllowed(each: Case, role: Column, relation: Relation | undefined): boolean {
  return hatsOf(role).some((hat, index) =>
    (relation ? each[index === 0 ? relation : 'other'] : each.to)?.includes(hat),
  );
}

function hatsOf(role: Column): Role[] {
  return role in TWO_HATS ? [TWO_HATS[role as keyof typeof TWO_HATS], 'expert'] : [role as Role];
}

/** Ids of the right form that nobody has. */
export function absentRows(): Rows {
  return new Proxy({} as Rows, { get: () => randomUUID() });
}

/** How a cell went. */
export interface Went {
  /** What is wrong with it; undefined where it is as the matrix says. */
  readonly fault?: string;
  /** True where the call did what it is for, or was refused by the rule that the matrix names. */
  readonly isThrough: boolean;
}

/** Asks a cell, and for what is denied an absent row too: the two must look the same. */
export async function tried(cell: Cell, { rows }: AccessWorld): Promise<Went> {
  const said = await cell.ask(rows[cell.relation ?? 'own']);
  const what = `${cell.name} as ${cell.role}${cell.relation ? ` for ${cell.relation} rows` : ''}`;
  const is = `${said.code ?? 'an answer'}: ${said.text.slice(0, 300)}`;
  const isDone = said.code === undefined || said.code === TAKEN_BACK;
  const wrong = (kind: string) => ({ fault: `${kind}: ${what}: ${is}`, isThrough: false });
  if (said.code === 'INTERNAL' || said.code === 'BAD_DOCUMENT') return wrong('broken');
  if (cell.isAllowed) {
    if (DENIED.includes(said.code ?? '')) return wrong('unexpected deny');
    return { isThrough: isDone || said.code === cell.refusedBy };
  }
  const expected = cell.role === 'visitor' && !cell.isPublic ? 'SIGN_IN_REQUIRED' : 'NOT_FOUND';
  if (cell.isQuiet ? !isDone : said.code !== expected) return wrong('unexpected allow');
  const absent = cell.relation ? await cell.ask(absentRows()) : said;
  return absent.text === said.text ? { isThrough: false } : wrong(`unlike absence (${absent.text})`);
}

/** Sends operations with everything selected that they lead to, so that every edge is read as the role. */
export function operationSender(world: AccessWorld, schema: GraphQLSchema, kind: 'query' | 'mutation') {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  return (name: string) => {
    const field = root?.getFields()[name];
    if (!field) throw new Error(`the schema has no ${kind} ${name}`);
    const document = documentOf(kind, field);
    return async (role: Column, variables: object): Promise<Said> => {
      const { data, errors } = await world.callers[role].raw(document, variables);
      const code = errors?.[0]?.extensions.code;
      return { code, text: withoutIds(JSON.stringify(errors ?? data), variables) };
    };
  };
}

/** The arguments of a query that may be left out, each as null. */
export function nullsOf(schema: GraphQLSchema, name: string): Record<string, null> {
  const args = schema.getQueryType()?.getFields()[name]?.args ?? [];
  return Object.fromEntries(args.filter((arg) => !isRequiredArgument(arg)).map((arg) => [arg.name, null]));
}

/** Sends a request to a route. */
export function routeSender(world: AccessWorld, api: TestApi) {
  return (name: string) => async (role: Column, asked: object) => {
    const { path, headers, body } = asked as RouteAsk;
    const method = name.split(' ')[0] === 'POST' ? 'post' : 'get';
    const { token } = world.callers[role];
    const response = await request(api.app.getHttpServer())
      [method](path)
      .set({ ...headers, ...(token && { authorization: `Bearer ${token}` }) })
      .send(body);
    const text = withoutIds(response.text ?? '', asked).replaceAll(/nonce="[^"]*"/g, '');
    const found = response.body as { code?: string; errors?: { extensions: { code: string } }[] };
    const code = found.code ?? found.errors?.[0]?.extensions.code;
    if (code === undefined && response.status === 404) return { code: 'NOT_FOUND', text };
    return { code: code ?? (response.status < 400 ? undefined : String(response.status)), text };
  };
}

/** The root fields of a schema, `Query.viewer`. */
export function rootFieldsOf(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) =>
    root ? Object.keys(root.getFields()).map((name) => `${root.name}.${name}`) : [],
  );
}

function documentOf(kind: string, field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const type = getNamedType(field.type);
  const selected = isObjectType(type) ? ` ${selectionOf(type, [])}` : '';
  return `${kind}${variables && `(${variables})`} { ${field.name}${given && `(${given})`}${selected} }`;
}

function selectionOf(type: GraphQLObjectType, above: readonly string[]): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    if (isLeafType(inner)) return [field.name];
    if (!isObjectType(inner) || above.includes(inner.name) || above.length >= LEVELS) return [];
    return [`${field.name} ${selectionOf(inner, [...above, type.name])}`];
  });
  return `{ ${['__typename', ...fields].join(' ')} }`;
}

/** An answer may say the id that was asked for, and where in the document it stood; neither tells anything. */
function withoutIds(text: string, asked: object): string {
  const ids = JSON.stringify(asked).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  return ids
    .reduce((rest, id) => rest.replaceAll(id, 'ID'), text)
    .replaceAll(/"locations":\[[^\]]*\],|"traceId":"[^"]*"/g, '');
}
