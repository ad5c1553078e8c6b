-- A purchase order is known by its number however that is written: PO-1 and ' po-1' are one order with one allowance.
-- What was noted twice before stays as it is, with what was invoiced on it; nothing is added to either spelling.
ALTER TABLE purchase_order ADD COLUMN is_double boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN purchase_order.number IS 'As it stands on the order, without spaces around it and with one between words. In a lab known once, whatever the case of its letters.';
COMMENT ON COLUMN purchase_order.is_double IS 'Noted before numbers were compared without case and spaces, after the same number in another spelling.';
ALTER TABLE purchase_order DROP CONSTRAINT purchase_order_number;
UPDATE purchase_order o SET is_double = true WHERE EXISTS (
  SELECT 1 FROM purchase_order e WHERE e.lab_id = o.lab_id AND (e.created_at, e.id) < (o.created_at, o.id)
    AND lower(regexp_replace(btrim(e.number), '\s+', ' ', 'g')) = lower(regexp_replace(btrim(o.number), '\s+', ' ', 'g')));
CREATE UNIQUE INDEX purchase_order_number ON purchase_order (lab_id, lower(regexp_replace(btrim(number), '\s+', ' ', 'g'))) WHERE NOT is_double;
-- Lists of a lab's orders: the unique index has the others only.
CREATE INDEX purchase_order_of_lab ON purchase_order (lab_id, number);
