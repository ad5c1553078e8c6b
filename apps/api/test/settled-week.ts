import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A week of somebody new in an opening, logged, approved and charged; written behind the API, as figures need many people. */
export interface SettledWeek {
  readonly openingId: string;
  readonly payMinor: number;
  /** All time that was logged, paid or not. */
  readonly seconds: number;
  /** When it was charged; its week is that of a Monday before. */
  readonly chargedAt: Date;
  readonly state?: 'CHARGED' | 'SUBMITTED';
}

/** Stores settled weeks of one line each. The take rate is 15 % on top. */
export async function settledWeeks(owner: Client, weeks: readonly SettledWeek[]): Promise<void> {
  const url = new URL(process.env.TEST_POSTGRES ?? '');
  url.pathname = `/${owner.database}`;
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  // Offers, policies and ledger rows behind a charge do not matter for figures: their foreign keys are not checked.
  await client.query(`SET session_replication_role = replica`);
  for (const week of weeks) await insert(client, week);
  await client.end();
}

async function insert(client: Client, week: SettledWeek): Promise<void> {
  const [engagement, expert, sheet, entry] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const monday = new Date(week.chargedAt.getTime() - 7 * 86_400_000);
  monday.setUTCHours(0, 0, 0, 0);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  const startsAt = new Date(monday.getTime() + 9 * 3_600_000);
  const endsAt = new Date(startsAt.getTime() + week.seconds * 1000);
  const fee = Math.round(week.payMinor * 0.15);
  await client.query(
    `INSERT INTO engagement (id, offer_id, opening_id, project_id, lab_id, expert_id, currency, rate_minor_per_hour, weekly_cap_seconds, notice_days,
       lab_fee_ppm, expert_fee_ppm, rounding, take_rate_policy_id, take_rate_explanation, state, starts_on, signed_at)
     SELECT $1, gen_random_uuid(), o.id, o.project_id, o.lab_id, $2, o.currency, o.rate_max_minor, 144000, 7,
       150000, 0, 'HALF_EVEN', gen_random_uuid(), '', 'ACTIVE', $3::date, $3::date FROM opening o WHERE o.id = $4`,
    [engagement, expert, monday, week.openingId],
  );
  await client.query(
    `INSERT INTO timesheet (id, engagement_id, lab_id, expert_id, week_start, state, created_at)
     SELECT $1, $2, lab_id, expert_id, $3, $4, $3 FROM engagement WHERE id = $2`,
    [sheet, engagement, monday, week.state ?? 'CHARGED'],
  );
  await client.query(
    `INSERT INTO time_entry (id, timesheet_id, engagement_id, lab_id, expert_id, kind, source, starts_at, ends_at, state, counted_seconds, created_at)
     SELECT $1, $2, $3, lab_id, expert_id, 'WORK', 'MANUAL', $4, $5, 'APPROVED', $6, $4 FROM engagement WHERE id = $3`,
    [entry, sheet, engagement, startsAt, endsAt, week.seconds],
  );
  await client.query(
    `INSERT INTO charge (id, time_entry_id, timesheet_id, engagement_id, project_id, lab_id, expert_id, currency, rate_minor_per_hour, seconds,
       agreed_minor, price_minor, pay_minor, fee_minor, lab_fee_ppm, expert_fee_ppm, rounding, take_rate_policy_id, ledger_transaction_id, charged_at)
     SELECT gen_random_uuid(), $1, $2, $3, project_id, lab_id, expert_id, currency, rate_minor_per_hour, $4::int,
       $5::bigint, $5::bigint + $6::bigint, $5::bigint, $6::bigint, 150000, 0, 'HALF_EVEN', gen_random_uuid(), gen_random_uuid(), $7 FROM engagement WHERE id = $3`,
    [entry, sheet, engagement, week.seconds, week.payMinor, fee, week.chargedAt],
  );
}
