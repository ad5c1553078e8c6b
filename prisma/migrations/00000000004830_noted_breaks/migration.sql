-- What people find out about a difference between the rail and the ledger while it is open.
CREATE TABLE reconciliation_note (
  id uuid PRIMARY KEY,
  break_id uuid NOT NULL REFERENCES reconciliation_break (id),
  author_id uuid NOT NULL REFERENCES account (id),
  words text NOT NULL CHECK (length(words) BETWEEN 3 AND 1000),
  at timestamptz(3) NOT NULL
);
COMMENT ON TABLE reconciliation_note IS 'What a person found out about a break of the reconciliation, or told its next owner. Never changed.';
CREATE INDEX reconciliation_note_break ON reconciliation_note (break_id, at, id);
CREATE INDEX reconciliation_note_author ON reconciliation_note (author_id);
CREATE TRIGGER reconciliation_note_append_only BEFORE UPDATE OR DELETE ON reconciliation_note FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_note_no_truncate BEFORE TRUNCATE ON reconciliation_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE reconciliation_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE reconciliation_note FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON reconciliation_note TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY staff ON reconciliation_note USING (app_sees_all()) WITH CHECK (app_sees_all());
REVOKE UPDATE, DELETE, TRUNCATE ON reconciliation_note FROM tallystick_app;
GRANT SELECT, INSERT ON reconciliation_note TO tallystick_app;
CREATE INDEX reconciliation_break_owner ON reconciliation_break (owner_id, state, found_at DESC) WHERE owner_id IS NOT NULL;
