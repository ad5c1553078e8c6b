-- Accounts pay nothing out by themselves any more, so that there is no delay before they begin to.
UPDATE sandbox.setting SET value = value - 'payout_start' WHERE name = 'delays';
