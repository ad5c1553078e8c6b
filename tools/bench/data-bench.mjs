// D1 to D3: our own repositories on our own client, beside the same statements prepared by pg.
import { createHash, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import { best, rate, spread, takeTurns } from './rounds.mjs';

const POSTERS = 8;

/** Measures data access. Returns the best rate of each contestant, operations a second. */
export async function benchData({ root, environment, world, rounds, seconds, say }) {
  const require = createRequire(path.join(root, 'apps/api/dist/main.js'));
  const { Config } = require('./platform/config/config');
  const { Database } = require('./platform/prisma/database');
  const database = new Database(new Config(environment));
  const pool = new pg.Pool({ connectionString: environment.DATABASE_URL, max: 10 });
  try {
    const contestants = {
      ...pointReads({ require, database, pool, world }),
      ...(await lists({ require, database, pool })),
      ...(await postings({ require, database, pool, world })),
    };
    for (const run of Object.values(contestants)) await run(seconds / 4);
    const figures = await takeTurns(contestants, { rounds, seconds, say });
    const { pointPg, listPg, postingPg } = figures;
    return {
      ...Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, best(all)])),
      spreads: { point: spread(pointPg), data: spread(listPg), posting: spread(postingPg) },
    };
  } finally {
    await database.onApplicationShutdown();
    await pool.end();
  }
}

function pointReads({ require, database, pool, world }) {
  const { findProject } = require('./features/project/project.repository');
  const next = inTurn(world.projects);
  const text = 'SELECT * FROM project WHERE id = $1';
  return {
    pointOurs: (seconds) => rate(() => findProject(database.client, next()), 1, seconds),
    pointPg: (seconds) => rate(() => pool.query({ name: 'point', text, values: [next()] }), 1, seconds),
  };
}

/** The list as the product asks for it, the same statement by pg, and one statement a relation as an include sends. */
async function lists({ require, database, pool }) {
  const { listStatement, listed } = require('./features/project/opening-list.repository');
  const { openingsWith, publicPage } = require('./features/project/project.repository');
  const page = publicPage({}, 20);
  const { text, values } = listStatement(page);
  const ids = (await pool.query(text, values)).rows.map(({ id }) => id);
  return {
    listOurs: (seconds) => rate(() => listed(database.client, page), 1, seconds),
    listOrdinary: (seconds) => rate(() => openingsWith(database.client, { ids }), 1, seconds),
    listPg: (seconds) => rate(() => pool.query({ name: 'list', text, values }), 1, seconds),
  };
}

/** A charge: the lab pays, the expert earns, the platform keeps its fee. Of many labs, so that callers seldom meet. */
async function postings({ require, database, pool, world }) {
  const { post } = require('./features/ledger/ledger.repository');
  const tx = () => ({ db: database.client, actor: { kind: 'SYSTEM' }, now: new Date(), newId: randomUUID });
  const line = (debit, credit, amountMinor) => ({ phase: 'S', debit, credit, currency: 'USD', amountMinor });
  const fact = (lines) => ({
    key: `bench:${randomUUID()}`,
    kind: 'CHARGE',
    subjectType: 'timesheet',
    subjectId: randomUUID(),
    lines,
  });
  const prepaid = (lab) => `lab_prepaid:${lab}:USD`;
  for (const lab of world.labs)
    await post(tx(), fact([line('rail_available:platform:USD', prepaid(lab), 10n ** 15n)]));
  const next = inTurn(world.labs);
  const charge = () => {
    const lab = next();
    return fact([
      line(prepaid(lab), `expert_payable:${lab}:USD`, 10_000n),
      line(prepaid(lab), 'platform_fee:platform:USD', 1500n),
    ]);
  };
  return {
    postingOurs: (seconds) => rate(() => post(tx(), charge()), POSTERS, seconds),
    postingPg: (seconds) => rate(() => postPlainly(pool, charge()), POSTERS, seconds),
  };
}

/** The same posting function called by pg. */
function postPlainly(pool, { lines, ...fact }) {
  const request = {
    ...fact,
    id: randomUUID(),
    hash: createHash('sha256').update(fact.key).digest('hex'),
    effectiveAt: new Date(),
    actor: 'bench',
    lines: lines.map(({ amountMinor, ...line }) => ({ ...line, amount: String(amountMinor) })),
  };
  const values = [JSON.stringify([request])];
  return pool.query({ name: 'post', text: 'SELECT ledger.post($1::jsonb) AS result', values });
}

function inTurn(items) {
  let index = 0;
  return () => items[index++ % items.length];
}
