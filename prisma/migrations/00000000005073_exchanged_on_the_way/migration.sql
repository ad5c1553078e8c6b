-- The sandbox rail exchanges what it sends to an account that settles in another currency, as Stripe does, at rates of its own.
INSERT INTO sandbox.setting VALUES
  ('rates', '{"eur": 920000, "gbp": 790000, "cad": 1360000, "chf": 880000, "jpy": 150250000, "isk": 138500000, "kwd": 307000}');
COMMENT ON TABLE sandbox.setting IS 'Delays in seconds, the next failure of each kind of call, fees, how unruly the webhooks are, and rates in millionths of a unit for one dollar.';
