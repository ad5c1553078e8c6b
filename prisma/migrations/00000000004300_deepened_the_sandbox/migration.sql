-- The sandbox rail keeps more of what Stripe keeps: running balances, pending money, fees, and keys that expire.
COMMENT ON TABLE sandbox.object IS 'An object of the rail as it is answered; beside them, of kind balance, the running sums of one account in one currency.';
CREATE INDEX object_of_account ON sandbox.object (account, kind, created_at) WHERE account IS NOT NULL;
CREATE INDEX object_holding ON sandbox.object USING gin (body jsonb_path_ops) WHERE kind IN ('transfer', 'refund', 'dispute', 'payment_intent', 'charge', 'invoiceitem');
CREATE INDEX idempotency_age ON sandbox.idempotency (created_at);
CREATE INDEX event_age ON sandbox.event (created_at, id);

COMMENT ON TABLE sandbox.setting IS 'Delays in seconds, the next failure of each kind of call, fees, and how unruly the webhooks are.';
UPDATE sandbox.setting SET value = value || '{"funds": 0, "refund": 0, "payout_start": 0}' WHERE name = 'delays';
INSERT INTO sandbox.setting VALUES
  ('fees', '{"payment_ppm": 0, "payment_fixed": 0, "dispute": 0, "payout_fixed": 0}'),
  ('webhooks', '{"duplicates": 0, "shuffle": 0, "delay": 0}');
