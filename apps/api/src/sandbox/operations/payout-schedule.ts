import type { Body, Books } from '../store';

/** When an account's payouts are made. */
export interface PayoutSchedule extends Body {
  readonly interval: string;
  readonly weekly_payout_days?: unknown;
  readonly monthly_payout_days?: unknown;
}

/** The number under which the settings of an account are kept: the platform's own, or a connected account's. */
export const settingsId = (account: string | undefined) => `balance_settings_${account ?? 'platform'}`;

/** When an account's payouts are made; daily where nobody has said. */
export async function scheduleOf(books: Books, account: string | undefined): Promise<PayoutSchedule> {
  const kept = await books.find(settingsId(account));
  return (kept?.schedule as PayoutSchedule | undefined) ?? { interval: 'daily' };
}

/** True where an account is paid out only when somebody asks for it. */
export async function isManual(books: Books, account: string): Promise<boolean> {
  return (await scheduleOf(books, account)).interval === 'manual';
}
