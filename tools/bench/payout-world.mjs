// Rows for the payout bench: experts with an account at the rail and something earned; all invented.
import pg from 'pg';

/** One in so many has no payout account: their money is held at a gate, and they are told. */
const WITHOUT_ACCOUNT = 20;
/** Postings of one ledger transaction, while the world is made. */
const LINES = 1000;

/** Adds experts `from`..`to` to a migrated database, each owed something. */
export async function addExperts(superuserUrl, from, to) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const statement of statements(from, to)) await client.query(statement);
    for (let first = from; first <= to; first += LINES)
      await client.query(owed(first, Math.min(to, first + LINES - 1)));
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

/** Asks a question of the database behind the product's back; returns its rows. */
export async function look(superuserUrl, sql) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The same id for the same kind and number. */
const id = (kind, number = 'n') => `md5('${kind}' || ${number})::uuid`;

function statements(from, to) {
  const numbers = `generate_series(${from}, ${to}) n`;
  return [
    `INSERT INTO account (id, email, password_hash, name, created_at)
     SELECT ${id('account')}, 'expert' || n || '@example.org', '-', 'Expert ' || n, now() FROM ${numbers}`,
    `INSERT INTO expert (id, account_id, display_name, country, created_at, updated_at)
     SELECT ${id('expert')}, ${id('account')}, 'Expert ' || n, 'US', now(), now() FROM ${numbers}`,
    `INSERT INTO payout_account (expert_id, rail_account_id, rail_bank_id, rail_held_at, state, country, currency, created_at, updated_at)
     SELECT ${id('expert')}, 'acct_' || n, 'ba_' || n, now(), 'ACTIVE', 'US', 'USD', now() - interval '90 days', now() FROM ${numbers} WHERE n % ${WITHOUT_ACCOUNT} <> 0`,
  ];
}

/** From 50 to 550 dollars for each, through the ledger's own function. */
function owed(first, last) {
  return `SELECT ledger.post(jsonb_build_array(jsonb_build_object(
    'id', gen_random_uuid(), 'key', 'bench:${first}', 'hash', '-', 'kind', 'bench', 'subjectType', 'bench', 'subjectId', gen_random_uuid(),
    'effectiveAt', now(), 'actor', 'bench', 'lines', jsonb_agg(jsonb_build_object('phase', 'S', 'debit', 'rail_available:platform:USD',
      'credit', 'expert_payable:' || ${id('expert')} || ':USD', 'currency', 'USD', 'amount', 5000 + n % 50000)))))
    FROM generate_series(${first}, ${last}) n`;
}
