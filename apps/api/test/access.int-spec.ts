import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { auditServer } from 'graphql-http';
import { ACCESS, type AccessRule } from '../src/platform/access/access.decorators';
import { PERMISSIONS } from '../src/platform/access/permissions';
import { TestApi } from './api';

/** Every query, mutation and route with what it declares. */
function handlersOf(api: TestApi): { name: string; isGraphql: boolean; rule: AccessRule | undefined }[] {
  const discovery = new DiscoveryService(api.app.get(ModulesContainer));
  const scanner = new MetadataScanner();
  const reflector = new Reflector();
  const instances = [...discovery.getProviders(), ...discovery.getControllers()].flatMap(({ instance }) =>
    instance && Object.getPrototypeOf(instance) ? [instance as object] : [],
  );
  return instances.flatMap((instance) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method] as () => unknown;
      const root = Reflect.getMetadata('graphql:resolver_type', handler) as string | undefined;
      const isGraphql = root === 'Query' || root === 'Mutation' || root === 'Subscription';
      if (!isGraphql && !Reflect.hasMetadata('path', handler)) return [];
      return [
        {
          name: isGraphql ? method : `${instance.constructor.name}.${method}`,
          isGraphql,
          rule: reflector.get<AccessRule>(ACCESS, handler),
        },
      ];
    });
  });
}

describe('access', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  const rootFields = async () => {
    const { __schema } = await api
      .caller()
      .ask(
        '{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }',
      );
    const { queryType, mutationType, subscriptionType } = __schema;
    return [...queryType.fields, ...mutationType.fields, ...subscriptionType.fields]
      .map(({ name }: { name: string }) => name)
      .sort();
  };

  it('is declared by every handler, and the handlers found are all that the schema has', async () => {
    const handlers = handlersOf(api);
    expect(handlers.filter(({ rule }) => rule === undefined).map(({ name }) => name)).toEqual([]);
    expect(
      handlers
        .filter(({ isGraphql }) => isGraphql)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(await rootFields());
  });

  it('has no permission that nobody asks for', () => {
    const asked = new Set(
      handlersOf(api).flatMap(({ rule }) => (rule?.kind === 'REQUIRES' ? [rule.permission] : [])),
    );
    expect(Object.keys(PERMISSIONS).filter((permission) => !asked.has(permission as never))).toEqual([]);
  });

  it('tells a visitor nothing but that they must sign in, and a stranger nothing at all', async () => {
    const stranger = await api.signUp('stranger@example.org');
    for (const query of [
      '{ labs { totalCount } }',
      '{ allCharges { totalCount } }',
      '{ mails { totalCount } }',
      '{ labBalances { currency } }',
      '{ myProfile { id } }',
      '{ verificationQueue { totalCount } }',
      '{ journal { totalCount } }',
    ]) {
      expect(await api.caller().refused(query)).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
      expect(await stranger.refused(query)).toEqual({
        code: 'NOT_FOUND',
        message: 'There is nothing here for you.',
        field: undefined,
      });
    }
  });
});

describe('the GraphQL door', () => {
  let api: TestApi;
  let url: string;
  beforeAll(async () => {
    api = await TestApi.start();
    await api.listen(0);
    url = `${await api.app.getUrl()}/graphql`;
  });
  afterAll(() => api.stop());

  it('passes every audit of graphql-http that must or should hold', async () => {
    const results = await auditServer({ url });
    const wrong = results
      .filter(({ status }) => status === 'error' || status === 'warn')
      .map(({ id, name }) => `${id} ${name}`);
    expect(results.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it('refuses free text and foreign requests where a browser session is sent', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: 'tallystick=x', ...headers },
        body: '{"query":"{viewer{id}}"}',
      });
    expect((await send({})).status).toBe(403);
    expect((await send({ 'x-tallystick': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ 'x-tallystick': '1' })).status).toBe(400);
  });

  it('bounds what a document may ask', async () => {
    const aliases = Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ');
    expect(await api.caller().refused(`{ ${aliases} }`)).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
    expect((await api.caller().refused('{ viewer { nam } }')).message).not.toContain('Did you mean');
  });
});
