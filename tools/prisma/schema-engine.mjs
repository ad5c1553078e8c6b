#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` binary (JSON-RPC over stdio), which only a download gives:
// the same engine from the package @prisma/schema-engine-wasm, over the PostgreSQL driver adapter.

import { createRequire } from 'node:module';
import fs from 'node:fs';
import readline from 'node:readline';
import path from 'node:path';
const require = createRequire(import.meta.url);
let panicMessage = '';
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    panicMessage = m;
  },
}; // the wasm panic hook expects this
const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
const wasmDir = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
async function loadEngine() {
  const bytes = fs.readFileSync(path.join(wasmDir, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}
const argv = process.argv.slice(2);
const opt = { datamodels: [] };
let cli = null;
for (let i = 0; i < argv.length; i++) {
  const a = argv[i];
  if (a === '--version' || a === '-V') {
    const g = await loadEngine();
    console.log('schema-engine-cli (wasm shim) ' + g.version());
    process.exit(0);
  } else if (a === '--datamodels' || a === '-d') opt.datamodels.push(argv[++i]);
  else if (a === '--datasource') opt.datasource = JSON.parse(argv[++i]);
  else if (a === '--extension-types' || a === '--enabled-preview-features') opt[a.slice(2)] = argv[++i];
  else if (a === 'cli') cli = argv[++i];
}
const { PrismaPg } = await import('@prisma/adapter-pg');
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = await import('@prisma/driver-adapter-utils');
const url = opt.datasource?.url;
const quote = (s) => '"' + s.replace(/"/g, '""') + '"';
function log(level, message, extra = {}) {
  process.stderr.write(
    JSON.stringify({
      timestamp: new Date().toISOString(),
      level,
      fields: { message, ...extra },
      target: 'schema_engine::logger',
    }) + '\n',
  );
}

async function adminClient(u) {
  const pg = (await import('pg')).default;
  const x = new URL(u);
  const db = decodeURIComponent(x.pathname.slice(1));
  x.search = '';
  for (const candidate of ['postgres', 'template1']) {
    x.pathname = '/' + candidate;
    const c = new pg.Client({ connectionString: x.toString() });
    try {
      await c.connect();
      return { c, db };
    } catch (e) {
      if (e.code !== '3D000') throw e;
    }
  }
}
if (cli) {
  log('INFO', 'Starting schema engine CLI (wasm shim)'); // the Prisma CLI skips the first stderr line
  const pg = (await import('pg')).default;
  const fail = (code, message, meta) => {
    log('ERROR', message, { is_panic: false, error_code: code, message, meta });
    process.exit(1);
  };
  try {
    if (cli === 'can-connect-to-database') {
      const c = new pg.Client({ connectionString: url });
      await c.connect();
      await c.query('SELECT 1');
      await c.end();
      log('INFO', 'Connection successful');
    } else if (cli === 'create-database') {
      const { c, db } = await adminClient(url);
      await c.query('CREATE DATABASE ' + quote(db));
      await c.end();
      log('INFO', `Successfully created the database.`);
    } else if (cli === 'drop-database') {
      const { c, db } = await adminClient(url);
      await c.query(`DROP DATABASE IF EXISTS ${quote(db)} WITH (FORCE)`);
      await c.end();
      log('INFO', 'The database was successfully dropped.');
    }
    process.exit(0);
  } catch (e) {
    if (e.code === '3D000')
      fail('P1003', `Database \`${decodeURIComponent(new URL(url).pathname.slice(1))}\` does not exist`, {});
    if (e.code === 'ECONNREFUSED') fail('P1001', `Can't reach database server: ${e.message}`, {});
    if (e.code === '28P01' || e.code === '28000') fail('P1000', `Authentication failed: ${e.message}`, {});
    fail(null, String(e.message));
  }
}

const g = await loadEngine();
const pgm = (await import('pg')).default;
const { parse } = createRequire(require.resolve('pg'))('pg-connection-string');
// PrismaPg as a *migration* adapter needs three corrections (verified on 7.10.1):
//  1. OID 18 ("char", used by pg_catalog) is unknown to its column-type map  -> report it as Character
//  2. executeScript() splits on ';' (breaks $$ function bodies)              -> send the script whole
//  3. connectToShadowDb() keeps `connectionString`, which overrides `database` -> build explicit fields
function fixAdapter(a) {
  const client = a.client ?? a.underlyingDriver();
  const q = client.query.bind(client);
  client.query = async (...args) => {
    const r = await q(...args);
    (r?.fields ?? []).forEach((f, i) => {
      if (f.dataTypeID === 18) {
        f.dataTypeID = 25;
        (r.rows.__char ??= []).push(i);
      }
    });
    return r;
  };
  const qr = a.queryRaw.bind(a);
  a.queryRaw = async (query) => {
    const r = await qr(query);
    for (const i of r.rows.__char ?? []) r.columnTypes[i] = ColumnTypeEnum.Character;
    return r;
  };
  a.executeScript = async (script) => {
    try {
      await client.query(script);
    } catch (e) {
      if (a.onError) a.onError(e);
      else throw e;
    }
  };
  if (a.startTransaction) {
    const st = a.startTransaction.bind(a);
    a.startTransaction = async (...x) => fixAdapter(await st(...x));
  }
  return a;
}
const { ssl, ...parsed } = parse(url ?? 'postgresql://localhost/postgres');
const cfg = {
  host: parsed.host,
  port: parsed.port ? Number(parsed.port) : undefined,
  user: parsed.user,
  password: parsed.password,
  database: parsed.database,
  ssl,
  max: 4,
  idleTimeoutMillis: 0,
};
const base = new PrismaPg(cfg, schemaOpt(url));
const shadowUrl = opt.datasource?.shadowDatabaseUrl;
const fixedFactory = {
  provider: base.provider,
  adapterName: base.adapterName,
  connect: async () => fixAdapter(await base.connect()),
  connectToShadowDb: async () => {
    if (shadowUrl) return fixAdapter(await new PrismaPg({ connectionString: shadowUrl, max: 4 }).connect());
    const database = 'prisma_migrate_shadow_db_' + globalThis.crypto.randomUUID();
    const adm = new pgm.Client(cfg);
    await adm.connect();
    await adm.query(`CREATE DATABASE ${quote(database)}`);
    const a = fixAdapter(await new PrismaPg({ ...cfg, database }).connect());
    const d = a.dispose.bind(a);
    a.dispose = async () => {
      await d();
      await adm.query(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
      await adm.end();
    };
    return a;
  },
};
const factory = bindMigrationAwareSqlAdapterFactory(fixedFactory);
function schemaOpt(u) {
  try {
    const s = new URL(u).searchParams.get('schema');
    return s ? { schema: s } : undefined;
  } catch {
    return undefined;
  }
}
const debug = (m) => {
  if (process.env.DEBUG?.includes('schemaEngine')) log('DEBUG', m);
};
const datamodels = opt.datamodels.map((p) => [p, fs.readFileSync(p, 'utf8')]);
let engine;
async function getEngine() {
  return (engine ??= await g.SchemaEngine.new(
    { datamodels: datamodels.length ? datamodels : undefined },
    debug,
    factory,
  ));
}

const send = (o) => process.stdout.write(JSON.stringify(o) + '\n');
const rl = readline.createInterface({ input: process.stdin });
let queue = Promise.resolve();
rl.on('line', (line) => {
  if (line.trim()) queue = queue.then(() => handle(JSON.parse(line)));
});
rl.on('close', () => queue.then(() => process.exit(0)));
// TypedSQL: the wasm engine recurses to death in introspectSql (no describe in driver adapters) -> Parse/Describe over the wire.
const OID = {
  16: 'bool',
  17: 'bytes',
  18: 'char',
  20: 'bigint',
  21: 'int',
  23: 'int',
  26: 'bigint',
  700: 'float',
  701: 'double',
  1700: 'decimal',
  790: 'decimal',
  114: 'json',
  3802: 'json',
  142: 'xml',
  2950: 'uuid',
  1082: 'date',
  1083: 'time',
  1266: 'time',
  1114: 'datetime',
  1184: 'datetime',
  1000: 'bool-array',
  1001: 'bytes-array',
  1002: 'char-array',
  1005: 'int-array',
  1007: 'int-array',
  1016: 'bigint-array',
  1009: 'string-array',
  1014: 'string-array',
  1015: 'string-array',
  1021: 'float-array',
  1022: 'double-array',
  1231: 'decimal-array',
  199: 'json-array',
  3807: 'json-array',
  2951: 'uuid-array',
  1182: 'date-array',
  1183: 'time-array',
  1115: 'datetime-array',
  1185: 'datetime-array',
};
async function introspectSql(queries) {
  const c = new pgm.Client(cfg);
  await c.connect();
  const out = [];
  for (const q of queries) {
    const text = q.source;
    const d = await new Promise((ok, no) => {
      let p = [],
        f = [],
        err;
      const onParam = (m) => (p = m.dataTypeIDs);
      c.query({
        // a pg "submittable": Parse + Describe(S) + Sync, nothing is executed
        submit(con) {
          con.on('parameterDescription', onParam);
          con.parse({ name: '', text, types: [] });
          con.describe({ type: 'S', name: '' });
          con.sync();
        },
        handleRowDescription(m) {
          f = m.fields;
        },
        handleError(e) {
          err = e;
        },
        handleReadyForQuery(con) {
          con.removeListener('parameterDescription', onParam);
          if (err) no(err);
          else ok({ p, f });
        },
      });
    });
    const outer = /\b(left|right|full)\b/i.test(text);
    const enums = new Map(
      (
        await c.query(`select t.oid, t.typname from pg_type t where typtype='e' and t.oid = any($1::oid[])`, [
          [...d.p, ...d.f.map((x) => x.dataTypeID)],
        ])
      ).rows.map((r) => [r.oid, r.typname]),
    );
    const nn = new Set(
      (
        await c.query(
          `select attrelid||':'||attnum k from pg_attribute where attnotnull and attrelid = any($1::oid[])`,
          [d.f.map((x) => x.tableID).filter(Boolean)],
        )
      ).rows.map((r) => r.k),
    );
    const doc = [...text.matchAll(/^--\s*@param\s*\{(\w+)\}\s*\$(\d+)(?::(\w+))?(\?)?[ \t]*(.*)$/gm)];
    const typ = (oid) => enums.get(oid) ?? OID[oid] ?? 'string';
    out.push({
      name: q.name,
      source: text,
      documentation: null,
      parameters: d.p.map((oid, i) => {
        const m = doc.find((x) => Number(x[2]) === i + 1);
        return {
          name: m?.[3] ?? `_${i}`,
          typ: m ? m[1].toLowerCase() : typ(oid),
          documentation: m?.[5] || null,
          nullable: !!m?.[4],
        };
      }),
      resultColumns: d.f.map((x) => ({
        name: x.name,
        typ: typ(x.dataTypeID),
        nullable: outer || !nn.has(`${x.tableID}:${x.columnID}`),
      })),
    });
  }
  await c.end();
  return { queries: out };
}
let current = null;
function die(err) {
  const message = panicMessage || err?.stack || String(err);
  log('ERROR', message, { is_panic: true });
  if (current)
    send({
      jsonrpc: '2.0',
      id: current.id,
      error: {
        code: 4466,
        message,
        data: { is_panic: false, message: 'Schema engine panic: ' + message, meta: null, error_code: null },
      },
    });
  setTimeout(() => process.exit(101), 50);
}
process.on('uncaughtException', die);
process.on('unhandledRejection', die);
async function handle(req) {
  if (!req.method) return;
  current = req;
  try {
    if (req.method === 'createDatabase') {
      const u = req.params.datasource?.url ?? url;
      const { c, db } = await adminClient(u);
      const r = await c.query('select 1 from pg_database where datname=$1', [db]);
      if (!r.rowCount) await c.query('CREATE DATABASE ' + quote(db));
      await c.end();
      return send({ jsonrpc: '2.0', id: req.id, result: { databaseName: db } });
    }
    if (req.method === 'introspectSql')
      return send({ jsonrpc: '2.0', id: req.id, result: await introspectSql(req.params.queries) });
    const e = await getEngine();
    if (typeof e[req.method] !== 'function')
      throw new Error('method not supported by wasm engine: ' + req.method);
    let result = await e[req.method](req.params ?? {});
    if (req.method === 'diff' && result?.stdout) {
      send({ jsonrpc: '2.0', method: 'print', id: 1e6 + Number(req.id), params: { content: result.stdout } });
    }
    send({ jsonrpc: '2.0', id: req.id, result: result === undefined ? {} : result });
  } catch (err) {
    const msg = panicMessage || (err?.message ?? String(err));
    if (panicMessage) {
      log('ERROR', msg);
      panicMessage = '';
      engine = undefined;
    }
    send({
      jsonrpc: '2.0',
      id: req.id,
      error: {
        code: 4466,
        message: 'An error happened. Check the data field for details.',
        data: { is_panic: false, message: msg, meta: err?.meta ?? null, error_code: err?.code ?? null },
      },
    });
  }
}
