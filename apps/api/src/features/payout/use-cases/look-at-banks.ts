import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { Ids } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { isUnasked } from '../keep-answers';
import {
  findAccounts,
  findOwnerByRail,
  keepRailHold,
  type PayoutAccountRecord,
} from '../payout-account.repository';
import { payoutsByIds } from '../payout-batch.repository';
import { inParallel } from '../rail-calls';
import { SetUpAccount } from './set-up-account';

const RAIL = system('rail');
/** Refusals that say that the account itself is not there: a transfer to it is refused as well, and says so. */
const NOT_THERE: ReadonlySet<string> = new Set(['account_invalid', 'resource_missing']);

/** The number of the bank account that is set at each of the rail's accounts, null where none is; what could not be asked is absent. */
export type BanksNow = ReadonlyMap<string, string | null>;

/**
 * Asks the rail, right before money is sent, which bank account is set, and has it send nothing on by itself. News of
 * another one may still be on their way, and whoever took over an account would have the money by then.
 */
@Injectable()
export class LookAtBanks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: SetUpAccount,
    private readonly ids: Ids,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Asks once about each account of the payouts that the rail has not heard of, outside any transaction. Another bank
   * account than the known one begins its cool-down as the rail's own news does.
   */
  async run(payoutIds: readonly string[]): Promise<BanksNow> {
    const accounts = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const expertIds = (await payoutsByIds(db, payoutIds)).filter(isUnasked).map(({ expertId }) => expertId);
      return [...(await findAccounts(db, expertIds)).values()];
    });
    const banks = new Map<string, string | null>();
    await inParallel(accounts, async (account) => {
      const bankId = (await this.holdBack(account)) ? await this.ask(account) : undefined;
      if (bankId !== undefined) banks.set(account.railAccountId, bankId);
    });
    return banks;
  }

  /**
   * The number of the bank account that is set at an account of the rail; undefined where the rail does not say, or names
   * none. Another one than the known one begins its cool-down.
   */
  async ask(
    account: Pick<PayoutAccountRecord, 'railAccountId' | 'currency' | 'railBankId'>,
  ): Promise<string | null | undefined> {
    const { railAccountId, currency, railBankId } = account;
    // The account's own currency, whatever is sent: one bank account is known of each.
    const told = await this.rail.bankOf(railAccountId, currency);
    if (told.kind === 'refused' && NOT_THERE.has(told.code)) return railBankId;
    if (told.kind !== 'done' || told.value === null) return undefined;
    if (told.value !== railBankId)
      await this.accounts.bankChanged(railAccountId, told.value, { isSet: railBankId !== null });
    return told.value;
  }

  /**
   * The rail tells that a bank account was set, or something else about one: news may come late, twice and in any order,
   * so that which one is set is asked. Throws where the rail does not answer, so that it is looked at later.
   */
  async follow(
    railAccountId: string,
    { eventId, isSet }: { readonly eventId?: string; readonly isSet: boolean },
  ): Promise<void> {
    const owned = await this.unitOfWork.readAs(RAIL, ({ db }) => findOwnerByRail(db, railAccountId));
    const told = owned && (await this.rail.bankOf(railAccountId, owned.currency));
    if (told !== null && told.kind !== 'done') throw new Error(`the bank could not be read: ${told.message}`);
    await this.accounts.bankChanged(railAccountId, told?.value ?? null, { eventId, isSet });
  }

  /** True where the rail sends nothing from an account by itself; it is told where it was not. */
  private async holdBack({ expertId, railAccountId, railHeldAt }: PayoutAccountRecord): Promise<boolean> {
    if (railHeldAt !== null) return true;
    const told = await this.rail.sendNothingByItself(railAccountId, `by-hand:${this.ids.next()}`);
    // Of an account that is not there nothing can be sent, and a transfer to it says so.
    if (told.kind === 'refused' && NOT_THERE.has(told.code)) return true;
    if (told.kind !== 'done') return false;
    await this.unitOfWork.run(RAIL, { name: 'hold-at-rail' }, ({ db, now }) =>
      keepRailHold(db, expertId, now),
    );
    return true;
  }
}
