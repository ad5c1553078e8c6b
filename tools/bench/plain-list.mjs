// The list of openings as plain code asks for it: the baseline. The same rows, role and pool as the product's own.

const OPENINGS = `
  SELECT o.id, o.title, o.rung, o.currency, o.rate_min_minor, o.rate_max_minor, o.seats, o.seats_filled, o.hours_per_week,
    o.weeks, o.starts_on, o.countries, o.published_at, p.title AS project_title, p.task_family, l.name AS lab_name
  FROM opening o JOIN project p ON p.id = o.project_id JOIN lab l ON l.id = o.lab_id
  WHERE o.state = 'OPEN' ORDER BY o.published_at DESC, o.id DESC LIMIT $1`;
const SKILLS = `SELECT opening_id, label, is_required FROM opening_skill WHERE opening_id = ANY($1::uuid[]) ORDER BY is_required DESC, label`;
const CREDENTIALS = `SELECT opening_id, type, jurisdiction FROM opening_credential WHERE opening_id = ANY($1::uuid[]) ORDER BY type`;
const LANGUAGES = `SELECT opening_id, language, level FROM opening_language WHERE opening_id = ANY($1::uuid[]) ORDER BY language`;
const TOTAL = `SELECT count(*)::int AS count FROM (SELECT 1 FROM opening WHERE state = 'OPEN' LIMIT 10000) found`;

/** The first page of open openings by prepared statements, as a REST route would answer it. */
export async function plainList(pool, limit) {
  const ask = async (name, text, values) => (await pool.query({ name, text, values })).rows;
  const rows = await ask('openings', OPENINGS, [limit]);
  const ids = [rows.map(({ id }) => id)];
  const skills = grouped(await ask('skills', SKILLS, ids));
  const credentials = grouped(await ask('credentials', CREDENTIALS, ids));
  const languages = grouped(await ask('languages', LANGUAGES, ids));
  const [{ count: total }] = await ask('total', TOTAL, []);
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      title: row.title,
      rung: row.rung,
      rateMin: { amount: row.rate_min_minor, currency: row.currency },
      rateMax: { amount: row.rate_max_minor, currency: row.currency },
      seats: row.seats,
      seatsFilled: row.seats_filled,
      hoursPerWeek: row.hours_per_week,
      weeks: row.weeks,
      startsOn: row.starts_on,
      countries: row.countries,
      publishedAt: row.published_at,
      projectTitle: row.project_title,
      taskFamily: row.task_family,
      labName: row.lab_name,
      skills: skills.get(row.id) ?? [],
      credentials: credentials.get(row.id) ?? [],
      languages: languages.get(row.id) ?? [],
    })),
  };
}

function grouped(rows) {
  const groups = new Map();
  for (const { opening_id: id, ...row } of rows) groups.set(id, [...(groups.get(id) ?? []), row]);
  return groups;
}
