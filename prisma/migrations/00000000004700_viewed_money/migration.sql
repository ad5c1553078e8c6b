-- Lists that people of staff filtered and keep under a name.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  list text NOT NULL CHECK (list ~ '^/admin(/[a-z-]+)*$' AND length(list) <= 100),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  search text NOT NULL CHECK (length(search) <= 2000),
  owner_id uuid NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY IMMEDIATE,
  is_shared boolean NOT NULL,
  created_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE saved_view IS 'A list of the admin pages as somebody filtered it, under a name: their own, or shared with all of the staff.';
COMMENT ON COLUMN saved_view.list IS 'Address of the list.';
COMMENT ON COLUMN saved_view.search IS 'Search part of the address, without its question mark: the filters.';
CREATE UNIQUE INDEX saved_view_name ON saved_view (owner_id, list, lower(name));
CREATE INDEX saved_view_list ON saved_view (list, name, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view TO tallystick_app;
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_view FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON saved_view TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_or_shared_view ON saved_view FOR SELECT USING (app_sees_all() AND (is_shared OR owner_id = app_account()));
CREATE POLICY own_view_saved ON saved_view FOR INSERT WITH CHECK (app_sees_all() AND owner_id = app_account());
CREATE POLICY own_view_changed ON saved_view FOR UPDATE USING (owner_id = app_account()) WITH CHECK (owner_id = app_account());
CREATE POLICY own_view_forgotten ON saved_view FOR DELETE USING (owner_id = app_account());

-- What views of money are read by.
CREATE INDEX payout_paid_at ON payout (paid_at) WHERE state = 'PAID';
CREATE INDEX journal_entry_override ON journal_entry (id)
  WHERE subject_type IN ('take-rate-policy', 'payout-hold', 'payout-switch', 'approval-request', 'reconciliation-break');
