import { ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql';
import { auditServer } from 'graphql-http';
import { TestApi, type Answer } from './api';

/** Lists at the root that are no connection, and what bounds them where their description does not say it. */
const BOUNDED = ['Query.myCredentials'];
const SAYS_ITS_BOUND = /at most|the newest \d+|one a currency/i;
/** Audits that ask for the schema itself, and so fail where it is not told. Source: trust page 1.2. */
const ASK_FOR_THE_SCHEMA = ['28B9', 'BF61', '2EA1'];

describe('the schema', () => {
  let api: TestApi;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    api = await TestApi.start();
    schema = api.app.get(GraphQLSchemaHost).schema;
  });
  afterAll(() => api.stop());

  const types = () =>
    Object.values(schema.getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
  const roots = () => [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

  it('describes every type, field, argument, value and input', () => {
    const missing = types().flatMap((type) => {
      const fields = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      const values = isEnumType(type) ? type.getValues() : [];
      const parts = [...fields, ...values].flatMap((part) => [
        { name: `${type.name}.${part.name}`, description: part.description },
        ...('args' in part
          ? part.args.map((each: GraphQLArgument) => ({
              name: `${type.name}.${part.name}(${each.name})`,
              description: each.description,
            }))
          : []),
      ]);
      return [type, ...parts].filter(({ description }) => !description).map(({ name }) => name);
    });
    expect(missing).toEqual([]);
  });

  it('has no default on what must be given: the compiled executor would not fill it in', () => {
    const wrong = types().flatMap((type) => {
      const inputs = isInputObjectType(type)
        ? Object.values(type.getFields())
        : isObjectType(type)
          ? Object.values(type.getFields()).flatMap(({ args }) => args)
          : [];
      return inputs
        .filter((each) => isNonNullType(each.type) && each.defaultValue !== undefined)
        .map(({ name }) => `${type.name}.${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it('gives lists as connections, or says how many there can be', () => {
    const open = roots().flatMap((root) =>
      Object.values(root?.getFields() ?? {})
        .filter((field) => root !== schema.getMutationType() && isListType(getNullableType(field.type)))
        .filter((field) => !SAYS_ITS_BOUND.test(field.description ?? ''))
        .map(({ name }) => `${root?.name}.${name}`),
    );
    expect(open).toEqual(BOUNDED);
  });

  it('is served without anything made anew for each request', () => {
    const wrappers = [...api.app.get(ModulesContainer).values()].flatMap((module) => [
      ...module.providers.values(),
      ...module.controllers.values(),
      ...module.injectables.values(),
    ]);
    expect(wrappers.length).toBeGreaterThan(100);
    const dynamic = wrappers.filter((each) => !each.isDependencyTreeStatic()).map(({ name }) => name);
    // The framework's own, which nothing of ours asks for: else what asks would be here too.
    expect(dynamic.filter((name) => name !== 'REQUEST' && name !== 'INQUIRER')).toEqual([]);
    const { fieldResolverEnhancers = [] } = api.app.get<{ fieldResolverEnhancers?: string[] }>(
      'GqlModuleOptions',
      {
        strict: false,
      },
    );
    expect(fieldResolverEnhancers).toEqual([]);
  });
});

describe('the GraphQL door in production', () => {
  let api: TestApi;
  let url: string;
  beforeAll(async () => {
    api = await TestApi.start({ GRAPHQL_INTROSPECTION: 'no' });
    await api.listen(0);
    url = `${await api.app.getUrl()}/graphql`;
  });
  afterAll(() => api.stop());
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const ask = (query: string) => post(JSON.stringify({ query }));

  it('fails no audit of graphql-http but those that ask for the schema', async () => {
    const results = await auditServer({ url });
    const wrong = results.filter(({ status }) => status === 'error' || status === 'warn').map(({ id }) => id);
    expect(results.length).toBeGreaterThan(50);
    expect(wrong.filter((id) => !ASK_FOR_THE_SCHEMA.includes(id))).toEqual([]);
  });

  it('does not tell its schema', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'])
      expect(await api.caller().refused(query)).toMatchObject({ code: 'INTROSPECTION_OFF' });
    expect(await api.caller().ask('{ __typename }')).toEqual({ __typename: 'Query' });
  });

  it.each([
    ['levels', `{ viewer ${'{ a '.repeat(13)}${'}'.repeat(13)} }`],
    ['fields', `{ ${'viewer { id } '.repeat(251)} }`],
    ['aliases', `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    ['directives', `{ __typename ${'@skip(if: false) '.repeat(21)} }`],
    ['tokens', `{ ${'__typename '.repeat(2001)} }`],
  ])('bounds the %s of a document', async (_, query) => {
    const answer = await api.caller().raw(query);
    expect(answer.data).toBeUndefined();
    expect(['DOCUMENT_TOO_LARGE', 'BAD_DOCUMENT']).toContain(answer.errors?.[0]?.extensions.code);
  });

  it.each(['nope', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '0000-01-01', '2026-11-01T10:00:00', ''])(
    'names the field of what is no date, %p, in the text and in variables, compiled or not',
    async (bad) => {
      const code = 'INVALID_INPUT';
      const { ask, refused } = api.caller();
      const literal = `{ ledgerAccount(code: "a", at: "${bad}") { code } }`;
      expect(await refused(literal)).toMatchObject({ code, field: 'at' });
      for (let time = 0; time < 3; time++) {
        const variable = 'query($since: DateTime) { allCharges(from: $since) { totalCount } }';
        expect(await refused(variable, { since: bad })).toMatchObject({ code, field: 'since' });
        const nested = 'mutation($input: HoldPayoutsInput!) { holdPayouts(input: $input) }';
        const input = { expertId: 'e', reason: 'r', reviewOn: bad, idempotencyKey: 'k' };
        expect(await refused(nested, { input })).toMatchObject({ code, field: 'reviewOn' });
      }
      expect(await ask('{ __typename }')).toEqual({ __typename: 'Query' });
    },
  );

  it('takes neither lists of operations, nor other media, nor reads by address, nor what is too large', async () => {
    expect((await post('[{"query":"{__typename}"},{"query":"{__typename}"}]')).status).toBe(400);
    const form = await post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.status).toBe(415);
    expect((await post('{"query":"{__typename}"}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await fetch(`${url}?query={__typename}`)).status).toBe(405);
    expect((await ask(`{ __typename } #${'x'.repeat(100_000)}`)).status).toBe(413);
  });

  it.each([
    ['too large', `{"query":"${'x'.repeat(100_001)}"}`, undefined, 413, 'DOCUMENT_TOO_LARGE'],
    ['no JSON', '{"query":', undefined, 400, 'BAD_REQUEST'],
    ['empty', '', undefined, 400, 'BAD_REQUEST'],
    ['of another kind', 'a=b', 'multipart/form-data; boundary=x', 415, 'MEDIA_TYPE'],
  ])('refuses a body that is %s as it refuses all else', async (_, body, kind, status, code) => {
    const answer = await post(body, kind === undefined ? {} : { 'content-type': kind });
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as Answer).errors?.[0]?.extensions.code).toBe(code);
  });

  it('says no more in an error than it must', async () => {
    const texts = [
      await ask('{ vewer { id } }'),
      await ask('{ viewer { nam } }'),
      await post('{"query":'),
      await ask(`{ ${Array.from({ length: 40 }, (_, n) => `nothing${n}`).join(' ')} }`),
    ].map(async (response) => response.text());
    for (const text of await Promise.all(texts)) {
      expect(text).not.toMatch(/Did you mean|node_modules|\bat .*\.[jt]s:\d+|stack/);
      expect((JSON.parse(text) as { errors?: unknown[] }).errors?.length ?? 0).toBeLessThanOrEqual(10);
    }
  });
});
