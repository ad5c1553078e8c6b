-- Public figures read charges of a day or month over all labs, and settled weeks of a year.
CREATE INDEX charge_charged_at_idx ON charge (charged_at);
CREATE INDEX timesheet_state_week_start_idx ON timesheet (state, week_start);
