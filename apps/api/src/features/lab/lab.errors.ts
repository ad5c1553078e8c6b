import { Refused } from '../../platform/errors/refused';

/** An invitation that cannot be taken any more. */
export function linkUsed(): Refused {
  return new Refused(
    'LINK_USED',
    'This invitation was used, withdrawn, or is older than 14 days. Ask for a new one.',
  );
}

/** One account acts for one lab. */
export function labExists(): Refused {
  return new Refused('LAB_EXISTS', 'You act for a lab already. One account acts for one lab.');
}

/** A lab keeps an owner. */
export function lastOwner(): Refused {
  return new Refused('LAST_OWNER', 'The last owner stays one. Make somebody else an owner first.');
}

/** Somebody else was faster. */
export function changedMeanwhile(): Refused {
  return new Refused('CHANGED_MEANWHILE', 'The lab changed since you opened it. Load the page again.');
}
