import { RailError, type Body, type Books } from '../store';
import type { ReadCall } from './call';
import { scheduleOf, settingsId, type PayoutSchedule } from './payout-schedule';
import { payOutBalance } from './payouts';

/** What each interval needs to be told besides. Source: Stripe, balance settings. */
const DAYS_OF: Readonly<Record<string, string>> = {
  weekly: 'weekly_payout_days',
  monthly: 'monthly_payout_days',
};

/** The settings of an account's balance: the platform's own, or a connected account's. */
export async function balanceSettings(books: Books, { account }: ReadCall): Promise<Body> {
  return shown(await scheduleOf(books, account));
}

/** Changes when an account's payouts are made. What waited while it was manual goes out when it is so no more. */
export async function changeBalanceSettings(books: Books, { body, account }: ReadCall): Promise<Body> {
  const { payments } = body as { payments?: { payouts?: { schedule?: PayoutSchedule } } };
  const asked = payments?.payouts?.schedule;
  const before = await scheduleOf(books, account);
  if (asked?.interval === undefined) return shown(before);
  mustSayDays(asked);
  const id = settingsId(account);
  if (await books.has('balance_settings', id, account)) await books.update(id, { schedule: asked });
  else await books.insert('balance_settings', { id, schedule: asked }, account);
  const settings = shown(asked);
  await books.emit(
    account === undefined ? 'platform' : 'connect',
    'balance_settings.updated',
    settings,
    account,
  );
  if (account !== undefined && before.interval === 'manual' && asked.interval !== 'manual')
    await payOutBalance(books, account);
  return settings;
}

/** Refuses a weekly or monthly schedule that names no days. */
function mustSayDays(schedule: PayoutSchedule): void {
  const name = DAYS_OF[schedule.interval];
  if (name === undefined || schedule[name] !== undefined) return;
  const param = `payments[payouts][schedule][${name}]`;
  throw new RailError(400, 'parameter_missing', `Missing required param: ${param}.`, { param });
}

function shown(schedule: PayoutSchedule): Body {
  return {
    object: 'balance_settings',
    payments: {
      debit_negative_balances: false,
      payouts: {
        automatic_transfer_rules_by_currency: null,
        minimum_balance_by_currency: null,
        schedule,
        statement_descriptor: null,
        status: 'enabled',
      },
      settlement_timing: { delay_days: 2, start_of_day: null },
    },
  };
}
