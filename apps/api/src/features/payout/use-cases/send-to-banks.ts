import { Inject, Injectable } from '@nestjs/common';
import { groupedBy, isKeyForgotten, sentOnAgainAt } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { log } from '../../../platform/log/log';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type Outcome, type PaymentRail, type RailPayout } from '../../rail/rail.public';
import { advancePayout } from '../advance-payout';
import { keepAskedBanks, liesAtRail, listAtRail } from '../at-rail.repository';
import { Gates } from '../gates';
import { findAccounts, lockAccounts } from '../payout-account.repository';
import { lockByIds } from '../payout-batch.repository';
import { movePayout, type PayoutRecord } from '../payout.repository';
import { railAccountsOf } from '../rail-account.repository';
import { inParallel } from '../rail-calls';
import { RailHolds, type JudgedAccount } from '../rail-holds';
import { LookAtBanks } from './look-at-banks';

const RAIL = system('rail');
/** Payouts that share a database transaction. */
const BATCH = 100;
const MINUTE_MS = 60_000;
/** An answer that is missing for so long is looked up. */
const LOOK_UP_AFTER_MS = 10 * MINUTE_MS;

/** A payout that is sent on, as its database row is: with the bank account and the attempt that are written there. */
interface Sending {
  readonly payout: PayoutRecord;
  readonly railAccountId: string;
  readonly bankId: string;
  readonly transferId: string;
  /** What was asked for has no answer, and may not be asked for now: it is only looked up. */
  readonly isLookedUpOnly: boolean;
}
type Sent = Outcome<RailPayout> | { readonly kind: 'absent' };

/**
 * Sends what lies in experts' accounts at the rail on to the bank account that we know, and to no other: what was just
 * taken there, and what a bank returned. Whoever set another bank account that we have not heard of gets nothing.
 */
@Injectable()
export class SendToBanks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly holds: RailHolds,
    private readonly gates: Gates,
    private readonly banks: LookAtBanks,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Sends each once, with a key of its own that is committed before the call. Throws while an outcome is unknown, so that
   * the same keys are tried again.
   */
  async run(payoutIds: readonly string[]): Promise<void> {
    const sendings = await this.open(payoutIds);
    const outcomes = new Map<string, Sent>();
    await inParallel(sendings, async (each) => {
      const sent = await this.send(each);
      if (sent) outcomes.set(each.payout.id, sent);
    });
    await this.keepAll(sendings, outcomes);
    const unclear = [...outcomes.values()].find(({ kind }) => kind === 'unknown');
    if (unclear?.kind === 'unknown') throw new Error(`the rail's answer is not known: ${unclear.message}`);
  }

  /** Looks at everything that lies there: a wait is over, an answer was lost. What fails stops nothing else. */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - MINUTE_MS);
    let after: string | undefined;
    for (let isMore = true; isMore;) {
      const page = { before, after, limit: BATCH };
      const ids = await this.unitOfWork.readAs(RAIL, ({ db }) => listAtRail(db, page));
      after = ids.at(-1);
      isMore = ids.length === BATCH;
      if (ids.length > 0)
        await this.run(ids).catch((error: Error) =>
          log.warn({ payouts: ids.length, detail: error.message }, 'not all was sent on to banks'),
        );
    }
  }

  /**
   * Judges, under locks, what may be sent on now, and commits to which bank account it goes. What was asked for without
   * an answer is asked for again as it was; while it would have to wait by now it is only looked up.
   */
  private async open(payoutIds: readonly string[]): Promise<Sending[]> {
    const sendings: Sending[] = [];
    await this.unitOfWork.run(RAIL, { name: 'open-sending' }, async (tx) => {
      const payouts = (await lockByIds(tx.db, payoutIds)).filter(liesAtRail);
      const expertIds = [...new Set(payouts.map(({ expertId }) => expertId))];
      await lockAccounts(tx.db, expertIds, 'SEND');
      const judged = await this.holds.judge(tx.db, tx.now, await railAccountsOf(tx.db, expertIds));
      const ofExpert = groupedBy(judged, ({ account }) => account.expertId);
      const begun: PayoutRecord[] = [];
      for (const payout of payouts) {
        const place = placeOf(payout, ofExpert.get(payout.expertId) ?? []);
        const sending = place && sendingOf(payout, place, tx.now);
        if (!sending) continue;
        sendings.push(sending);
        if (sending.payout !== payout) begun.push(sending.payout);
      }
      await keepAskedBanks(
        tx.db,
        begun.map(({ id, version, bankAttempt, railBankId }) => ({ id, version, bankAttempt, railBankId })),
        tx.now,
      );
    });
    return sendings;
  }

  /**
   * Absent: the rail has nothing of it, and may have forgotten the key. Undefined where it is not asked for again now: it
   * keeps its key, so that what may still arrive at the rail is done once.
   */
  private async send(each: Sending): Promise<Sent | undefined> {
    const { payout, railAccountId: recipientId, bankId, transferId } = each;
    const { id: payoutId, bankAttempt: attempt, bankAskedAt } = payout;
    const sending = { payoutId, attempt, transferId, recipientId, bankId };
    const waitedMs = bankAskedAt === null ? 0 : this.clock.now().getTime() - bankAskedAt.getTime();
    if (each.isLookedUpOnly || waitedMs >= LOOK_UP_AFTER_MS) {
      const found = await this.rail.findSentToBank(sending);
      if (found.kind !== 'done') return found;
      if (found.value) return { kind: 'done', value: found.value };
      if (bankAskedAt !== null && isKeyForgotten(bankAskedAt, this.clock.now())) return { kind: 'absent' };
    }
    if (each.isLookedUpOnly) return undefined;
    return this.rail.sendToBank(sending, `bank:${payoutId}:v${attempt}`);
  }

  /** Keeps the answers in one transaction; where that fails, each in one of its own, so that one stops no other. */
  private async keepAll(sendings: readonly Sending[], outcomes: ReadonlyMap<string, Sent>): Promise<void> {
    const keep = (some: readonly Sending[]) =>
      this.unitOfWork.run(RAIL, { name: 'keep-sendings' }, async (tx) => {
        const ids = some.map(({ payout }) => payout.id);
        const seen = new Map((await lockByIds(tx.db, ids)).map((payout) => [payout.id, payout]));
        for (const each of some)
          await this.keep(tx, each, { seen: seen.get(each.payout.id), sent: outcomes.get(each.payout.id) });
      });
    try {
      await keep(sendings);
    } catch {
      for (const each of sendings)
        await keep([each]).catch((error: Error) =>
          log.warn({ payoutId: each.payout.id, detail: error.message }, 'an answer was not kept'),
        );
    }
    for (const each of sendings)
      if (outcomes.get(each.payout.id)?.kind === 'refused') await this.lookAtBank(each);
  }

  /** Keeps one answer, unless an event was faster. */
  private async keep(
    tx: Tx,
    { payout, railAccountId }: Sending,
    { seen, sent }: { readonly seen?: PayoutRecord; readonly sent?: Sent },
  ): Promise<void> {
    if (sent === undefined || sent.kind === 'unknown') return;
    if (!seen || seen.bankAskedAt === null || seen.bankAttempt !== payout.bankAttempt) return;
    const coolDownHours = this.gates.coolDownHours();
    if (sent.kind === 'done') await advancePayout(tx, seen, sent.value, { railAccountId, coolDownHours });
    else await letRest(tx, seen, sent.kind === 'refused' ? sent : undefined);
  }

  /** Refused, perhaps because the bank account is there no more: which one is set now is asked, and begins its cool-down. */
  private async lookAtBank({ payout, railAccountId, bankId: railBankId }: Sending): Promise<void> {
    const account = await this.unitOfWork.readAs(RAIL, async ({ db }) =>
      (await findAccounts(db, [payout.expertId])).get(payout.expertId),
    );
    await this.banks.ask({ railAccountId, railBankId, currency: account?.currency ?? payout.currency });
  }
}

/** The account at the rail in which a payout lies. */
function placeOf(
  { railAccountId }: PayoutRecord,
  judged: readonly JudgedAccount[],
): JudgedAccount | undefined {
  return judged.find(({ account }) =>
    railAccountId === null ? !account.isPast : account.railAccountId === railAccountId,
  );
}

/** What is sent on now: a sending that has no answer, as it was, or another one; undefined where it has to wait. */
function sendingOf(
  payout: PayoutRecord,
  { account: { railAccountId, railBankId }, hold }: JudgedAccount,
  now: Date,
): Sending | undefined {
  const { railTransferId: transferId, bankAskedAt, bankRefusedAt } = payout;
  if (transferId === null) return undefined;
  if (bankAskedAt !== null && payout.railBankId !== null) {
    const isLookedUpOnly = hold.isHeld || payout.railBankId !== railBankId;
    return { payout, railAccountId, bankId: payout.railBankId, transferId, isLookedUpOnly };
  }
  const isResting = bankRefusedAt !== null && now < sentOnAgainAt(bankRefusedAt);
  if (hold.isHeld || railBankId === null || isResting) return undefined;
  const asked = { bankAttempt: payout.bankAttempt + 1, bankAskedAt: now, railBankId };
  const begun = { ...payout, ...asked };
  return { payout: begun, railAccountId, bankId: railBankId, transferId, isLookedUpOnly: false };
}

/** Lets a sending rest that the rail refused, or of which it has nothing: it is begun again, with another key. */
async function letRest(
  tx: Tx,
  seen: PayoutRecord,
  refusal: { readonly code: string; readonly message: string } | undefined,
): Promise<void> {
  const failureReason = refusal && sentence(refusal.code);
  const isNews = refusal !== undefined && failureReason !== seen.failureReason;
  await movePayout(tx.db, seen, {
    ...{ state: seen.state, bankAskedAt: null },
    ...(refusal && { bankRefusedAt: tx.now, failureReason }),
  });
  if (!isNews) return;
  const { id: subjectId, state: from, expertId, bankAttempt } = seen;
  const facts = { code: refusal.code, bankAttempt };
  tx.record({ subjectType: 'payout', subjectId, from, to: 'NOT_SENT_ON', facts, expertId });
  await notify(tx, { staff: 'FINANCE' }, NOT_SENT_ON);
}

/** A refusal in words for the expert. Source: docs.stripe.com/error-codes. */
function sentence(code: string): string {
  if (code === 'resource_missing') return 'The bank account is not in your payout account any more.';
  if (code === 'payouts_not_allowed') return 'Your payout account may not pay out at the moment.';
  return code === 'balance_insufficient'
    ? 'The money is not free in your payout account.'
    : `It gave the reason “${words(code)}”.`;
}

const words = (code: string) => code.replaceAll('_', ' ');

const NOT_SENT_ON = {
  kind: 'PAYOUT_FAILED',
  title: 'A payout was not sent on to a bank',
  body: 'It is safe in the expert’s payout account. The rail refused to send it on; it is asked again every hour.',
  link: '/admin/payouts',
};
