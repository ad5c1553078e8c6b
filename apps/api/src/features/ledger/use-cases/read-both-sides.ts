import { accountCode, ledgerKeysOf, reconcile, type Reconciled } from '@tallystick/domain';
import type { Db } from '../../../platform/prisma/database';
import type { RailBalance } from '../../rail/rail.public';
import { balancesOf, currenciesOfKind } from '../balance.repository';
import {
  legsByKey,
  legsWithoutMovement,
  listUnmatched,
  paidGroupsOf,
  takenOf,
  type Proof,
} from '../reconciliation.repository';

/** By how much the rail's balance is above the ledger's beyond what has no partner, minor units. */
export interface Unexplained {
  readonly currency: string;
  readonly minor: bigint;
}

/** Both sides as they were read once: what matches, what does not, and the balances. */
export interface Reading extends Reconciled {
  readonly looked: number;
  readonly proofs: readonly Proof[];
  readonly unexplained: readonly Unexplained[];
}

/** The last of the readings; settled where both sides were equal, or the one before said the same. */
export interface Settled extends Reading {
  readonly isSettled: boolean;
}

/** Reads the ledger of one instant and lays it beside what the rail told. */
export async function readLedger(
  db: Db,
  { looked, since, now }: { readonly looked: number; readonly since: Date; readonly now: Date },
  rail: readonly RailBalance[],
): Promise<Reading> {
  const movements = await listUnmatched(db);
  const keyed = await legsByKey(db, movements.flatMap(ledgerKeysOf));
  const known = new Set(keyed.map(({ transactionId }) => transactionId));
  const others = (await legsWithoutMovement(db, since)).filter((leg) => !known.has(leg.transactionId));
  const taken = await takenOf(db, [...known]);
  const found = reconcile(movements, [...keyed, ...others], taken, now, await paidGroupsOf(db, movements));
  const proofs = await proofsOf(db, rail);
  const unexplained = proofs.map((proof) => ({
    currency: proof.currency,
    minor: differenceOf(proof) - (found.explained.get(proof.currency) ?? 0n),
  }));
  return { ...found, looked, proofs, unexplained };
}

/** Rail less ledger, pending and available together, minor units. */
export function differenceOf(proof: Proof): bigint {
  const { railPendingMinor, railAvailableMinor, ledgerPendingMinor, ledgerAvailableMinor } = proof;
  return (
    BigInt(railPendingMinor) +
    BigInt(railAvailableMinor) -
    BigInt(ledgerPendingMinor) -
    BigInt(ledgerAvailableMinor)
  );
}

/** The currencies in which the balances differ, and by how much, as the journal keeps it. */
export function differencesOf(proofs: readonly Proof[]): { differences?: { [currency: string]: string } } {
  const apart = proofs.filter((proof) => differenceOf(proof) !== 0n);
  if (apart.length === 0) return {};
  return {
    differences: Object.fromEntries(apart.map((each) => [each.currency, String(differenceOf(each))])),
  };
}

/** True where the balances are equal and nothing is unexplained. */
export function isEqual({ proofs, unexplained }: Reading): boolean {
  return (
    proofs.every((proof) => differenceOf(proof) === 0n) && unexplained.every(({ minor }) => minor === 0n)
  );
}

/** What a reading says of the differences, to lay it beside the next. */
export function saidBy({ proofs, unexplained }: Reading): string {
  const differences = proofs.map((proof) => `${proof.currency} ${differenceOf(proof)}`);
  return [...differences, ...unexplained.map(({ minor }) => String(minor))].join(' ');
}

/** The balance in each currency that the rail lists or the ledger has something of. */
async function proofsOf(db: Db, rail: readonly RailBalance[]): Promise<Proof[]> {
  const listed = new Map(rail.map((each) => [each.currency, each]));
  const kept = [
    ...(await currenciesOfKind(db, 'rail_available')),
    ...(await currenciesOfKind(db, 'rail_pending')),
  ];
  const currencies = [...new Set([...listed.keys(), ...kept])].sort();
  const ledger = await balancesOf(
    db,
    currencies.flatMap((each) => [accountCode.railPending(each), accountCode.railAvailable(each)]),
  );
  const saying = (code: string) => (ledger.get(code)?.postedMinor ?? 0n).toString();
  return currencies
    .map((currency) => ({
      currency,
      ledgerPendingMinor: saying(accountCode.railPending(currency)),
      ledgerAvailableMinor: saying(accountCode.railAvailable(currency)),
      railPendingMinor: (listed.get(currency)?.pendingMinor ?? 0n).toString(),
      railAvailableMinor: (listed.get(currency)?.availableMinor ?? 0n).toString(),
    }))
    .filter((proof) => listed.has(proof.currency) || differenceOf(proof) !== 0n);
}
