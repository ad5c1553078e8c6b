-- From which sum of a year payments are told to the tax office, by form and year: data, as it changes by law each year.
CREATE TABLE tax_threshold (
  form text NOT NULL CHECK (form ~ '^1099-[A-Z]+$'),
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  currency text NOT NULL,
  threshold_minor bigint NOT NULL CHECK (threshold_minor > 0),
  -- NULL where the number of payments does not matter.
  more_than_payments integer CHECK (more_than_payments > 0),
  is_reached_at boolean NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (form, year)
);
COMMENT ON TABLE tax_threshold IS 'Thresholds of 1099 forms for payments made in a year. A year that is not here is not known: nothing is said of it.';
COMMENT ON COLUMN tax_threshold.threshold_minor IS 'Minor units of the currency.';
COMMENT ON COLUMN tax_threshold.is_reached_at IS 'True: the sum itself counts. False: it takes more than the sum.';
COMMENT ON COLUMN tax_threshold.more_than_payments IS 'It takes more payments than these, too.';
INSERT INTO tax_threshold VALUES
  ('1099-NEC', 2025, 'USD', 60000, NULL, true, 'IRC 6041(a) and 6041A before P.L. 119-21'),
  ('1099-MISC', 2025, 'USD', 60000, NULL, true, 'IRC 6041(a) before P.L. 119-21'),
  ('1099-K', 2025, 'USD', 2000000, 200, false, 'IRC 6050W(e) as restored by P.L. 119-21, section 70432'),
  ('1099-NEC', 2026, 'USD', 200000, NULL, true, 'P.L. 119-21, section 70433; follows inflation from 2027'),
  ('1099-MISC', 2026, 'USD', 200000, NULL, true, 'P.L. 119-21, section 70433; follows inflation from 2027'),
  ('1099-K', 2026, 'USD', 2000000, 200, false, 'IRC 6050W(e) as restored by P.L. 119-21, section 70432');
GRANT SELECT ON tax_threshold TO tallystick_app;
REVOKE INSERT, UPDATE, DELETE ON tax_threshold FROM tallystick_app;
ALTER TABLE tax_threshold ENABLE ROW LEVEL SECURITY;
ALTER TABLE tax_threshold FORCE ROW LEVEL SECURITY;
CREATE POLICY known_to_all ON tax_threshold FOR SELECT USING (true);
CREATE POLICY owner_sees_all ON tax_threshold TO tallystick_owner USING (true) WITH CHECK (true);
