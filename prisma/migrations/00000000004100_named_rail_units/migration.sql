-- What an amount is on the rail: its decimals there, and of how many of its units it moves a multiple only.
ALTER TABLE ledger.currency ADD COLUMN rail_exponent smallint CHECK (rail_exponent BETWEEN 0 AND 4);
ALTER TABLE ledger.currency ADD COLUMN rail_step smallint NOT NULL DEFAULT 1 CHECK (rail_step > 0);
INSERT INTO ledger.currency (code, exponent) VALUES ('ISK', 0) ON CONFLICT (code) DO NOTHING;
UPDATE ledger.currency SET rail_exponent = CASE code WHEN 'ISK' THEN 2 ELSE exponent END,
  rail_step = CASE code WHEN 'ISK' THEN 100 WHEN 'KWD' THEN 10 ELSE 1 END;
ALTER TABLE ledger.currency ALTER COLUMN rail_exponent SET NOT NULL;
COMMENT ON TABLE ledger.currency IS 'A currency that the product takes: digits after the point here, and on the rail.';
COMMENT ON COLUMN ledger.currency.exponent IS 'Digits after the point of amounts here (ISO 4217).';
COMMENT ON COLUMN ledger.currency.rail_exponent IS 'Digits after the point of the rail''s amounts.';
COMMENT ON COLUMN ledger.currency.rail_step IS 'Of how many of its own units the rail moves a multiple only.';
