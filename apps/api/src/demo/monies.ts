import { accountCode } from '@tallystick/domain';
import { system } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { setPolicy } from '../features/billing/set-policy';
import { RequestFunding } from '../features/billing/use-cases/request-funding';
import { RequestRefund } from '../features/billing/use-cases/request-refund';
import { availableMinor } from '../features/ledger/ledger.public';
import type { Calendar, Cast, DemoLab } from './cast';
import type { Stage } from './stage';

type Act = () => Promise<unknown>;
/** What is put in at once is a multiple of this, minor units. */
const ROUND = 100_000;
/** The lab whose money runs out near the end, so that there is a week that is not funded. */
const OUT_OF_MONEY = 'Juniper Reasoning';

/** What finance sets of a take rate, and for whom. */
interface DemoRate {
  readonly scope: 'LAB' | 'LAB_EXPERT' | 'PROMO';
  readonly labId?: string;
  readonly expertId?: string;
  /** Parts per million of agreed pay. */
  readonly labFeePpm: number;
  readonly effectiveFrom: Date;
  readonly effectiveTo?: Date;
  readonly reason: string;
}

/** Money in and back, and what the platform keeps. */
export class Monies {
  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
    private readonly calendar: Calendar,
  ) {}

  /** Labs add funds where what they have does not cover the next weeks. */
  fundings(week: number): Act[] {
    return this.cast.labs
      .filter(
        ({ isVetted, content }) =>
          isVetted && !(content.name === OUT_OF_MONEY && week >= this.calendar.weeks - 4),
      )
      .map((lab) => async () => {
        const available = await this.available(lab);
        const need = this.weekly(lab) * 3 + 800_000;
        if (available >= need) return;
        const amountMinor = Math.ceil((need * 1.5 - available) / ROUND) * ROUND;
        await this.stage
          .use(RequestFunding)
          .run(lab.owner, { ...this.amount(lab, amountMinor), idempotencyKey: this.stage.key() });
      });
  }

  /** The bank refuses one payment; the lab sees it and tries again. */
  failedFunding(lab: DemoLab): Act[] {
    return [
      async () => {
        await this.stage.rail.set('failures', { kind: 'payment', failure: 'fails' });
        await this.stage
          .use(RequestFunding)
          .run(lab.owner, { ...this.amount(lab, 500_000), idempotencyKey: this.stage.key() });
      },
    ];
  }

  /** A lab takes back a part of what is not held. */
  refund(lab: DemoLab): Act[] {
    return [
      async () => {
        const part = Math.floor((await this.available(lab)) / 10);
        if (part >= 100)
          await this.stage
            .use(RequestRefund)
            .run(lab.owner, { ...this.amount(lab, part), idempotencyKey: this.stage.key() });
      },
    ];
  }

  /**
   * Finance sets a take rate beside the default, which stays what it is. Who approved the lower ones is not part of the
   * history.
   */
  takeRate(rate: DemoRate): Act[] {
    const by = this.cast.staff.finance;
    return [
      () =>
        this.stage.use(UnitOfWork).run(by, { name: 'create-take-rate-policy' }, (tx) =>
          setPolicy(tx, {
            ...{ labId: null, projectId: null, expertId: null, effectiveTo: null, ...rate },
            ...{ id: tx.newId(), expertFeePpm: 0, rounding: 'HALF_EVEN' },
            ...{ createdById: by.accountId, createdAt: tx.now },
          }),
        ),
    ];
  }

  private amount(lab: DemoLab, minor: number): { amountMinor: string; currency: string } {
    return { amountMinor: String(minor), currency: lab.content.currency };
  }

  /** Price of a week of everybody whom the lab has engaged or asked, minor units. */
  private weekly(lab: DemoLab): number {
    const engaged = this.cast.engagements
      .filter((each) => each.lab === lab && !each.isEnded)
      .reduce((sum, { weekMinor }) => sum + weekMinor, 0);
    const asked = this.cast.offers
      .filter(({ opening, isOpen }) => opening.lab === lab && isOpen)
      .reduce((sum, { rateMinor, capHours }) => sum + rateMinor * capHours * 1.15, 0);
    return Math.ceil(engaged + asked);
  }

  private async available(lab: DemoLab): Promise<number> {
    const code = accountCode.labPrepaid(lab.labId, lab.content.currency as never);
    return this.stage
      .use(UnitOfWork)
      .readAs(system('demo-world'), async ({ db }) => Number(await availableMinor(db, code)));
  }
}
