-- The sandbox rail keeps its own books, as a bank would: its own role, its own schema, nothing shared.
CREATE SCHEMA sandbox;
CREATE TABLE sandbox.object (
  id text PRIMARY KEY,
  kind text NOT NULL,
  account text,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sandbox.object IS 'Payment, transfer, payout, refund, recipient or balance transaction, as it is answered.';
CREATE INDEX object_kind ON sandbox.object (kind, created_at);
CREATE TABLE sandbox.due (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what text NOT NULL,
  object_id text NOT NULL,
  due_at timestamptz NOT NULL
);
COMMENT ON TABLE sandbox.due IS 'What happens next to an object, and when.';
CREATE TABLE sandbox.event (
  id text PRIMARY KEY,
  route text NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  attempts int NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sandbox.event IS 'A webhook event and how its delivery goes.';
CREATE INDEX event_undelivered ON sandbox.event (next_at) WHERE delivered_at IS NULL;
CREATE TABLE sandbox.idempotency (
  key text PRIMARY KEY,
  request_hash text NOT NULL,
  status int,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE sandbox.idempotency IS 'The first answer of each key, given again to its repetitions.';
CREATE TABLE sandbox.setting (name text PRIMARY KEY, value jsonb NOT NULL);
COMMENT ON TABLE sandbox.setting IS 'Delays in seconds, and the next failure of each kind of call.';
INSERT INTO sandbox.setting VALUES ('delays', '{"payment": 2, "onboarding": 0, "payout": 3}'), ('failures', '{}');
GRANT USAGE ON SCHEMA sandbox TO tallystick_sandbox;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sandbox TO tallystick_sandbox;
