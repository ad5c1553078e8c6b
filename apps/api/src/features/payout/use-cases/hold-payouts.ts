import { Injectable } from '@nestjs/common';
import { dayOf, dayWords, formatAmount, isCurrency, reviewDay, type Currency } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { refuseOwnMatter } from '../../../platform/access/own-matter';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, overtakeWaiting, requestApproval } from '../../audit/audit.public';
import { findExpert } from '../../expert/expert.public';
import { balancesOfOwner } from '../../ledger/ledger.public';
import { notify } from '../../notification/notification.public';
import { askGatesSoon } from '../ask-gates-soon';
import { Gates } from '../gates';
import { returnedSums } from '../payout-return.repository';
import { findHold, insertHolds, lockHold, releaseHoldRow, type HoldRecord } from '../payout-hold.repository';

const RELEASE_HOLD = 'payout.release-hold';

const Reason = z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500);
const Placed = z.object({
  expertId: z.uuid(),
  reason: Reason,
  reviewOn: z.date(),
  idempotencyKey: z.string(),
});
const Released = z.object({ id: z.uuid(), reason: Reason });
const Payload = z.object({ holdId: z.uuid(), releasedById: z.uuid(), releaseReason: z.string() });

/** A person of staff holds an expert's payouts with a reason and a date, and lets them go again. */
@Injectable()
export class HoldPayouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gates: Gates,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: RELEASE_HOLD,
      payload: Payload,
      // The expert is named by the request itself.
      concerns: () => ({}),
      asking: { permission: 'payout:run', matter: 'ANOTHERS' },
      link: '/admin/payouts',
      check: async ({ db }, { holdId }) => void mustStand(await findHold(db, holdId)),
      execute: (tx, payload, requestId) => this.releaseApproved(tx, payload, requestId),
    });
  }

  /**
   * Holds everything that is not on its way to a bank, what lies at the rail too; once, however often it is sent with its
   * key. Refuses with NOT_FOUND, OWN_MATTER, REVIEW_IN_PAST, REVIEW_TOO_LATE. Returns the hold's id.
   */
  async place(person: Person, given: z.input<typeof Placed>): Promise<string> {
    const { expertId, reason, reviewOn, idempotencyKey } = parseInput(Placed, given);
    refuseOwnMatter(person, { expertId });
    const input = { expertId, reason, reviewOn: reviewOn.toISOString() };
    return this.unitOfWork.run(person, { name: 'hold-payouts', idempotencyKey, input }, async (tx) => {
      if (!(await findExpert(tx.db, expertId))) throw notFound('expert');
      orRefuse(reviewDay(reviewOn, tx.now));
      const id = tx.newId();
      const row = { id, expertId, kind: 'STAFF', place: null, reason, placedAt: tx.now, reviewOn };
      await insertHolds(tx.db, [{ ...row, placedById: person.accountId }]);
      const facts = { kind: 'STAFF', reviewOn: dayOf(reviewOn) };
      tx.record({
        subjectType: 'payout-hold',
        subjectId: id,
        to: 'STANDING',
        facts,
        words: { reason },
        expertId,
      });
      askGatesSoon(tx, expertId);
      await tell(
        tx,
        expertId,
        'Your payouts are held',
        `${reason} What you earned is kept for you; your earnings page says by when we look at it again.`,
      );
      return id;
    });
  }

  /**
   * Lets an expert's payouts go again. Where more is held than one person may release, or a list of sanctions holds it,
   * another person is asked. Returns true where it is released at once. Refuses with NOT_FOUND, OWN_MATTER, HOLD_RELEASED.
   */
  async release(person: Person, given: z.input<typeof Released>): Promise<boolean> {
    const { id, reason } = parseInput(Released, given);
    return this.unitOfWork.run(person, { name: 'release-hold' }, async (tx) => {
      const hold = mustStand(await lockHold(tx.db, id));
      refuseOwnMatter(person, hold);
      const large = await this.largeAmount(tx, hold.expertId);
      if (hold.kind === 'STAFF' && !large) {
        await overtakeWaiting(tx, { action: RELEASE_HOLD, subjectId: id });
        await release(tx, hold, { releasedById: person.accountId, releaseReason: reason });
        return true;
      }
      await requestApproval(tx, {
        action: RELEASE_HOLD,
        subjectType: 'payout-hold',
        subjectId: id,
        summary: large
          ? `Release a hold on ${formatAmount(large)}, as of ${dayWords(tx.now)}.`
          : 'Release a hold by the list of sanctions.',
        payload: {
          holdId: id,
          heldBecause: hold.reason,
          releasedById: person.accountId,
          releaseReason: reason,
        },
        reason,
        requestedById: person.accountId,
        expertId: hold.expertId,
        ...(large && { amount: large }),
      });
      return false;
    });
  }

  private async releaseApproved(
    tx: Tx,
    payload: z.infer<typeof Payload>,
    approvalRequestId: string,
  ): Promise<void> {
    const { releasedById, releaseReason } = payload;
    await release(tx, mustStand(await lockHold(tx.db, payload.holdId)), {
      releasedById,
      releaseReason,
      approvalRequestId,
    });
  }

  /** What a hold keeps in a currency, where it is above what one person may release: what the expert is owed, and what came back from a bank. */
  private async largeAmount(
    tx: Tx,
    expertId: string,
  ): Promise<{ minor: bigint; currency: Currency } | undefined> {
    const kept = new Map(await returnedSums(tx.db, expertId));
    for (const { kind, currency, postedMinor } of await balancesOfOwner(tx.db, expertId))
      if (kind === 'expert_payable') kept.set(currency, (kept.get(currency) ?? 0n) + postedMinor);
    for (const [currency, minor] of kept)
      if (isCurrency(currency) && minor > this.gates.approvalAboveMinor(currency)) return { minor, currency };
    return undefined;
  }
}

/** A hold that stands. Refuses with NOT_FOUND, HOLD_RELEASED. */
function mustStand(hold: HoldRecord | null): HoldRecord {
  if (!hold) throw notFound('hold');
  if (hold.releasedAt === null) return hold;
  throw new Refused('HOLD_RELEASED', 'This hold was released already. Nothing was changed.');
}

async function release(
  tx: Tx,
  hold: HoldRecord,
  by: { releasedById: string; releaseReason: string; approvalRequestId?: string },
): Promise<void> {
  const { id, expertId, kind } = hold;
  await releaseHoldRow(tx.db, id, { ...by, releasedAt: tx.now });
  const { approvalRequestId, releaseReason: reason } = by;
  const facts = { kind, approvalRequestId };
  tx.record({
    subjectType: 'payout-hold',
    subjectId: id,
    from: 'STANDING',
    to: 'RELEASED',
    facts,
    words: { reason },
    expertId,
  });
  askGatesSoon(tx, expertId);
  await tell(
    tx,
    expertId,
    'Your payouts go on',
    'The hold on them was released; what is ready is paid with the next run.',
  );
}

async function tell(tx: Tx, expertId: string, title: string, body: string): Promise<void> {
  await notify(tx, { expertId }, { kind: 'PAYOUT_HELD', title, body, link: '/expert/earnings' });
}
