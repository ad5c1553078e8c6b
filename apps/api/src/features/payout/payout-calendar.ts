import { Injectable } from '@nestjs/common';
import { approvalLapsesAt, decisionBy, type PayoutCalendar } from '@tallystick/domain';
import { Config } from '../../platform/config/config';
import type { Db } from '../../platform/prisma/database';
import { bankHolidays } from './bank-holiday.repository';

/** By when a person of staff decides on what is asked now: what the expert is promised, and whoever decides reads. */
export function decisionPromised(now: Date, calendar: PayoutCalendar): Date {
  return decisionBy(now, calendar, approvalLapsesAt(now));
}

/** The calendar that is shown and by which days are promised: settings and the banks' closed days. */
@Injectable()
export class PayoutCalendars {
  constructor(private readonly config: Config) {}

  /** Minute of the day, UTC, at which the daily run begins. */
  get cutOffMinute(): number {
    return this.config.get('PAYOUT_HOUR') * 60;
  }

  /** The calendar of a currency around an instant. */
  async of(db: Db, currency: string, now: Date): Promise<PayoutCalendar> {
    const holidays = await bankHolidays(db, currency, now);
    const bankDays = this.config.get('PAYOUT_BANK_DAYS');
    return { cutOffMinute: this.cutOffMinute, bankDays, holidays: new Set(holidays) };
  }
}
