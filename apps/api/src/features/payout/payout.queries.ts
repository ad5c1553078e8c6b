import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { balancesOfOwner, type Balance } from '../ledger/ledger.public';
import {
  countPayouts,
  findAccount,
  listPayouts,
  type PayoutAccountRecord,
  type PayoutRecord,
} from './payout.repository';

/** What earnings and payout pages show. */
@Injectable()
export class PayoutQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Payouts, newest first: an expert's own, or all for staff. */
  async list(
    person: Person,
    filter: { expertId?: string; state?: string },
    args: PageArgs,
  ): Promise<Connection<PayoutRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listPayouts(db, filter, page.limit + 1, page.after),
        await countPayouts(db, filter),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Where the expert is paid, and what is payable, one a currency. */
  async standing(person: Person): Promise<{ account: PayoutAccountRecord | null; payable: Balance[] }> {
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(person, async ({ db }) => ({
      account: await findAccount(db, expertId),
      payable: (await balancesOfOwner(db, expertId)).filter(({ kind }) => kind === 'expert_payable'),
    }));
  }
}
