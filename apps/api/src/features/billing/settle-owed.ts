import { accountCode, nettedOf, owedSettled } from '@tallystick/domain';
import type { Tx } from '../../platform/prisma/transaction';
import { balancesOf, post } from '../ledger/ledger.public';

/**
 * What an expert owes, because a line was taken back after it was paid, goes off what they have just earned: the newest
 * earnings settle it first, with no more than a share of each line's pay (whole percent), in an entry of its own that their statement shows. The earnings stand as
 * they were approved. Called after the charge was posted, so that two charges of one expert do not settle the same twice.
 */
export async function settleOwed(
  tx: Tx,
  charge: {
    readonly id: string;
    readonly expertId: string;
    readonly currency: string;
    readonly payMinor: bigint;
  },
  sharePercent: number,
): Promise<void> {
  const { id, expertId, currency, payMinor } = charge;
  const code = accountCode.expertReceivable(expertId, currency);
  const owedMinor = (await balancesOf(tx.db, [code])).get(code)?.postedMinor ?? 0n;
  const amountMinor = nettedOf(owedMinor, payMinor, sharePercent);
  if (amountMinor === 0n) return;
  await post(tx, {
    key: `charge:${id}:settles`,
    kind: 'reversal-settled',
    subjectType: 'charge',
    subjectId: id,
    lines: owedSettled({ expertId, currency, amountMinor }),
  });
}
