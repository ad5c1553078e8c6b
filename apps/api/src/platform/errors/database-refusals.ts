import { Refused } from './refused';

/** What a broken constraint means to a person. Features add theirs where a constraint is the rule. */
const BY_CONSTRAINT: Record<string, () => Refused> = {
  account_email_key: () =>
    new Refused(
      'EMAIL_TAKEN',
      'An account with this address exists already. Sign in, or reset its password.',
      { field: 'email' },
    ),
  time_entry_no_overlap: () =>
    new Refused('TIMESHEET_OVERLAP', 'This overlaps another entry. Change the start or the end.', {
      field: 'startsAt',
    }),
  invitation_opening_id_expert_id_key: () =>
    new Refused('ALREADY_INVITED', 'This expert has been invited to this opening already.'),
  application_opening_id_expert_id_key: () =>
    new Refused('ALREADY_APPLIED', 'You have applied to this opening already.'),
  offer_one_live: () =>
    new Refused(
      'OFFER_OPEN',
      'An offer to this person is open already. Withdraw it first, or wait for the answer.',
    ),
  approval_by_another: () =>
    new Refused(
      'OWN_REQUEST',
      'You asked for this yourself: somebody else has to decide on it. Nothing was changed.',
    ),
  approval_of_payload: () =>
    new Refused('APPROVAL_CHANGED', 'This is not what you read. Load the page again and read it once more.'),
  approval_pending: () =>
    new Refused(
      'APPROVAL_CLOSED',
      'This does not wait for a decision any more. Load the page again to see how.',
    ),
  approval_in_time: () =>
    new Refused('APPROVAL_LATE', 'The time for this has passed. Whoever needs it asks again.'),
  approval_decision_pkey: () =>
    new Refused('DECIDED_ALREADY', 'You have decided on this already; now somebody else has to.'),
  match_model_switch_back: () =>
    new Refused(
      'MODEL_NEVER_IN_FORCE',
      'This model was never in force, so one person alone cannot go back to it. Ask somebody else to approve it.',
    ),
  opening_seats: () => new Refused('NO_SEAT_LEFT', 'All seats of this opening are taken.'),
  take_rate_policy_no_overlap: () =>
    new Refused(
      'POLICY_OVERLAP',
      'A policy for the same people is in force in this period. End that one first.',
      { field: 'effectiveFrom' },
    ),
};

/** PostgreSQL's codes; the client's own (P1000 to P6999) are something else. */
const SQLSTATE = /^(?!P[1-9])[0-9A-Z]{5}$/;

interface DatabaseError {
  code?: string;
  constraint?: string;
  message?: string;
}

/** The error that PostgreSQL gave, dug out of what wraps it; undefined where there is none. */
export function databaseErrorOf(error: unknown): DatabaseError | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    const found = current as {
      code?: unknown;
      originalCode?: unknown;
      constraint?: unknown;
      cause?: unknown;
      meta?: { driverAdapterError?: unknown };
      message?: string;
    };
    const code = found.originalCode ?? found.code;
    if (typeof code === 'string' && SQLSTATE.test(code)) {
      return { code, constraint: constraintOf(found), message: found.message };
    }
    current = found.meta?.driverAdapterError ?? found.cause;
  }
  return undefined;
}

function constraintOf(found: {
  constraint?: unknown;
  message?: string;
  originalMessage?: string;
}): string | undefined {
  if (typeof found.constraint === 'string') return found.constraint;
  const index = (found.constraint as { index?: unknown } | undefined)?.index;
  if (typeof index === 'string') return index;
  return /constraint "(\w+)"/.exec(found.originalMessage ?? found.message ?? '')?.[1];
}

/** Serialisation failure, deadlock, a lock that did not come in time. Source: PostgreSQL, appendix A. */
const OTHERS_WROTE: readonly string[] = ['40001', '40P01', '55P03'];

/** Others wrote the same at the same moment: nothing is stored, and the whole unit of work may be run again. */
export function isRetryable(error: unknown): boolean {
  const code = databaseErrorOf(error)?.code ?? '';
  return OTHERS_WROTE.includes(code) || (error as { code?: string } | null)?.code === 'P2034';
}

/** The refusal that a broken constraint stands for, or the error as it was. */
export function translateDatabaseError(error: unknown): unknown {
  const found = databaseErrorOf(error);
  const known = BY_CONSTRAINT[found?.constraint ?? ''];
  return known ? known() : error;
}

/**
 * What a caller reads of an error: what others stood in the way of, however often it was tried, is BUSY. Made a refusal
 * only here: work in the background takes a refusal for final, and this is to be tried again.
 */
export function answerTo(error: unknown): unknown {
  if (!isRetryable(error)) return translateDatabaseError(error);
  return new Refused(
    'BUSY',
    'Others are changing the same at this moment. Nothing was done: try again in a minute.',
  );
}
