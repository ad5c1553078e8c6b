// npm run bench:freshness: how soon a change of a profile is found, and how soon who is suspended or whose credential ended is off the
// lists, from the commit through outbox, queue and worker to what labs read. Says its progress on stderr and ends with one line of JSON.
// Usage: node tools/bench/freshness.mjs [--experts N] [--changes N] [--redis yes]
import '../start/help.mjs';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { prepareDatabase } from '../embedded/roles.mjs';
import { startRedis } from '../embedded/redis.mjs';
import { ROOT } from '../install.mjs';
import { migrate } from '../migrate.mjs';
import { inBench } from './bench.mjs';
import { bioOf, expertIdOf, FIELDS, fillMarket, LEAST_RATE_MINOR, openingIdOf } from './freshness-world.mjs';

const WORKER = path.join(ROOT, 'apps/api/dist/worker.js');
/** Wanted, seconds from the commit. */
const LIMITS = { searchable: 5, gone: 1 };
/** So many are on the list of an opening at most. */
const LISTED = 200;
const LOOK_EVERY_MS = 10;
const LONGEST_MS = 60_000;
const START_MS = 300_000;

/** Who changes and what, and what is seen in the lists once it has arrived. */
const CHANGES = {
  searchable: {
    // Into another field, for less than anybody there asks: of the many whose words fit as well, only some are listed.
    whom: async (client, number) => ({ id: expertIdOf(number), to: (number + 1) % FIELDS.length }),
    write: ({ id, to }) => [
      [
        'UPDATE expert SET headline = $2, bio = $3, minimum_rate_minor = $4 WHERE id = $1',
        [id, FIELDS[to], bioOf(FIELDS[to]), LEAST_RATE_MINOR],
      ],
      ['UPDATE expert_skill SET label = $2 WHERE expert_id = $1', [id, `${FIELDS[to]} work`]],
    ],
    seen: async (client, { id, to }) => (await listings(client, id, [openingIdOf(to)])) === 1,
  },
  suspended: {
    whom: listed,
    write: ({ id }) => [[`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, [id]]],
    seen: async (client, { id }) => (await listings(client, id)) === 0,
  },
  expired: {
    whom: listed,
    write: ({ id }) => [
      [`UPDATE credential SET state = 'EXPIRED', expires_on = current_date - 1 WHERE expert_id = $1`, [id]],
    ],
    seen: async (client, { id }) => (await listings(client, id)) === 0,
  },
};

await inBench(async ({ folder, server, say, onStop }) => {
  if (!existsSync(WORKER)) throw new Error('Nothing is built: run npm run build first.');
  const { experts, changes, isRedis } = readOptions();
  await prepareDatabase(server.url('postgres', '', 'postgres'), 'tallystick');
  await migrate(server.url('tallystick_owner', '', 'tallystick'));
  const client = new pg.Client({ connectionString: server.url('postgres', '', 'tallystick') });
  await client.connect();
  onStop(() => client.end());
  say(`making up ${experts} experts`);
  await fillMarket(client, experts);
  const redis = isRedis ? await startRedis(path.join(folder, 'redis')) : undefined;
  if (redis) onStop(() => redis.stop());
  say('starting a worker; the first lists are made');
  const worker = startWorker(folder, server, redis);
  onStop(() => worker.stop());
  await until(async () => (await lists(client)) === FIELDS.length, START_MS);
  say('one change that does not count: the worker has only just started');
  await secondsOf(client, CHANGES.searchable, changes + 1, START_MS);
  const measured = { searchable: [], suspended: [], expired: [] };
  for (let number = 0; number < changes; number++) {
    say(`change ${number + 1} of ${changes}`);
    for (const [kind, change] of Object.entries(CHANGES))
      measured[kind].push(await secondsOf(client, change, number + 1));
  }
  const results = {
    searchable: figures(measured.searchable, LIMITS.searchable),
    suspended: figures(measured.suspended, LIMITS.gone),
    expired: figures(measured.expired, LIMITS.gone),
  };
  return {
    bench: 'freshness',
    machine: { cores: cpus().length, load: Number(loadavg()[0].toFixed(1)), node: process.version },
    ...{ experts, changes, queue: isRedis ? 'Redis' : 'PostgreSQL' },
    isAllMet: Object.values(results).every(({ met }) => met),
    results,
  };
});

/** Seconds from the commit of a change to its being seen. */
async function secondsOf(client, { whom, write, seen }, number, longestMs = LONGEST_MS) {
  const who = await whom(client, number);
  if (await seen(client, who)) throw new Error('What is to change is so already.');
  await client.query('BEGIN');
  for (const statement of write(who)) await client.query(...statement);
  await client.query(
    `INSERT INTO outbox_message (queue, name, payload, available_at, created_at)
     VALUES ('matching', 'expert-changed', jsonb_build_object('expertId', $1::text), now(), now())`,
    [who.id],
  );
  await client.query(`SELECT pg_notify('tallystick_outbox', '')`);
  await client.query('COMMIT');
  const committed = performance.now();
  await until(() => seen(client, who), longestMs);
  return (performance.now() - committed) / 1000;
}

/** Somebody who is on a list now: of the highest number there, since those of low numbers change their field. */
async function listed(client, number) {
  const { rows } = await client.query(
    'SELECT expert_id AS id FROM fit WHERE opening_id = $1 ORDER BY expert_id DESC LIMIT 1',
    [openingIdOf(number % FIELDS.length)],
  );
  return rows[0];
}

/** On how many lists somebody is; of some openings where these are named. */
async function listings(client, id, openings = FIELDS.map((_, at) => openingIdOf(at))) {
  const { rows } = await client.query(
    'SELECT count(*)::int AS count FROM fit WHERE expert_id = $1 AND opening_id = ANY($2)',
    [id, openings],
  );
  return rows[0].count;
}

async function lists(client) {
  const { rows } = await client.query(`SELECT count(*)::int AS count FROM shortlist WHERE state = 'READY'`);
  return rows[0].count;
}

async function until(holds, longestMs = LONGEST_MS) {
  for (const end = performance.now() + longestMs; !(await holds()); await wait(LOOK_EVERY_MS))
    if (performance.now() > end) throw new Error('What was waited for did not come.');
}

function startWorker(folder, server, redis) {
  const child = spawn(process.execPath, [WORKER], {
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: path.join(folder, 'data') },
      DATABASE_URL: server.url('tallystick_app', '', 'tallystick'),
      ...(redis && { REDIS_URL: redis.url }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function figures(seconds, limit) {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(3));
  return { p50: at(0.5), p95: at(0.95), max: at(1), limit, met: at(1) < limit };
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      experts: { type: 'string', default: '2000' },
      changes: { type: 'string', default: '20' },
      redis: { type: 'string', default: 'no' },
    },
  });
  const [experts, changes] = [Number(values.experts), Number(values.changes)];
  // With fewer in a field its list is filled up with people of other fields, and who moves into it is on it already.
  const least = FIELDS.length * (LISTED + changes);
  if (!(changes > 0) || !(experts >= least))
    throw new Error(
      `--changes is a number above 0, and --experts at least ${FIELDS.length} times ${LISTED} and the changes.`,
    );
  return { experts, changes, isRedis: values.redis === 'yes' };
}
