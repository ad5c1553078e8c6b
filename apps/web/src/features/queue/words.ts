import { words } from '../../lib/words';

const QUEUE_WORDS: Readonly<Record<string, string>> = {
  audit: 'Sealing the journal',
  matching: 'Matching: changes, searches, daily emails',
  scoring: 'Matching: scoring fit',
  notification: 'Emails and notifications',
  payout: 'Payouts',
  rail: 'Messages of the rail',
  engagement: 'Weeks and their money',
  timesheet: 'Silence that approves',
  credential: 'Credentials that end',
  application: 'Offers that end',
  billing: 'Payments and refunds',
};

/** What a queue does. */
export const queueWords = (name: string): string => QUEUE_WORDS[name] ?? words(name);

/** What a job does, from its name. */
export const jobWords = (name: string): string => words(name.replaceAll('-', '_'));

const AWAY = 'Another service could not be reached.';
const CODE_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: AWAY,
  ECONNRESET: AWAY,
  ENOTFOUND: AWAY,
  ETIMEDOUT: AWAY,
  EPIPE: AWAY,
  Unanswered: 'No worker answered in time for its share of the experts.',
  WORKER_LOST: 'Its worker went away each time before it was done.',
  NOT_FOUND: 'What it is about is not there any more.',
  ZodError: 'What the job was given cannot be read; another version may have written it.',
  UNKNOWN: 'Nothing more is known. The log of the worker may say it.',
};

/** What a code means, and where more is found. */
export function codeWords(code: string): string {
  const known = CODE_WORDS[code];
  if (known) return known;
  if (/^P\d{4}$/.test(code)) return 'The database did not do what it was asked.';
  if (/^[A-Z][A-Z0-9_]+$/.test(code)) return 'A rule of the product refused it.';
  return 'A fault of the program or of what it asked. The log of the worker says it, beside the id of the job.';
}
