// Rows for the benches: labs, projects and open openings with what they require; all invented.
import pg from 'pg';

const LABS = 40;
/** Openings a project has. */
const LAYERS = 2;

/** Fills a migrated database. Returns the ids of labs and projects. */
export async function fill(superuserUrl, openings) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const statement of statements(openings)) await client.query(statement);
    const ids = async (table) => (await client.query(`SELECT id FROM ${table}`)).rows.map(({ id }) => id);
    return { labs: await ids('lab'), projects: await ids('project') };
  } finally {
    await client.end();
  }
}

/** The same id for the same kind and number. */
const id = (kind, number) => `md5('${kind}' || ${number})::uuid`;

function statements(openings) {
  const published = "now() - n * interval '1 minute'";
  return [
    `INSERT INTO account (id, email, password_hash, name, created_at) VALUES (${id('account', 1)}, 'bench@example.org', '-', 'Bench', now())`,
    `INSERT INTO lab (id, name, legal_name, website, country, state, vetted_at, created_at)
     SELECT ${id('lab', 'n')}, 'Lab ' || n, 'Lab ' || n || ' Inc', 'https://lab' || n || '.example.org', 'US', 'VETTED', now(), now()
     FROM generate_series(1, ${LABS}) n`,
    `INSERT INTO project (id, lab_id, title, summary, task_family, scarcity, sensitivity, control, channel, state, created_by_id, created_at, published_at)
     SELECT ${id('project', 'n')}, ${id('lab', `(n % ${LABS} + 1)`)}, 'Review of answers ' || n, repeat('What is done and why. ', 8),
       'EVALUATION', 'MEDIUM', 'LOW', 'MEDIUM', 'MARKETPLACE', 'OPEN', ${id('account', 1)}, ${published}, ${published}
     FROM generate_series(1, ${Math.ceil(openings / LAYERS)}) n`,
    `INSERT INTO opening (id, project_id, lab_id, title, description, rung, currency, rate_min_minor, rate_max_minor, seats,
       hours_per_week, weeks, starts_on, countries, state, published_at, created_at)
     SELECT ${id('opening', 'n')}, p.id, p.lab_id, 'Reviewer ' || n, repeat('Reads answers and says what is wrong. ', 10),
       (ARRAY['GENERALIST', 'SPECIALIST', 'CREDENTIALED'])[n % 3 + 1], 'USD', 3000 + n % 4000, 9000 + n % 4000, 5, 20, 8,
       current_date, CASE WHEN n % 2 = 0 THEN ARRAY['US', 'CA'] ELSE '{}' END, 'OPEN', ${published}, ${published}
     FROM generate_series(1, ${openings}) n JOIN project p ON p.id = ${id('project', `(n / ${LAYERS} + 1)`)}`,
    `INSERT INTO opening_skill (id, opening_id, label, is_required)
     SELECT md5(o.id::text || s)::uuid, o.id, 'skill ' || s, s < 3 FROM opening o, generate_series(1, 5) s`,
    `INSERT INTO opening_credential (id, opening_id, type, jurisdiction)
     SELECT md5(o.id::text || 'credential')::uuid, o.id, 'US_MEDICAL_LICENSE', 'US-CA' FROM opening o`,
    `INSERT INTO opening_language (id, opening_id, language, level)
     SELECT md5(o.id::text || l)::uuid, o.id, l, 'C1' FROM opening o, unnest(ARRAY['en', 'de']) l`,
    'VACUUM ANALYZE',
  ];
}
