import { defineMachine } from '../machine/machine';

/** An invoice is paid, or taken back while its money is still there. */
export const invoiceMachine = defineMachine({
  name: 'invoice',
  initial: 'OPEN',
  terminal: ['PAID', 'VOID'],
  transitions: { OPEN: { PAY: 'PAID', TAKE_BACK: 'VOID' }, PAID: {}, VOID: {} },
});

const DAY_MS = 86_400_000;

/** Days after the due day on which a lab is reminded. */
export const REMINDER_DAYS = [-3, 0, 7, 14] as const;

/** Until when an invoice is paid: so many days after it was issued, at the end of that day (UTC). */
export function dueDay(issuedAt: Date, dueDays: number): Date {
  const day = new Date(issuedAt.getTime() + dueDays * DAY_MS);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()));
}

/** Whole days that an open invoice is overdue; 0 on its day and before. */
export function daysOverdue(dueOn: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - dueOn.getTime()) / DAY_MS));
}

/** How many of the reminders are due by now. Those that were missed are not made up for: the newest says it all. */
export function remindersDue(dueOn: Date, now: Date): number {
  const days = Math.floor((now.getTime() - dueOn.getTime()) / DAY_MS);
  return REMINDER_DAYS.filter((each) => days >= each).length;
}

/** The number of an invoice: `INV-2026-000042`. */
export function invoiceNumber(year: number, count: number): string {
  return `INV-${year}-${String(count).padStart(6, '0')}`;
}
