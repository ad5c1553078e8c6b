-- A run goes through what is owed in pages and keeps its place, so that it can go on after a crash.
ALTER TABLE payout_run
  ADD COLUMN period date,
  ADD COLUMN rail_left jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN cursor_currency text NOT NULL DEFAULT '',
  ADD COLUMN cursor_account bigint NOT NULL DEFAULT 0,
  ADD COLUMN failed_count integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN payout_run.period IS 'The day that a daily run is for; one run a day, however many schedulers there are. Null for a run by hand.';
COMMENT ON COLUMN payout_run.rail_left IS 'What the rail had at the start and has not been asked for, minor units, by currency.';
COMMENT ON COLUMN payout_run.cursor_currency IS 'Currency of the last account that was looked at.';
COMMENT ON COLUMN payout_run.cursor_account IS 'The last account that was looked at; accounts come in the order of (currency, id).';
COMMENT ON COLUMN payout_run.failed_count IS 'Accounts that could not be looked at; they are taken by the next run.';
CREATE UNIQUE INDEX payout_run_one_a_period ON payout_run (trigger, period) WHERE period IS NOT NULL;
CREATE INDEX payout_run_unfinished ON payout_run (started_at) WHERE finished_at IS NULL;
CREATE INDEX account_kind_currency ON ledger.account (kind, currency, id);

ALTER TABLE payout ADD COLUMN asked_at timestamptz(3);
COMMENT ON COLUMN payout.asked_at IS 'When the rail was first called in this attempt, written before the call. Where it is null, the rail has never heard of this attempt.';
COMMENT ON COLUMN payout.promised_on IS 'The day by which it was promised to be in the bank, by the calendar of the moment it was asked for.';
UPDATE payout SET asked_at = requested_at WHERE requested_at IS NOT NULL AND state <> 'GATED';
CREATE INDEX payout_not_out ON payout (expert_id, currency) WHERE state IN ('GATED', 'REQUESTED', 'UNKNOWN', 'FAILED');
CREATE INDEX payout_unanswered ON payout (requested_at) WHERE state IN ('REQUESTED', 'UNKNOWN');

-- Days on which banks are closed, by the currency that they clear. Data: a new year is an insert.
CREATE TABLE bank_holiday (
  currency text NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (currency, day)
);
COMMENT ON TABLE bank_holiday IS 'A weekday on which banks clear no payment in a currency; the promised day of a payout leaves it out.';
INSERT INTO bank_holiday (currency, day, name, source)
SELECT 'USD', day::date, name, 'Federal Reserve Banks, standard holiday schedule' FROM (VALUES
  ('2026-01-01', 'New Year''s Day'), ('2026-01-19', 'Birthday of Martin Luther King, Jr.'), ('2026-02-16', 'Washington''s Birthday'),
  ('2026-05-25', 'Memorial Day'), ('2026-06-19', 'Juneteenth'), ('2026-09-07', 'Labor Day'), ('2026-10-12', 'Columbus Day'),
  ('2026-11-11', 'Veterans Day'), ('2026-11-26', 'Thanksgiving Day'), ('2026-12-25', 'Christmas Day'),
  ('2027-01-01', 'New Year''s Day'), ('2027-01-18', 'Birthday of Martin Luther King, Jr.'), ('2027-02-15', 'Washington''s Birthday'),
  ('2027-05-31', 'Memorial Day'), ('2027-07-05', 'Independence Day'), ('2027-09-06', 'Labor Day'), ('2027-10-11', 'Columbus Day'),
  ('2027-11-11', 'Veterans Day'), ('2027-11-25', 'Thanksgiving Day')) AS known (day, name)
UNION ALL
SELECT 'EUR', day::date, name, 'European Central Bank, closing days of T2' FROM (VALUES
  ('2026-01-01', 'New Year''s Day'), ('2026-04-03', 'Good Friday'), ('2026-04-06', 'Easter Monday'), ('2026-05-01', 'Labour Day'),
  ('2026-12-25', 'Christmas Day'), ('2027-01-01', 'New Year''s Day'), ('2027-03-26', 'Good Friday'), ('2027-03-29', 'Easter Monday')) AS known (day, name)
UNION ALL
SELECT 'GBP', day::date, name, 'Bank holidays of England and Wales, gov.uk' FROM (VALUES
  ('2026-01-01', 'New Year''s Day'), ('2026-04-03', 'Good Friday'), ('2026-04-06', 'Easter Monday'), ('2026-05-04', 'Early May bank holiday'),
  ('2026-05-25', 'Spring bank holiday'), ('2026-08-31', 'Summer bank holiday'), ('2026-12-25', 'Christmas Day'), ('2026-12-28', 'Boxing Day'),
  ('2027-01-01', 'New Year''s Day'), ('2027-03-26', 'Good Friday'), ('2027-03-29', 'Easter Monday'), ('2027-05-03', 'Early May bank holiday'),
  ('2027-05-31', 'Spring bank holiday'), ('2027-08-30', 'Summer bank holiday'), ('2027-12-27', 'Christmas Day'), ('2027-12-28', 'Boxing Day')) AS known (day, name);
GRANT SELECT ON bank_holiday TO tallystick_app;
ALTER TABLE bank_holiday ENABLE ROW LEVEL SECURITY;
ALTER TABLE bank_holiday FORCE ROW LEVEL SECURITY;
CREATE POLICY public_data ON bank_holiday FOR SELECT USING (true);
CREATE POLICY owner_sees_all ON bank_holiday TO tallystick_owner USING (true) WITH CHECK (true);

-- The same audience as before, each part by its index: one condition over all of them read every account.
CREATE OR REPLACE FUNCTION app_audience(for_lab uuid, lab_roles text[], for_expert uuid, for_staff text, for_account uuid)
RETURNS TABLE (account_id uuid, email text, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.id, a.email, a.name FROM account a JOIN (
    SELECT for_account AS id
    UNION SELECT m.account_id FROM lab_member m WHERE m.lab_id = for_lab AND m.removed_at IS NULL AND m.role = ANY(lab_roles)
    UNION SELECT e.account_id FROM expert e WHERE e.id = for_expert
    UNION SELECT s.account_id FROM staff_role s WHERE s.role = for_staff
  ) named ON named.id = a.id
$$;
