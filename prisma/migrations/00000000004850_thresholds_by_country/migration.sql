-- A threshold is of a year, a currency and the country of who is paid. The gate of payouts reads it too: no setting says it a second time.
ALTER TABLE tax_threshold ADD COLUMN country text NOT NULL DEFAULT '*' CHECK (country ~ '^([A-Z]{2}|\*)$');
ALTER TABLE tax_threshold ALTER COLUMN country DROP DEFAULT;
ALTER TABLE tax_threshold DROP CONSTRAINT tax_threshold_pkey;
ALTER TABLE tax_threshold ADD PRIMARY KEY (form, year, country, currency);
COMMENT ON COLUMN tax_threshold.country IS 'Where who is paid lives, ISO 3166; * where their country has no row of its own. Who has signed no form counts as a US person (26 CFR 1.1441-1(b)(3)), wherever they live.';
COMMENT ON TABLE tax_threshold IS 'From which sum of a year payments are told to the tax office, and from which a tax form must be there. The gate of payouts takes the newest year that has begun; where no row fits the currency, the form must be there before the first payout.';
