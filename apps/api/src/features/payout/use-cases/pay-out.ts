import { Injectable } from '@nestjs/common';
import { dayWords, formatAmount, isCurrency, payableWords, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import { system, type Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import type { ApprovalStanding } from '../../audit/audit.public';
import { balancesOfOwner } from '../../ledger/ledger.public';
import { beginRun, finishRun } from '../begin-run';
import { Gates } from '../gates';
import { PayoutCalendars } from '../payout-calendar';
import { RailBalance } from '../rail-balance';
import { requestPayouts, type BatchResult } from '../request-payouts';

/** The product pays, whoever asks: the rows of the run are its own. */
const PAYOUTS = system('payouts');
const OWED = 'expert_payable';

const Part = z.object({
  amountMinor: z.string().regex(/^\d{1,15}$/, 'Write an amount in digits.'),
  currency: z.string(),
  idempotencyKey: z.string(),
});

/** Pays an expert when they ask: all that is ready, or a part of it. */
@Injectable()
export class PayOut {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
    private readonly calendars: PayoutCalendars,
    private readonly balance: RailBalance,
  ) {}

  /** What the expert can have now: all that is ready, or what of it needs nobody's leave. Returns how many payouts the rail is asked for. Refuses with NOTHING_TO_PAY. */
  async all(person: Person): Promise<number> {
    const { expertId } = person;
    const owed = await this.owed(person);
    if (expertId === undefined || owed.length === 0) throw nothingToPay();
    const railLeft = await this.balance.left(owed);
    return this.unitOfWork.run(PAYOUTS, { name: 'request-payout' }, async (tx) => {
      const runId = await beginRun(tx, person, null, railLeft);
      let [requested, gated] = [0, 0];
      for (const currency of owed) {
        const found = await this.request(tx, {
          runId,
          currency,
          expertId,
          railLeft,
          isPartEnough: true,
          requestedById: person.accountId,
        });
        requested += found.requested;
        gated += found.gated;
      }
      await finishRun(tx, { id: runId, payoutCount: requested, blockedCount: gated, failedCount: 0 });
      return requested;
    });
  }

  /**
   * A part of what is ready, from one whole unit of its currency on; once, however often it is sent with its key.
   * Refuses with NOTHING_TO_PAY, WRONG_CURRENCY, AMOUNT_OUT_OF_BOUNDS, MORE_THAN_READY, APPROVAL_WAITS, PAYOUT_HELD;
   * nothing is written then.
   */
  async part(person: Person, given: z.input<typeof Part>): Promise<number> {
    const { amountMinor, currency: code, idempotencyKey } = parseInput(Part, given);
    const { expertId } = person;
    const owed = await this.owed(person);
    if (expertId === undefined || owed.length === 0) throw nothingToPay();
    const currency = ownCurrency(code, owed);
    const wantedMinor = BigInt(amountMinor);
    const leastMinor = this.gates.minimumMinor(currency, true);
    mustBeAtLeast(leastMinor, wantedMinor, currency);
    const railLeft = await this.balance.left([currency]);
    const command = {
      name: 'request-payout',
      idempotencyKey: `${person.accountId}:${idempotencyKey}`,
      input: { amountMinor, currency },
    };
    return this.unitOfWork.run(PAYOUTS, command, async (tx) => {
      const runId = await beginRun(tx, person, null, railLeft);
      const found = await this.request(tx, {
        runId,
        currency,
        expertId,
        railLeft,
        wantedMinor,
        requestedById: person.accountId,
      });
      mustBeSent(found, { leastMinor, wantedMinor, currency });
      await finishRun(tx, {
        id: runId,
        payoutCount: found.requested,
        blockedCount: found.gated,
        failedCount: 0,
      });
      return found.requested;
    });
  }

  private async request(
    tx: Tx,
    wish: {
      runId: string;
      currency: Currency;
      expertId: string;
      railLeft: Readonly<Record<string, string>>;
      wantedMinor?: bigint;
      isPartEnough?: boolean;
      requestedById: string;
    },
  ): Promise<BatchResult> {
    const { runId, currency, expertId, railLeft, wantedMinor, isPartEnough, requestedById } = wish;
    const calendar = await this.calendars.of(tx.db, currency, tx.now);
    const railLeftMinor = BigInt(railLeft[currency] ?? 0);
    const expertIds = [expertId];
    return requestPayouts(tx, this.gates, {
      runId,
      currency,
      calendar,
      railLeftMinor,
      expertIds,
      wantedMinor,
      isPartEnough,
      requestedById,
    });
  }

  /** Currencies in which the expert is owed something, in their order. */
  private async owed(person: Person): Promise<Currency[]> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('payout');
    const own = await this.unitOfWork.readAs(person, ({ db }) => balancesOfOwner(db, expertId));
    return own
      .filter(({ kind, postedMinor }) => kind === OWED && postedMinor > 0n)
      .map(({ currency }) => currency)
      .filter(isCurrency)
      .sort();
  }
}

function nothingToPay(): Refused {
  return new Refused(
    'NOTHING_TO_PAY',
    'Nothing is payable at the moment. Approved time becomes payable at once.',
  );
}

function ownCurrency(code: string, owed: readonly Currency[]): Currency {
  if (isCurrency(code) && owed.includes(code)) return code;
  const message = `Your earnings are in ${owed.join(' and ')}: ask for an amount in ${owed.join(' or ')}.`;
  throw new Refused('WRONG_CURRENCY', message, { field: 'currency' });
}

function mustBeAtLeast(minor: bigint, wantedMinor: bigint, currency: Currency): void {
  if (wantedMinor >= minor) return;
  const message = `The smallest payout is ${formatAmount({ minor, currency })}. Ask for that or more.`;
  throw new Refused('AMOUNT_OUT_OF_BOUNDS', message, { field: 'amountMinor' });
}

function mustBeSent(
  { requested, readyMinor, askableMinor, blocks, waiting }: BatchResult,
  wish: { readonly leastMinor: bigint; readonly wantedMinor: bigint; readonly currency: Currency },
): void {
  const { leastMinor, wantedMinor, currency } = wish;
  const range = (minor: bigint) => payableWords({ minor: leastMinor, currency }, { minor, currency });
  if (wantedMinor > readyMinor) {
    const message =
      readyMinor > 0n
        ? range(readyMinor)
        : 'Nothing is ready to be paid out yet. Earnings says what holds it, and until when.';
    throw new Refused('MORE_THAN_READY', message, { field: 'amountMinor' });
  }
  if (requested > 0) return;
  const holding = blocks.filter(({ gate }) => gate !== 'FOUR_EYES');
  if (holding.length > 0) throw held(holding, askableMinor > 0n ? range(askableMinor) : undefined);
  const other = waiting.find(({ amountMinor }) => amountMinor !== wantedMinor);
  // What only a person of staff has to look at is kept: they were asked.
  if (other) throw approvalWaits(other, currency);
}

/** Why nothing was sent, and which amounts could be, where any could. */
function held(blocks: BatchResult['blocks'], range?: string): Refused {
  const why = blocks.map(({ reason }) => reason).join(' ');
  const message = ['Nothing was sent and nothing is lost.', why, ...(range ? [range] : [])].join(' ');
  return new Refused('PAYOUT_HELD', message, range ? { field: 'amountMinor' } : {});
}

/** What a person was asked about stays what they decide on: another amount does not take its place unsaid. */
function approvalWaits({ amountMinor, createdAt }: ApprovalStanding, currency: Currency): Refused {
  const about = formatAmount({ minor: amountMinor ?? 0n, currency });
  return new Refused(
    'APPROVAL_WAITS',
    `A person of staff was asked on ${dayWords(createdAt)} to approve a payout of ${about}, and has not decided yet. Wait for that, or ask for an amount that needs nobody's leave. Nothing was changed.`,
    { field: 'amountMinor' },
  );
}
