import fc from 'fast-check';
import {
  daysOverdue,
  dueDay,
  dueDaysOf,
  INVOICE_AGES,
  invoiceAge,
  invoiceNumber,
  REMINDER_DAYS,
  remindersDue,
} from './invoice';

const at = (text: string) => new Date(text);

describe('an invoice', () => {
  it('is due at the end of a day, so many days after it was issued', () => {
    expect(dueDay(at('2026-11-28T23:59:59Z'), 30)).toEqual(at('2026-12-28T00:00:00Z'));
    expect(dueDay(at('2028-02-28T00:00:00Z'), 1)).toEqual(at('2028-02-29T00:00:00Z'));
  });

  it('is overdue from the day after, never on its day', () => {
    const due = at('2026-12-28T00:00:00Z');
    expect(daysOverdue(due, at('2026-12-28T23:59:59Z'))).toBe(0);
    expect(daysOverdue(due, at('2026-12-29T00:00:00Z'))).toBe(1);
    expect(daysOverdue(due, at('2026-11-01T00:00:00Z'))).toBe(0);
  });

  it('is reminded of three days before, on the day, and one and two weeks after', () => {
    const due = at('2026-12-28T00:00:00Z');
    const days = [
      '2026-12-24',
      '2026-12-25',
      '2026-12-28',
      '2027-01-03',
      '2027-01-04',
      '2027-01-11',
      '2027-06-01',
    ];
    expect(days.map((day) => remindersDue(due, at(`${day}T12:00:00Z`)))).toEqual([0, 1, 2, 2, 3, 4, 4]);
  });

  it('has never fewer reminders due later', () => {
    const instant = fc.date({
      min: at('2026-01-01T00:00:00Z'),
      max: at('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const due = at('2026-12-28T00:00:00Z');
        return (
          remindersDue(due, early) <= remindersDue(due, late) &&
          remindersDue(due, late) <= REMINDER_DAYS.length
        );
      }),
    );
  });

  it('has a number that sorts', () => {
    expect(invoiceNumber(2026, 42)).toBe('INV-2026-000042');
  });

  it('ages into exactly one bucket, and is found by the due days of that bucket alone', () => {
    const now = new Date('2026-11-18T12:00:00Z');
    fc.assert(
      fc.property(
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: 0, max: 86_399 }),
        (days, second) => {
          const at = new Date(Date.UTC(2026, 10, 18) + second * 1000);
          const dueOn = new Date(Date.UTC(2026, 10, 18) - days * 86_400_000);
          const found = INVOICE_AGES.filter(({ code }) => {
            const { from, before } = dueDaysOf(code, at);
            return (!from || dueOn >= from) && (!before || dueOn < before);
          });
          expect(found.map(({ code }) => code)).toEqual([invoiceAge(dueOn, at)]);
        },
      ),
    );
    const ages = [0, 1, 30, 31, 60, 61, 90, 91].map((days) =>
      invoiceAge(new Date(Date.UTC(2026, 10, 18 - days)), now),
    );
    expect(ages).toEqual([
      'NOT_DUE',
      'DAYS_1_30',
      'DAYS_1_30',
      'DAYS_31_60',
      'DAYS_31_60',
      'DAYS_61_90',
      'DAYS_61_90',
      'DAYS_OVER_90',
    ]);
  });
});
