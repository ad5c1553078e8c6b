-- Finance reads the invoices of all labs, by their age and their state.
CREATE INDEX invoice_issued ON invoice (issued_at DESC, id);
CREATE INDEX invoice_due ON invoice (state, due_on, id);
