-- A new expert has the record of anybody who has not worked: the newest such row is found without reading all.
CREATE INDEX track_record_not_worked ON track_record (counted_at DESC) WHERE weeks = 0;
