import fc from 'fast-check';
import { approvalLapsesAt } from '../audit/approval-term';
import { dayOf, decisionBy, isBankDay, nextRunAt, periodOf, promisedDay } from './calendar';

const calendar = { cutOffMinute: 12 * 60, bankDays: 2, holidays: new Set(['2026-11-26']) };
const at = (text: string) => new Date(text);

describe('the calendar of payouts', () => {
  it('promises two days on which banks work', () => {
    expect(dayOf(promisedDay(at('2026-11-18T12:00:00Z'), calendar))).toBe('2026-11-20');
  });

  it('leaves out weekends and holidays', () => {
    expect(dayOf(promisedDay(at('2026-11-20T12:00:00Z'), calendar))).toBe('2026-11-24');
    expect(dayOf(promisedDay(at('2026-11-25T12:00:00Z'), calendar))).toBe('2026-11-30');
    // A Saturday counts from Monday.
    expect(dayOf(promisedDay(at('2026-11-21T12:00:00Z'), calendar))).toBe('2026-11-25');
  });

  it('begins the run of the day at the cut-off', () => {
    expect(periodOf(at('2026-11-18T11:59:59Z'), calendar)).toBe('2026-11-17');
    expect(periodOf(at('2026-11-18T12:00:00Z'), calendar)).toBe('2026-11-18');
    expect(nextRunAt(at('2026-11-18T11:59:59Z'), calendar)).toEqual(at('2026-11-18T12:00:00Z'));
    expect(nextRunAt(at('2026-11-18T12:00:00Z'), calendar)).toEqual(at('2026-11-19T12:00:00Z'));
  });

  it('never promises a day without banks, nor an earlier day to who asks later', () => {
    const instants = fc.date({ min: at('2026-01-01'), max: at('2027-12-31'), noInvalidDate: true });
    const days = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(instants, instants, days, (one, other, bankDays) => {
        const [first, later] = [
          promisedDay(one, { ...calendar, bankDays }),
          promisedDay(other, { ...calendar, bankDays }),
        ];
        expect(isBankDay(first, calendar)).toBe(true);
        expect(first.getTime()).toBeGreaterThanOrEqual(new Date(dayOf(one)).getTime());
        if (one <= other) expect(first.getTime()).toBeLessThanOrEqual(later.getTime());
      }),
    );
  });

  it('makes one run a day, whenever it is looked at', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 1439 }),
        (minute, cutOffMinute) => {
          const now = new Date(at('2026-11-18').getTime() + minute * 60_000);
          const next = nextRunAt(now, { ...calendar, cutOffMinute });
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          const [period, after] = [now, next].map((each) => periodOf(each, { ...calendar, cutOffMinute }));
          expect(Date.parse(after ?? '') - Date.parse(period ?? '')).toBe(86_400_000);
        },
      ),
    );
  });

  it('promises a decision on the next day of work, and never after the request has lapsed', () => {
    const asked = new Date('2026-12-18T15:00:00Z');
    const lapsesAt = approvalLapsesAt(asked);
    expect(lapsesAt).toEqual(new Date('2026-12-25T15:00:00Z'));
    const none = { holidays: new Set<string>() };
    expect(decisionBy(asked, none, lapsesAt)).toEqual(new Date('2026-12-22T00:00:00Z'));
    const holidays = new Set(['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24', '2026-12-25']);
    expect(decisionBy(asked, { holidays }, lapsesAt)).toEqual(lapsesAt);
  });
});
