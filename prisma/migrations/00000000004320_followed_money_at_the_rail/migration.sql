-- Money that has arrived at the rail and cannot be spent there yet; refunds that come back; payments that are disputed.
ALTER TABLE funding ADD COLUMN hold_posting_id bigint, ADD COLUMN is_rail_pending boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN funding.hold_posting_id IS 'The hold that keeps it from being spent until the rail says that it is available; absent where none is needed.';
COMMENT ON COLUMN funding.is_rail_pending IS 'It has arrived, and the rail does not have it available yet.';
CREATE INDEX funding_rail_pending ON funding (is_rail_pending, requested_at);

CREATE TABLE lab_dispute (
  id uuid PRIMARY KEY,
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  funding_id uuid NOT NULL REFERENCES funding (id) DEFERRABLE INITIALLY IMMEDIATE,
  rail_dispute_id text NOT NULL UNIQUE,
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  state text NOT NULL CHECK (state IN ('INQUIRY', 'INQUIRY_CLOSED', 'OPEN', 'WON', 'LOST')),
  reason text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  settled_at timestamptz(3)
);
COMMENT ON TABLE lab_dispute IS 'A payment of a lab that somebody told their bank was not right. While it is open, and after it was lost until it is paid, the lab makes no new commitments.';
CREATE INDEX lab_dispute_funding ON lab_dispute (funding_id);
CREATE INDEX lab_dispute_lab ON lab_dispute (lab_id);
ALTER TABLE lab_dispute ENABLE ROW LEVEL SECURITY;
ALTER TABLE lab_dispute FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON lab_dispute TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_lab ON lab_dispute USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab());
GRANT SELECT, INSERT, UPDATE ON lab_dispute TO tallystick_app;
