-- What an expert still owes of lines that were taken back can be written off by two people: the platform bears it, on an account of its own.
INSERT INTO ledger.account_kind (kind, normal, balance_mode, floor) VALUES ('reversal_loss', 'D', 'lazy', NULL);
