-- A lab as the rail knows it: made there once, before its first payment.
CREATE TABLE rail_customer (
  lab_id uuid PRIMARY KEY REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  customer_id text NOT NULL UNIQUE,
  created_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE rail_customer IS 'A lab as the rail knows it: who pays in.';
ALTER TABLE rail_customer ENABLE ROW LEVEL SECURITY;
ALTER TABLE rail_customer FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON rail_customer TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_lab ON rail_customer USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab());
GRANT SELECT, INSERT ON rail_customer TO tallystick_app;
