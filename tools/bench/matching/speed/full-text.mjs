// PostgreSQL's full-text search on the same experts and adverts: an index of lexemes, any of which may match, the best 200 by ts_rank.
import pg from 'pg';
import { ANY_LEXEME } from '../rivals.mjs';
import { expert, opening, textOfExpert, textOfOpening } from './market.mjs';

const ROWS_AT_ONCE = 10_000;
const CONNECTIONS = 2;
/** One process works on a statement, as one of ours does. */
const SETTINGS = `SET max_parallel_workers_per_gather = 0; SET maintenance_work_mem = '512MB'; SET work_mem = '64MB'`;

/** Stores the experts, reads all of them once so that nothing is cold, and times each advert. @returns milliseconds of each, and how long storing took */
export async function fullText({ url, size, adverts, say }) {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: url }));
  const [client] = clients;
  try {
    for (const each of clients) await each.connect();
    await client.query(SETTINGS);
    const started = performance.now();
    await client.query(
      'DROP TABLE IF EXISTS bench_expert; CREATE UNLOGGED TABLE bench_expert (place int, vector tsvector)',
    );
    await Promise.all(clients.map((each, first) => fill(each, size, first, say)));
    say('PostgreSQL: making the index');
    await client.query('CREATE INDEX ON bench_expert USING gin (vector) WITH (fastupdate = off)');
    await client.query('VACUUM ANALYZE bench_expert');
    const buildSeconds = (performance.now() - started) / 1000;
    await client.query('SELECT sum(length(vector)) FROM bench_expert');
    const milliseconds = [];
    for (let advert = 0; advert < adverts; advert++) {
      milliseconds.push(await search(client, advert));
      say(`PostgreSQL: advert ${advert + 1} of ${adverts} took ${Math.round(milliseconds.at(-1))} ms`);
    }
    return { milliseconds, buildSeconds };
  } finally {
    for (const each of clients) await each.end();
  }
}

/** Stores every second batch of experts, from the `first` on. */
async function fill(client, size, first, say) {
  for (let from = first * ROWS_AT_ONCE; from < size; from += CONNECTIONS * ROWS_AT_ONCE) {
    const places = Array.from({ length: Math.min(ROWS_AT_ONCE, size - from) }, (_, i) => from + i);
    await client.query(
      `INSERT INTO bench_expert SELECT place, to_tsvector('english', text) FROM unnest($1::int[], $2::text[]) given (place, text)`,
      [places, places.map((place) => textOfExpert(expert(place)))],
    );
    if ((from / ROWS_AT_ONCE) % 20 === 0) say(`PostgreSQL: ${from + places.length} experts are stored`);
  }
}

async function search(client, advert) {
  const started = performance.now();
  await client.query(
    `SELECT place FROM bench_expert, (SELECT ${ANY_LEXEME} AS wanted) asked WHERE vector @@ wanted
      ORDER BY ts_rank(vector, wanted) DESC, place LIMIT 200`,
    [textOfOpening(opening(advert))],
  );
  return performance.now() - started;
}
