import { accountCode, formatAmount, isCurrency, type Currency } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { lapseApproval, waitingOfExperts, type ExpertApproval } from '../audit/audit.public';
import { balancesOf } from '../ledger/ledger.public';
import { notify } from '../notification/notification.public';
import { gatedExperts, type GatedExpert } from './gate-facts.repository';
import { SEND_PAYOUT } from './gates';
import { onItsWay } from './on-its-way';
import { openPayouts, payoutsByIds, type OpenPayout } from './payout-batch.repository';

/** A payout that waits at a gate or was refused by the rail. */
const WAITS: readonly string[] = ['GATED', 'FAILED'];

/**
 * Lets lapse what a person of staff was asked to approve and what is no more as it was asked: some of it left, less is
 * payable, or it would go to another account. Tells the expert; the next run asks again about what is left.
 */
export async function lapseOvertaken(
  tx: Tx,
  expertIds: readonly string[],
  currency: Currency,
): Promise<void> {
  const waiting = await waitingOfExperts(tx, SEND_PAYOUT, expertIds, currency);
  if (waiting.length === 0) return;
  const ids = waiting.map(({ expertId }) => expertId);
  const experts = await gatedExperts(tx.db, ids);
  const payouts = new Map(
    (
      await payoutsByIds(
        tx.db,
        waiting.map(({ subjectId }) => subjectId),
      )
    ).map((each) => [each.id, each]),
  );
  const open = await openPayouts(tx.db, ids, currency);
  const balances = await balancesOf(
    tx.db,
    ids.map((id) => accountCode.expertPayable(id, currency)),
  );
  for (const asked of waiting) {
    const own = open.filter(({ expertId }) => expertId === asked.expertId);
    const owedMinor = balances.get(accountCode.expertPayable(asked.expertId, currency))?.postedMinor ?? 0n;
    const why = whyOvertaken(asked, {
      payout: payouts.get(asked.subjectId),
      payableMinor: owedMinor - onItsWay(own),
      expert: experts.get(asked.expertId),
    });
    if (why !== undefined && (await lapseApproval(tx, asked.id, why))) await tell(tx, asked, why);
  }
}

/** Why what was asked is no more so; undefined where it is. */
function whyOvertaken(
  { amountMinor, currency, payload }: ExpertApproval,
  now: {
    readonly payout?: Pick<OpenPayout, 'state' | 'amountMinor'>;
    readonly payableMinor: bigint;
    readonly expert?: GatedExpert;
  },
): string | undefined {
  const { payout, payableMinor, expert } = now;
  const words = (minor: bigint) =>
    currency !== null && isCurrency(currency) ? formatAmount({ minor, currency }) : '';
  if (!payout || !WAITS.includes(payout.state))
    return payout ? `${words(payout.amountMinor)} of it was sent meanwhile.` : 'It does not wait any more.';
  if (amountMinor !== null && payableMinor < amountMinor)
    return `Only ${words(payableMinor > 0n ? payableMinor : 0n)} of it is payable now.`;
  if (payload.railAccountId !== expert?.railAccountId) return 'It would go to another account now.';
  return undefined;
}

async function tell(tx: Tx, { expertId, summary }: ExpertApproval, why: string): Promise<void> {
  await notify(
    tx,
    { expertId },
    {
      kind: 'APPROVAL_ENDED',
      title: 'What a person was asked to approve has changed',
      body: `They were asked: ${summary} ${why} So that request lapsed, and nothing is lost. Where what is left still needs a person, they are asked again with the next payout run.`,
      link: '/expert/earnings',
    },
  );
}
