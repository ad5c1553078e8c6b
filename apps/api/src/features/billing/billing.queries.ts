import { Injectable } from '@nestjs/common';
import type { TakeRatePolicy } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { balancesOfOwner, type Balance } from '../ledger/ledger.public';
import {
  countCharges,
  countFundings,
  listCharges,
  listFundings,
  listPolicies,
  sumCharges,
  type ChargeFilter,
  type ChargeRecord,
  type FundingRecord,
} from './billing.repository';

/** Whose numbers are asked for. */
export type Side = 'lab' | 'expert' | 'staff';

/** What billing and earnings pages show; both sides read the same charges. */
@Injectable()
export class BillingQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The lab's balances, one a currency. */
  async labBalances(person: Person): Promise<Balance[]> {
    return this.unitOfWork.readAs(person, async ({ db }) =>
      (await balancesOfOwner(db, person.labId ?? '')).filter(({ kind }) => kind === 'lab_prepaid'),
    );
  }

  /** The lab's fundings, newest first. */
  async fundings(person: Person, args: PageArgs): Promise<Connection<FundingRecord>> {
    const page = pageOf(args);
    const labId = person.labId ?? '';
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listFundings(db, labId, page.limit + 1, page.after),
        await countFundings(db, labId),
        (row) => [row.requestedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Charged lines of one side, newest first. */
  async charges(person: Person, side: Side, args: PageArgs): Promise<Connection<ChargeRecord>> {
    const page = pageOf(args);
    const filter = filterOf(person, side);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listCharges(db, filter, page.limit + 1, page.after),
        await countCharges(db, filter),
        (row) => [row.chargedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Sums of charged lines of one side, one a currency. */
  async sums(
    person: Person,
    side: Side,
  ): Promise<{ currency: string; priceMinor: bigint; payMinor: bigint; feeMinor: bigint }[]> {
    return this.unitOfWork.readAs(person, ({ db }) => sumCharges(db, filterOf(person, side)));
  }

  /** Take-rate policies, newest first. */
  async policies(person: Person): Promise<(TakeRatePolicy & { reason: string })[]> {
    return this.unitOfWork.readAs(person, ({ db }) => listPolicies(db));
  }
}

function filterOf(person: Person, side: Side): ChargeFilter {
  if (side === 'staff') return {};
  const own = side === 'lab' ? person.labId : person.expertId;
  if (!own) throw notFound('statement');
  return side === 'lab' ? { labId: own } : { expertId: own };
}
