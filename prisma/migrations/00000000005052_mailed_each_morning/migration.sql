-- Which mails about new work and new candidates somebody wants, and the address that ends them without signing in.
CREATE TABLE mail_setting (
  account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  is_digest_on boolean NOT NULL DEFAULT false,
  digest_hour integer NOT NULL DEFAULT 7 CHECK (digest_hour BETWEEN 0 AND 23),
  is_alert_on boolean NOT NULL DEFAULT true,
  unsubscribe_token text NOT NULL UNIQUE DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
);
COMMENT ON TABLE mail_setting IS 'Which mails about new work and candidates somebody wants. No row: no daily mail, and mails of saved searches.';
COMMENT ON COLUMN mail_setting.digest_hour IS 'The hour of the person''s own day from which the daily mail is sent.';
COMMENT ON COLUMN mail_setting.is_alert_on IS 'Whether what saved searches find is mailed too; the bell tells it in any case.';
COMMENT ON COLUMN mail_setting.unsubscribe_token IS '244 random bits in the address that ends these mails (RFC 8058); it opens nothing else.';

-- One mail a day: a second run of the job finds the row.
CREATE TABLE digest_day (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  day date NOT NULL,
  is_sent boolean NOT NULL,
  PRIMARY KEY (account_id, day)
);
COMMENT ON TABLE digest_day IS 'The days, in the person''s own time, on which it was looked whether there is something to mail.';
COMMENT ON COLUMN digest_day.is_sent IS 'Whether there was.';

CREATE TABLE digest_told (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  opening_id uuid NOT NULL REFERENCES opening (id),
  expert_id uuid NOT NULL REFERENCES expert (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, opening_id, expert_id)
);
COMMENT ON TABLE digest_told IS 'What daily mails have told somebody of: it is new no more.';

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['mail_setting', 'digest_day', 'digest_told'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY own_account ON %I USING (app_sees_all() OR account_id = app_account()) WITH CHECK (app_sees_all() OR account_id = app_account())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tallystick_app', name);
  END LOOP;
END $$;

ALTER TABLE mail ADD COLUMN unsubscribe_token text;
COMMENT ON COLUMN mail.unsubscribe_token IS 'Goes into the List-Unsubscribe header; null for mails that belong to an account or to work and cannot be ended.';
