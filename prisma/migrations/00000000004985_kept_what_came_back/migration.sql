-- What a bank returns has left the books and is no payment to the expert any more. Each return is a row: statements, year totals and pages count it on its day, and again on the day on which it is sent once more.
CREATE TABLE payout_return (
  id uuid PRIMARY KEY,
  payout_id uuid NOT NULL REFERENCES payout (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  currency text NOT NULL,
  amount_minor bigint NOT NULL,
  returned_at timestamptz(3) NOT NULL,
  sent_again_at timestamptz(3),
  CONSTRAINT payout_return_amount CHECK (amount_minor > 0),
  CONSTRAINT payout_return_time CHECK (returned_at <= sent_again_at)
);
COMMENT ON TABLE payout_return IS 'Each time that a bank returned a payout: the money is in the expert''s account at the rail until it is sent again.';
COMMENT ON COLUMN payout_return.sent_again_at IS 'When the rail sent it to a bank again; null while it has not.';
CREATE UNIQUE INDEX payout_return_open ON payout_return (payout_id) WHERE sent_again_at IS NULL;
CREATE INDEX payout_return_expert ON payout_return (expert_id, returned_at);
-- Only that it was sent again is written later, and once.
CREATE FUNCTION payout_return_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_again_at IS NOT NULL OR NEW.sent_again_at IS NULL
     OR to_jsonb(OLD) - 'sent_again_at' <> to_jsonb(NEW) - 'sent_again_at' THEN
    RAISE EXCEPTION 'what came back is kept as it was; only that it was sent again is added';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_return_ends_once BEFORE UPDATE ON payout_return FOR EACH ROW EXECUTE FUNCTION payout_return_ends_once();
CREATE TRIGGER payout_return_no_delete BEFORE DELETE ON payout_return FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_return_no_truncate BEFORE TRUNCATE ON payout_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE ON payout_return TO tallystick_app;
ALTER TABLE payout_return ENABLE ROW LEVEL SECURITY;
ALTER TABLE payout_return FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON payout_return TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_return ON payout_return USING (app_sees_all() OR expert_id = app_expert()) WITH CHECK (app_sees_all());

-- What came back before this table was there, by the journal.
INSERT INTO payout_return (id, payout_id, expert_id, currency, amount_minor, returned_at, sent_again_at)
SELECT gen_random_uuid(), p.id, p.expert_id, p.currency, p.amount_minor, j.at,
  (SELECT min(l.at) FROM journal_entry l WHERE l.subject_type = 'payout' AND l.subject_id = p.id AND l.from_state = 'RETURNED' AND l.id > j.id)
FROM payout p JOIN journal_entry j ON j.subject_type = 'payout' AND j.subject_id = p.id AND j.to_state = 'RETURNED';

ALTER TABLE payout_account ADD COLUMN restricted_at timestamptz(3);
COMMENT ON COLUMN payout_account.restricted_at IS 'When the bank began to refuse the account; null where it does not.';
UPDATE payout_account SET restricted_at = updated_at WHERE state = 'RESTRICTED';

-- An expert's page says whether a person was asked to approve their payout: they read the requests that are about it.
CREATE POLICY own_payout_asked ON approval_request FOR SELECT USING (action = 'payout.send' AND expert_id = app_expert());
CREATE INDEX approval_request_expert ON approval_request (expert_id, action);
