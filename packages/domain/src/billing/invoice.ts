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

/** How late an open invoice is: up to which whole day overdue each bucket reaches. */
export const INVOICE_AGES = [
  { code: 'NOT_DUE', upTo: 0 },
  { code: 'DAYS_1_30', upTo: 30 },
  { code: 'DAYS_31_60', upTo: 60 },
  { code: 'DAYS_61_90', upTo: 90 },
  { code: 'DAYS_OVER_90', upTo: Infinity },
] as const;
export type InvoiceAge = (typeof INVOICE_AGES)[number]['code'];

/** The bucket of an open invoice. */
export function invoiceAge(dueOn: Date, now: Date): InvoiceAge {
  const days = daysOverdue(dueOn, now);
  return INVOICE_AGES.find(({ upTo }) => days <= upTo)?.code ?? 'DAYS_OVER_90';
}

/** The due days of a bucket as they are on a day: at or after `from`, before `before`; undefined where it has no such end. */
export function dueDaysOf(age: InvoiceAge, now: Date): { readonly from?: Date; readonly before?: Date } {
  const index = INVOICE_AGES.findIndex(({ code }) => code === age);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const upTo = INVOICE_AGES[index]?.upTo ?? Infinity;
  const younger = INVOICE_AGES[index - 1]?.upTo;
  return {
    ...(upTo !== Infinity && { from: new Date(today - upTo * DAY_MS) }),
    ...(younger !== undefined && { before: new Date(today - younger * DAY_MS) }),
  };
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
