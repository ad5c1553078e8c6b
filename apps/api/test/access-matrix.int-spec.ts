import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import {
  cellsOf,
  nullsOf,
  operationSender,
  rootFieldsOf,
  routeSender,
  takeBackWrites,
  tried,
  type Cell,
} from './access-cells';
import { MUTATIONS, QUERIES, ROUTES, SUBSCRIPTIONS, WEB_ROUTES } from './access-matrix';
import { accessWorld, type AccessWorld } from './access-world';

const AT_ONCE = 4;
/** Sessions of the database tell what they read once they have been idle for ten seconds. */
const TELLING_MS = 11_000;
/** Tables that may be read from end to end, each with the reason. */
const MAY_BE_READ_WHOLE: Readonly<Record<string, string>> = {
  'bullmq.migration': 'a row for each version of the queue, read at a start',
  'public.take_rate_policy': 'a few rows a year; the resolver takes all of them',
  'public.conversion_schedule': 'a row each time that it changes',
  'public.staff_role': 'a few people',
  'public.rate_limit': 'emptied by this test before each row',
  'public.lab': 'staff reads how many labs a search finds',
};

describe('the access matrix', () => {
  let world: AccessWorld;
  let schema: GraphQLSchema;
  let scannedBefore: Record<string, number>;
  const tally = { cells: 0, allows: 0, denies: 0, others: 0 };

  beforeAll(async () => {
    world = await accessWorld();
    schema = world.money.api.app.get(GraphQLSchemaHost).schema;
    takeBackWrites();
    scannedBefore = await scans(world);
  }, 400_000);
  // More is tried here than one person may in an hour.
  beforeEach(() => world.money.api.owner().query('DELETE FROM rate_limit'));
  afterAll(async () => {
    jest.restoreAllMocks();
    await world.money.stop();
    const { cells, allows, denies, others } = tally;
    process.stdout.write(
      `${cells} cells, ${allows} unexpected allows, ${denies} unexpected denies${others ? `, ${others} otherwise wrong` : ''}\n`,
    );
  });

  /** Asks every cell, some at once; returns what is wrong. */
  async function run(cells: readonly Cell[]): Promise<string[]> {
    const faults: string[] = [];
    const through = new Set<string>();
    const rest = cells.values();
    const work = async () => {
      for (const cell of rest) {
        const { fault, isThrough } = await tried(cell, world);
        if (fault !== undefined) faults.push(fault);
        if (isThrough) through.add(cell.name);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const count = (start: string) => faults.filter((fault) => fault.startsWith(start)).length;
    tally.cells += cells.length;
    tally.allows += count('unexpected allow');
    tally.denies += count('unexpected deny');
    for (const name of new Set(cells.filter(({ isAllowed }) => isAllowed).map((cell) => cell.name)))
      if (!through.has(name)) faults.push(`nobody gets through: ${name}`);
    tally.others += faults.length - count('unexpected');
    return faults.sort();
  }

  it('has a row for every query, mutation, subscription and route, and none for what is not there', () => {
    const named = (root: string, matrix: object) => Object.keys(matrix).map((name) => `${root}.${name}`);
    const rows = [
      ...named('Query', QUERIES),
      ...named('Mutation', MUTATIONS),
      ...named('Subscription', SUBSCRIPTIONS),
    ];
    expect(rows.sort()).toEqual(rootFieldsOf(schema).sort());
    const routes = world.money.api.routes.filter((route) => !WEB_ROUTES.includes(route));
    expect(Object.keys(ROUTES).sort()).toEqual(routes.sort());
  });

  it.each(Object.entries(QUERIES))('lets in whom it should: query %s', async (name, cases) => {
    expect(await run(cellsOf(name, cases, operationSender(world, schema, 'query')(name)))).toEqual([]);
  });

  it.each(Object.entries(MUTATIONS))('lets in whom it should: mutation %s', async (name, cases) => {
    expect(await run(cellsOf(name, cases, operationSender(world, schema, 'mutation')(name)))).toEqual([]);
  });

  it.each(Object.entries(ROUTES))('lets in whom it should: %s', async (name, cases) => {
    expect(await run(cellsOf(name, cases, routeSender(world, world.money.api)(name)))).toEqual([]);
  });

  it('reads no table that grows from end to end', async () => {
    const after = await scans(world);
    const grown = Object.keys(after).filter((table) => (after[table] ?? 0) > (scannedBefore[table] ?? 0));
    expect(grown.filter((table) => !(table in MAY_BE_READ_WHOLE)).sort()).toEqual([]);
  }, 30_000);

  // Without their filters, lists and their counts may read whole tables: this is asked last.
  it.each(Object.entries(QUERIES))('takes null for what was left out: query %s', async (name, cases) => {
    const nulls = nullsOf(schema, name);
    const send = operationSender(world, schema, 'query')(name);
    for (const { ask, to, own } of [cases].flat()) {
      const role = (to ?? own)?.find((each) => each !== 'visitor') ?? 'visitor';
      const given = Object.entries(ask?.(world.rows.own) ?? {}).filter(([arg]) => !(arg in nulls));
      const required = Object.fromEntries(given);
      expect(await send(role, { ...required, ...nulls })).toEqual(await send(role, required));
    }
  });
});

/** How often each table was read from end to end so far. */
async function scans({ money }: AccessWorld): Promise<Record<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, TELLING_MS));
  const { rows } = await money.api
    .owner()
    .query<{ name: string; scans: string }>(
      `SELECT schemaname || '.' || relname AS name, seq_scan AS scans FROM pg_stat_user_tables`,
    );
  return Object.fromEntries(rows.map(({ name, scans: count }) => [name, Number(count)]));
}
