-- The ledger cannot be written anew, and neither can the facts that money was decided on. What is said when a row is made
-- and never changes is no column that the application may write, as with agreements; what is said later, or stays from a
-- state on, is kept by keep_facts. Only states, counters and dates move.

-- What was said once is not said otherwise: each named column that has a value keeps it. The trigger says from which state on.
CREATE FUNCTION keep_facts() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  fact text;
BEGIN
  FOREACH fact IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> fact NOT IN ('null', to_jsonb(NEW) -> fact) THEN
      RAISE EXCEPTION 'what % says of its % stays (constraint "fact_kept")', TG_TABLE_NAME, fact USING ERRCODE = '23001', CONSTRAINT = 'fact_kept';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_facts IS 'Refuses a change of a row that takes away or changes what the columns named by its arguments have said.';

-- Money that labs put in: its amount is agreed when it is asked for. What the rail and the ledger call it, and when it cleared, is said once.
REVOKE UPDATE, DELETE ON funding FROM tallystick_app;
GRANT UPDATE (state, rail_payment_id, failure_reason, cleared_at, ledger_transaction_id, hold_posting_id, is_rail_pending, version) ON funding TO tallystick_app;
CREATE TRIGGER funding_keeps_facts BEFORE UPDATE ON funding FOR EACH ROW
  EXECUTE FUNCTION keep_facts('rail_payment_id', 'cleared_at', 'ledger_transaction_id');

-- Money that goes back to labs. The ledger transaction may become that which gave a refused one back.
REVOKE UPDATE, DELETE ON lab_refund FROM tallystick_app;
GRANT UPDATE (state, rail_refund_id, failure_reason, ledger_transaction_id, version) ON lab_refund TO tallystick_app;
CREATE TRIGGER lab_refund_keeps_facts BEFORE UPDATE ON lab_refund FOR EACH ROW EXECUTE FUNCTION keep_facts('rail_refund_id');

-- What banks took back. What was paid or written off of it are counters until it is settled.
REVOKE UPDATE, DELETE ON lab_dispute FROM tallystick_app;
GRANT UPDATE (state, closed_at, settled_at, rail_status, evidence_due_at, repaid_minor, written_off_minor, approval_request_id) ON lab_dispute TO tallystick_app;
CREATE TRIGGER lab_dispute_keeps_facts BEFORE UPDATE ON lab_dispute FOR EACH ROW WHEN (OLD.settled_at IS NOT NULL)
  EXECUTE FUNCTION keep_facts('settled_at', 'repaid_minor', 'written_off_minor', 'approval_request_id');

-- Invoices: only whether they are paid, and how often the lab was reminded, is said later.
REVOKE UPDATE, DELETE ON invoice FROM tallystick_app;
GRANT UPDATE (state, paid_at, reminders, version) ON invoice TO tallystick_app;
CREATE TRIGGER invoice_keeps_facts BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION keep_facts('paid_at');

-- Purchase orders: what was invoiced of one is a counter, up with each invoice and down with one taken back.
REVOKE UPDATE, DELETE ON purchase_order FROM tallystick_app;
GRANT UPDATE (invoiced_minor) ON purchase_order TO tallystick_app;

-- What a lab may owe: new terms are a new row; the newest of a lab and a currency is in force, earlier ones stay.
ALTER TABLE credit_terms ADD COLUMN place bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE credit_terms DROP CONSTRAINT credit_terms_pkey, ADD PRIMARY KEY (place);
CREATE INDEX credit_terms_in_force ON credit_terms (lab_id, currency, place DESC);
COMMENT ON COLUMN credit_terms.place IS 'Their order; two may fall into one millisecond.';
COMMENT ON TABLE credit_terms IS 'How much a lab may owe in a currency, minor units, and in how many days it pays. Written once: the newest row is in force. The ledger holds its limit as a ceiling.';
REVOKE UPDATE, DELETE ON credit_terms FROM tallystick_app;
CREATE TRIGGER credit_terms_append_only BEFORE UPDATE OR DELETE ON credit_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_terms_no_truncate BEFORE TRUNCATE ON credit_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Offers: what was offered is what is signed.
REVOKE UPDATE, DELETE ON offer FROM tallystick_app;
GRANT UPDATE (state, decided_at, version) ON offer TO tallystick_app;

-- Openings: a draft is made anew; of one that is there only its state and its taken seats move.
REVOKE UPDATE ON opening FROM tallystick_app;
GRANT UPDATE (state, published_at, closed_at, seats_filled, version) ON opening TO tallystick_app;

-- Weeks: what one holds moves with the ledger's hold until it is settled, and then is nothing for good.
REVOKE UPDATE, DELETE ON engagement_week FROM tallystick_app;
GRANT UPDATE (state, held_minor, hold_posting_id, failure_reason, settled_at, version) ON engagement_week TO tallystick_app;
CREATE TRIGGER engagement_week_keeps_facts BEFORE UPDATE ON engagement_week FOR EACH ROW WHEN (OLD.settled_at IS NOT NULL)
  EXECUTE FUNCTION keep_facts('settled_at', 'held_minor', 'state');

-- Lines of time: hours that were approved were charged.
CREATE TRIGGER time_entry_keeps_facts BEFORE UPDATE ON time_entry FOR EACH ROW WHEN (OLD.state = 'APPROVED')
  EXECUTE FUNCTION keep_facts('starts_at', 'ends_at', 'counted_seconds', 'engagement_id', 'timesheet_id', 'state');

-- Movements at the rail are as the rail told of them; with what of the ledger one was matched is said once.
REVOKE UPDATE ON rail_movement FROM tallystick_app;
GRANT UPDATE (ledger_transaction_id) ON rail_movement TO tallystick_app;
CREATE TRIGGER rail_movement_keeps_facts BEFORE UPDATE ON rail_movement FOR EACH ROW EXECUTE FUNCTION keep_facts('ledger_transaction_id');

-- What does not fit between rail and ledger is said anew each night until a person resolves it: that stays.
CREATE TRIGGER reconciliation_break_keeps_facts BEFORE UPDATE ON reconciliation_break FOR EACH ROW WHEN (OLD.state = 'RESOLVED')
  EXECUTE FUNCTION keep_facts('state', 'class', 'currency', 'rail_minor', 'ledger_minor', 'ended_at', 'resolved_by_id', 'reason');

-- Payouts. Whose and in which currency never changes. What waits at a gate grows with what is earned; from the asking on
-- the amount stays. Each answer of the rail is said once.
REVOKE UPDATE, DELETE ON payout FROM tallystick_app;
GRANT UPDATE (run_id, amount_minor, state, attempt, blocks, rail_transfer_id, rail_payout_id, failure_reason, requested_at, transferred_at, paid_at, promised_on,
  ledger_transaction_id, version, asked_at, rail_fee_minor, exchange_rate, bank_amount_minor, bank_currency, rail_account_id, past_rail_fee_minor,
  rail_fee_currency, bank_attempt, bank_asked_at, bank_refused_at, rail_bank_id) ON payout TO tallystick_app;
CREATE TRIGGER payout_keeps_amount BEFORE UPDATE ON payout FOR EACH ROW
  WHEN (OLD.amount_minor <> NEW.amount_minor AND (OLD.state IN ('UNKNOWN', 'IN_TRANSIT', 'PAID', 'RETURNED') OR (OLD.state = 'REQUESTED' AND OLD.asked_at IS NOT NULL)))
  EXECUTE FUNCTION keep_facts('amount_minor');
CREATE TRIGGER payout_keeps_facts BEFORE UPDATE ON payout FOR EACH ROW
  WHEN ((OLD.rail_transfer_id, OLD.transferred_at, OLD.ledger_transaction_id) IS DISTINCT FROM (NEW.rail_transfer_id, NEW.transferred_at, NEW.ledger_transaction_id))
  EXECUTE FUNCTION keep_facts('rail_transfer_id', 'transferred_at', 'ledger_transaction_id');
-- What a bank got is said by one payout of the rail; only with another one, which sends it again, it is said anew. What the
-- rail takes for it may come to more when the bank returns it.
CREATE TRIGGER payout_keeps_bank_side BEFORE UPDATE ON payout FOR EACH ROW WHEN (OLD.rail_payout_id = NEW.rail_payout_id)
  EXECUTE FUNCTION keep_facts('bank_amount_minor', 'bank_currency', 'exchange_rate');
CREATE TRIGGER payout_keeps_rail_fee BEFORE UPDATE ON payout FOR EACH ROW
  WHEN (OLD.state IN ('PAID', 'RETURNED') AND OLD.state = NEW.state AND OLD.rail_payout_id = NEW.rail_payout_id)
  EXECUTE FUNCTION keep_facts('rail_fee_minor', 'rail_fee_currency', 'past_rail_fee_minor');
CREATE TRIGGER payout_keeps_rail_payout BEFORE UPDATE ON payout FOR EACH ROW
  WHEN (OLD.rail_payout_id IS NOT NULL AND NEW.rail_payout_id IS NULL) EXECUTE FUNCTION keep_facts('rail_payout_id');

-- Requests for approval and what came back were kept by triggers; the application may write no more of them than these let move.
REVOKE UPDATE ON approval_request FROM tallystick_app;
GRANT UPDATE (state, decided_at, executed_at, outcome) ON approval_request TO tallystick_app;
REVOKE UPDATE ON payout_return FROM tallystick_app;
GRANT UPDATE (sent_again_at) ON payout_return TO tallystick_app;
