import { newExpert, vettedLab } from './main-job';
import type { Caller } from './api';
import { moneyWorld, putIn, running, type Expert, type Lab, type MoneyWorld } from './money-world';

/** One expert whose payout account is active, at work for a lab that has put money in, and somebody of finance. */
export interface PaidExpert {
  readonly world: MoneyWorld;
  readonly lab: Lab;
  readonly expert: Expert;
  readonly finance: Caller;
  readonly engagementId: string;
  /** The rail's number of the expert's account. */
  readonly account: string;
}

const STATE = '{ payoutStanding { accountState } }';

/** Starts a world of money in which nobody is signed out, however far the clock is moved. */
export async function paidExpert(settings: Readonly<Record<string, string>> = {}): Promise<PaidExpert> {
  const seconds = { SESSION_IDLE_SECONDS: '99999999', SESSION_MAX_SECONDS: '99999999' };
  const world = await moneyWorld({ ...seconds, ...settings });
  const lab = await vettedLab(world.api, 'Cumulus');
  const expert = await newExpert(world.api, 'Dr Ana');
  const finance = await world.api.staff('finance@example.org', ['FINANCE']);
  await putIn(world, lab, '5000000');
  await expert.ask('mutation { setUpPayoutAccount { accountState } }');
  await world.settle(async () => (await expert.ask(STATE)).payoutStanding.accountState === 'ACTIVE');
  const { id: account } = await world.newestAtRail('account');
  const engagementId = await running(world, lab, expert, 'Heart review');
  return { world, lab, expert, finance, engagementId, account };
}
