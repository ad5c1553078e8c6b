import { Injectable } from '@nestjs/common';
import { approvalsNeeded, formatAmount, isCurrency, weekOf, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { Config } from '../../../platform/config/config';
import { parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, approvalsOf, requestApproval } from '../../audit/audit.public';
import {
  MONEY_ROLES,
  reversalOf,
  reverseCharge,
  SignWeeks,
  takenBackAlone,
  workOutReversal,
  type WorkedReversal,
} from '../../billing/billing.public';
import { notify } from '../../notification/notification.public';
import { Gates } from '../gates';
import { lockPayouts, openPayouts } from '../payout-batch.repository';
import { askGatesSoon } from '../ask-gates-soon';
import { onItsWay } from '../on-its-way';

const TAKE_BACK = 'charge.take-back';
const DAY_MS = 86_400_000;

const Minor = z.string().regex(/^\d{1,15}$/, 'Write an amount in digits.');
const Input = z.object({
  chargeId: z.uuid(),
  agreedMinor: Minor.optional(),
  reason: z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500),
  idempotencyKey: z.string(),
});
const Payload = z.object({
  chargeId: z.uuid(),
  agreedMinor: Minor,
  reason: z.string(),
  askedById: z.uuid(),
  labId: z.uuid().optional(),
});

/** Takes a charged line back, whole or in part: it was approved wrongly, or fraud was settled against the lab. */
@Injectable()
export class TakeBackCharge {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
    private readonly signing: SignWeeks,
    private readonly config: Config,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: TAKE_BACK,
      payload: Payload,
      concerns: ({ labId }) => ({ labId }),
      asking: { permission: 'payout:run', matter: 'ANOTHERS' },
      link: '/admin/take-rates',
      check: async (read, { chargeId, agreedMinor }) =>
        void (await reversalOf(read, { chargeId, agreedMinor: BigInt(agreedMinor) })),
      execute: async (tx, { chargeId, agreedMinor, reason, askedById }, approvalRequestId) => {
        const worked = await workOutReversal(tx, { chargeId, agreedMinor: BigInt(agreedMinor) });
        await this.takeBack(tx, worked, { reason, askedById, approvalRequestId });
      },
    });
  }

  /**
   * Takes it back at once, or asks another person where its price, with what nobody else has seen of this expert's within 24
   * hours, is above what one may move. The same key acts once. Returns true where it is taken back.
   * Refuses with NOT_FOUND, OWN_MATTER, ALREADY_REVERSED, AMOUNT_OUT_OF_BOUNDS, MORE_THAN_CHARGED, APPROVAL_WAITS.
   */
  async run(person: Person, given: z.input<typeof Input>): Promise<boolean> {
    const { idempotencyKey, ...wish } = parseInput(Input, given);
    const { chargeId, agreedMinor, reason } = wish;
    const command = { name: 'take-back-charge', idempotencyKey, input: wish };
    return this.unitOfWork.run(person, command, async (tx) => {
      const worked = await workOutReversal(tx, {
        chargeId,
        ...(agreedMinor !== undefined && { agreedMinor: BigInt(agreedMinor) }),
      });
      const { charge, part } = worked;
      refuseOwnMatter(person, charge);
      await mustNotWait(tx, chargeId);
      const currency = currencyOf(charge.currency);
      const limitMinor = this.gates.approvalAboveMinor(currency);
      const by = { reason, askedById: person.accountId };
      const unseenMinor = await unseenTakenBack(tx, charge);
      if (part.priceMinor + unseenMinor <= limitMinor) {
        await this.takeBack(tx, worked, { ...by, approvalRequestId: null });
        return true;
      }
      const price = { minor: part.priceMinor, currency };
      await requestApproval(tx, {
        action: TAKE_BACK,
        subjectType: 'charge',
        subjectId: chargeId,
        summary: `Take ${formatAmount(price)} of a charged line back.`,
        payload: { chargeId, agreedMinor: part.agreedMinor.toString(), labId: charge.labId, ...by },
        reason,
        requestedById: person.accountId,
        expertId: charge.expertId,
        amount: price,
        approvalsNeeded: approvalsNeeded(part.priceMinor + unseenMinor, limitMinor) === 2 ? 2 : 1,
      });
      return false;
    });
  }

  private async takeBack(
    tx: Tx,
    worked: WorkedReversal,
    by: { reason: string; askedById: string; approvalRequestId: string | null },
  ): Promise<void> {
    const { expertId, currency, labId, engagementId } = worked.charge;
    await lockPayouts(tx.db, [expertId], currency);
    // Payouts are read before the balance: a transfer between the two makes what is free smaller, never larger.
    const onItsWayMinor = onItsWay(await openPayouts(tx.db, [expertId], currency));
    const { paidOutMinor } = await reverseCharge(tx, worked, { ...by, onItsWayMinor });
    await this.signing.sign(tx, engagementId, weekOf(tx.now).startsAt);
    askGatesSoon(tx, expertId);
    tx.enqueue({ queue: 'engagement', name: 'retry-holds', payload: { labId } });
    await tell(tx, worked, by.reason, {
      paidOutMinor,
      nettingPercent: this.config.get('NETTING_SHARE_PERCENT'),
    });
  }
}

/** What one person alone took back of an expert's lines within 24 hours: parts count together. */
async function unseenTakenBack(tx: Tx, { expertId, currency }: WorkedReversal['charge']): Promise<bigint> {
  await lockPayouts(tx.db, [expertId], currencyOf(currency));
  return takenBackAlone(tx.db, expertId, currency, new Date(tx.now.getTime() - DAY_MS));
}

/** While another person is asked about a line, nothing else is taken back of it. */
async function mustNotWait(tx: Tx, chargeId: string): Promise<void> {
  const asked = (await approvalsOf(tx, TAKE_BACK, [chargeId])).get(chargeId);
  if (asked?.state === 'PENDING')
    throw new Refused(
      'APPROVAL_WAITS',
      'Another person is asked about this line already. Nothing was taken back: wait for the decision.',
    );
}

/** Both sides read the same numbers and the same reason. */
async function tell(
  tx: Tx,
  { charge, part }: WorkedReversal,
  reason: string,
  { paidOutMinor, nettingPercent }: { readonly paidOutMinor: bigint; readonly nettingPercent: number },
): Promise<void> {
  const { labId, expertId } = charge;
  const words = (minor: bigint) => formatAmount({ minor, currency: currencyOf(charge.currency) });
  const sums = `The lab has ${words(part.priceMinor)} again: ${words(part.payMinor)} of pay and ${words(part.feeMinor)} of our fee.`;
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'CHARGE_TAKEN_BACK',
      title: `${words(part.priceMinor)} of a charged line is in your balance again`,
      body: `${reason} ${sums} It is a line of its own on your statement.`,
      link: '/lab/billing',
    },
  );
  const paid =
    paidOutMinor === 0n
      ? 'It was not paid out yet: what is ready for you is less by it.'
      : `${words(paidOutMinor)} of it was paid out already: it goes off what you earn next, at most ${nettingPercent} % of each line’s pay, each time as an entry that you see. Nothing is taken from your bank account.`;
  await notify(
    tx,
    { expertId },
    {
      kind: 'CHARGE_TAKEN_BACK',
      title: `${words(part.payMinor)} of your approved pay was taken back`,
      body: `${reason} ${sums} ${paid} If you do not agree, write to us: another person looks at it.`,
      link: '/expert/earnings',
    },
  );
}

function currencyOf(code: string): Currency {
  if (!isCurrency(code)) throw new Error(`${code} is no currency`);
  return code;
}
