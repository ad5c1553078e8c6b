import { ACTIVITY_KINDS } from '../timesheet/entry.rules';

/** What a charged line can be, in the words of a page. */
export const CHARGE_KINDS = { TIME: 'Time', BONUS: 'Bonus', REVERSAL: 'Taken back' } as const;
export type ChargeKind = keyof typeof CHARGE_KINDS;

/** The kind of ledger transaction that books each kind of charge. */
export const CHARGE_BOOKED = {
  TIME: 'line-charged',
  BONUS: 'bonus-charged',
  REVERSAL: 'charge-reversed',
} as const satisfies Record<ChargeKind, string>;

/** True of a kind of ledger transaction that books a charge, of whatever kind. */
export function booksCharge(ledgerKind: string): boolean {
  return Object.values<string>(CHARGE_BOOKED).includes(ledgerKind);
}

/** What a line is for, in the words of a page: the activity of its time, else what the line is. */
export function chargedForWords(activity: string): string {
  return Object.hasOwn(ACTIVITY_WORDS, activity) ? (ACTIVITY_WORDS[activity] ?? activity) : activity;
}

const ACTIVITY_WORDS: Readonly<Record<string, string>> = { ...CHARGE_KINDS, ...ACTIVITY_KINDS };
