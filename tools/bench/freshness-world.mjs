// A small market for the bench of freshness: experts of a few fields, each with a licence, and an open opening for each field; all invented.

/** Fields of work; every expert begins in one and may change to the next. */
export const FIELDS = ['Cardiologist', 'Tax adviser', 'Patent lawyer', 'Software developer'];

const id = (kind, number) => `md5('${kind}' || ${number})::uuid`;
/** The id of an expert, by their number from 1 on. */
export const expertIdOf = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
/** The id of the opening of a field. */
export const openingIdOf = (field) => `00000000-0000-7000-9000-${String(field).padStart(12, '0')}`;

/** Below what everybody asks for an hour, cents: of those who fit alike, who asks this is listed first. */
export const LEAST_RATE_MINOR = 3500;

/** What somebody of a field says of themselves. */
export const bioOf = (title) => `reads and judges answers of a ${title}`;

/** Fills a migrated database, and asks for the lists by way of the outbox. */
export async function fillMarket(client, experts) {
  const titles = `(ARRAY[${FIELDS.map((title) => `'${title}'`).join(', ')}])[n % ${FIELDS.length} + 1]`;
  const expert = `('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
  const opening = `('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid`;
  const people = `FROM generate_series(1, ${experts}) n`;
  const fields = `FROM generate_series(0, ${FIELDS.length - 1}) n`;
  for (const statement of [
    `INSERT INTO account (id, email, password_hash, name, created_at)
     SELECT ${id('account', 'n')}, 'bench-' || n || '@example.org', '-', 'Somebody', now() ${people}`,
    `INSERT INTO expert (id, account_id, display_name, headline, bio, country, minimum_rate_minor, created_at, updated_at)
     SELECT ${expert}, ${id('account', 'n')}, 'Somebody', ${titles}, 'reads and judges answers of a ' || ${titles}, 'US',
       4000 + n % 40 * 100, now(), now() ${people}`,
    `INSERT INTO expert_skill (id, expert_id, label) SELECT ${id('skill', 'n')}, ${expert}, ${titles} || ' work' ${people}`,
    `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, created_at)
     SELECT ${id('credential', 'n')}, ${expert}, 'US_MEDICAL_LICENSE', '{}', 'US-CA', 'VERIFIED', now() ${people}`,
    `INSERT INTO lab (id, name, legal_name, website, country, state, vetted_at, created_at)
     VALUES (${id('lab', 1)}, 'Lab', 'Lab Inc', 'https://lab.example.org', 'US', 'VETTED', now(), now())`,
    `INSERT INTO project (id, lab_id, title, summary, task_family, scarcity, sensitivity, control, channel, state, created_by_id, created_at, published_at)
     VALUES (${id('project', 1)}, ${id('lab', 1)}, 'Review', 'What is done.', 'EVALUATION', 'MEDIUM', 'LOW', 'MEDIUM', 'MARKETPLACE', 'OPEN',
       ${id('account', 1)}, now(), now())`,
    `INSERT INTO opening (id, project_id, lab_id, title, description, rung, currency, rate_min_minor, rate_max_minor, seats, hours_per_week,
       weeks, starts_on, countries, state, published_at, created_at)
     SELECT ${opening}, ${id('project', 1)}, ${id('lab', 1)}, ${titles}, 'Reads and judges answers.', 'SPECIALIST', 'USD', 3000, 9000, 5, 20, 8,
       current_date, '{}', 'OPEN', now(), now() ${fields}`,
    `INSERT INTO opening_credential (id, opening_id, type, jurisdiction)
     SELECT ${id('wanted', 'n')}, ${opening}, 'US_MEDICAL_LICENSE', 'US-CA' ${fields}`,
    `INSERT INTO outbox_message (queue, name, payload, available_at, created_at)
     SELECT 'matching', 'opening-changed', jsonb_build_object('openingId', ${opening}), now(), now() ${fields}`,
    'VACUUM ANALYZE',
  ])
    await client.query(statement);
}
