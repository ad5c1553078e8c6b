-- What is frozen says what was so when the offer was made: another default may hold since.
UPDATE offer SET take_rate_explanation = replace(take_rate_explanation, ' This is ', ' When the offer was made, this was ');
UPDATE engagement SET take_rate_explanation = replace(take_rate_explanation, ' This is ', ' When the offer was made, this was ');
COMMENT ON COLUMN offer.take_rate_explanation IS 'The take rate in words, and why it held when the offer was made.';
COMMENT ON COLUMN engagement.take_rate_explanation IS 'As offer.take_rate_explanation, frozen at signing.';
