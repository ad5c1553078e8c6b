/** Something that waits for a person, before it has words. */
export interface Waiting {
  readonly kind: string;
  readonly subjectId: string;
  /** A title or a name; empty where there is only one. */
  readonly label: string;
  /** How many there are, where one item stands for several. */
  readonly count: number;
}

/** What the page says of it: one line, one sentence, one place to go. */
export interface WaitingWords {
  readonly title: string;
  readonly sentence: string;
  readonly link: string;
}

type Words = (waiting: Waiting) => WaitingWords;

const counted = (count: number, one: string, many: string) => (count === 1 ? one : `${count} ${many}`);
const words = (title: string, sentence: string, link: string): WaitingWords => ({ title, sentence, link });

const LAB: Readonly<Record<string, Words>> = {
  WEEK_TO_REVIEW: ({ label, subjectId }) =>
    words(
      `Review the week of ${label}`,
      'Approve the lines or ask about them. What is in the cap and funded is approved by itself when the time is up.',
      `/lab/time/${subjectId}`,
    ),
  APPLICATION_TO_ANSWER: ({ label, subjectId, count }) =>
    words(
      counted(count, `An application for ${label}`, `applications for ${label}`),
      'Send an offer, or decline with a reason.',
      `/lab/openings/${subjectId}`,
    ),
  OFFER_OUT: ({ label, subjectId }) =>
    words(
      `Your offer for ${label} is open`,
      'The expert has not answered yet.',
      `/lab/openings/${subjectId}`,
    ),
  INVITATION_OUT: ({ label, subjectId, count }) =>
    words(
      counted(count, `An invitation to ${label} is open`, `invitations to ${label} are open`),
      'Nobody has answered yet. You may invite others from the shortlist.',
      `/lab/openings/${subjectId}`,
    ),
  PROJECT_DRAFT: ({ label, subjectId }) =>
    words(`Publish ${label}`, 'It is a draft: experts do not see it yet.', `/lab/projects/${subjectId}`),
  LAB_REFUSED: () =>
    words(
      'Your lab was not vetted',
      'Read the reason, correct what is wrong and send it again.',
      '/lab/vetting',
    ),
  WEEK_UNFUNDED: ({ label }) =>
    words(
      `A week of ${label} is not funded`,
      'Add funds: until then no time can be logged in it. The hold is tried again as soon as they arrive.',
      '/lab/billing',
    ),
  LOW_FUNDS: ({ count }) =>
    words(
      count === 0 ? 'Your balance does not cover next week' : 'Your balance covers one more week',
      'Add funds, so that the weeks of your engagements can be held before they begin.',
      '/lab/billing',
    ),
  PAYMENT_DISPUTED: ({ count }) =>
    words(
      counted(count, 'A payment of yours is disputed', 'payments of yours are disputed'),
      'Somebody told the bank that it was not right. If it was, tell your bank so: until it has decided, approved work is paid and no new week is held.',
      '/lab/billing',
    ),
  INVOICE_DUE: ({ count }) =>
    words(
      counted(count, 'An invoice waits for your payment', 'invoices wait for your payment'),
      'Pay by the day that is due first. While one is overdue, no new invoice is given.',
      '/lab/invoices',
    ),
  DEBT_OWED: ({ count }) =>
    words(
      counted(
        count,
        'You owe a payment that the bank took back',
        'payments that the bank took back are owed',
      ),
      'Add funds: what you owe is taken from them first, then weeks are held again.',
      '/lab/billing',
    ),
};

const EXPERT: Readonly<Record<string, Words>> = {
  OFFER_TO_ANSWER: ({ label, subjectId }) =>
    words(
      `Answer the offer for ${label}`,
      'Read the terms, then accept or decline.',
      `/expert/offers/${subjectId}`,
    ),
  INVITATION_TO_ANSWER: ({ label, subjectId }) =>
    words(
      `You are invited to ${label}`,
      'Apply, or decline: declining lowers no score.',
      `/expert/openings/${subjectId}`,
    ),
  QUESTION_TO_ANSWER: ({ label, subjectId, count }) =>
    words(
      counted(count, `A question about your time for ${label}`, `questions about your time for ${label}`),
      'Accept what the lab proposes, or explain. The rest of the week goes on.',
      `/expert/week/${subjectId}`,
    ),
  WEEK_UNFUNDED: ({ label, subjectId }) =>
    words(
      `A week of ${label} is not funded`,
      'Do not work in it before it is: time cannot be logged. The lab was asked to add funds.',
      `/expert/engagements/${subjectId}`,
    ),
  WEEK_NOT_HANDED_IN: ({ label }) =>
    words(
      `Submit your week for ${label}`,
      'Logged time is paid after it is submitted and approved.',
      '/expert/week',
    ),
  CREDENTIAL_DRAFT: () =>
    words('Submit your credential', 'It is not checked before you submit it.', '/expert/credentials'),
  CREDENTIAL_REJECTED: () =>
    words(
      'A credential was not accepted',
      'Read the reason. Correct it, or appeal: somebody else decides.',
      '/expert/credentials',
    ),
  CREDENTIAL_EXPIRING: () =>
    words(
      'A credential ends soon',
      'Add the renewed one, so that your work can go on.',
      '/expert/credentials',
    ),
  PAYOUT_RETURNED: () =>
    words(
      'A payout came back',
      'Your bank returned it and nothing is lost. Check your payout account; it is paid again after that.',
      '/expert/earnings',
    ),
  PAYOUT_ACCOUNT_MISSING: () =>
    words('Set up where you are paid', 'Your earnings wait until you do.', '/expert/earnings'),
  PROFILE_INCOMPLETE: () =>
    words('Complete your profile', 'Add a headline and skills: labs find you by them.', '/expert/profile'),
};

const STAFF: Readonly<Record<string, Words>> = {
  CLAIM_TO_VERIFY: ({ count }) =>
    words(
      counted(count, 'A credential waits for a check', 'credentials wait for a check'),
      'The oldest comes first.',
      '/admin/verification',
    ),
  LAB_TO_VET: ({ label, subjectId }) =>
    words(`Vet ${label}`, 'It cannot publish before you decide.', `/admin/labs/${subjectId}`),
  APPROVAL_TO_DECIDE: ({ label }) =>
    words(
      `Approve or decline: ${label.replace(/\.$/, '')}`,
      'Read exactly what would be done, then decide. Where nobody decides in time, the request lapses.',
      '/admin/approvals',
    ),
  PAYOUT_FAILED: ({ count }) =>
    words(
      counted(count, 'A payout did not go through', 'payouts did not go through'),
      'Look at the reason. The money is still owed and is in the book.',
      '/admin/payouts',
    ),
  DISPUTE_TO_ANSWER: ({ label, subjectId }) =>
    words(
      `A payment of ${label} is disputed`,
      'Send evidence to the payment provider by the day that is shown. No new week of the lab is held meanwhile.',
      `/admin/disputes/${subjectId}`,
    ),
  DEBT_TO_COLLECT: ({ label, subjectId }) =>
    words(
      `${label} owes for a lost dispute`,
      'It is taken from what becomes free and from its next payments. Write off what nobody will pay.',
      `/admin/disputes/${subjectId}`,
    ),
  BOOKS_UNSEALED: ({ count }) =>
    words(
      counted(count, 'A journal row is not sealed', 'journal rows are not sealed'),
      'Sealing is late. See whether the worker runs.',
      '/admin/audit',
    ),
  JOBS_FAILED: ({ count, label }) =>
    words(
      counted(count, 'A job has failed', 'jobs have failed'),
      `In ${label}. Look at the reason and run it again.`,
      '/admin/queues',
    ),
};

export type Side = 'lab' | 'expert' | 'staff';
const BY_SIDE: Readonly<Record<Side, Readonly<Record<string, Words>>>> = {
  lab: LAB,
  expert: EXPERT,
  staff: STAFF,
};

/** The words of something that waits; undefined where a side knows no such kind. */
export function waitingWords(side: Side, waiting: Waiting): WaitingWords | undefined {
  return BY_SIDE[side][waiting.kind]?.(waiting);
}

/** Every kind that a side knows. */
export function waitingKinds(side: Side): string[] {
  return Object.keys(BY_SIDE[side]);
}
