/** A movement on the balance at the rail, net of its fee, minor units as the balance sees it. */
export interface RailLeg {
  readonly id: string;
  readonly subjectId: string | null;
  /** The rail's reporting category. */
  readonly category: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly at: Date;
  /** Of a transfer: the group that names the payout that it is for; null where it names none. */
  readonly transferGroup?: string | null;
}

/** What a ledger transaction moved on the accounts that stand for the rail. */
export interface LedgerLeg {
  readonly transactionId: string;
  readonly key: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly at: Date;
}

/** Why a movement and the ledger do not say the same. */
export type BreakClass =
  | 'MISSING_IN_LEDGER'
  | 'MISSING_IN_RAIL'
  | 'AMOUNT_DIFF'
  | 'CURRENCY_DIFF'
  | 'DUPLICATE'
  | 'TIMING'
  /** The balances differ by more than all other breaks together explain. */
  | 'BALANCE';

export interface Break {
  /** The movement's id, or the ledger transaction's where the rail has none. */
  readonly about: string;
  readonly class: BreakClass;
  readonly movementId: string | null;
  readonly transactionId: string | null;
  readonly currency: string;
  readonly railMinor: bigint | null;
  readonly ledgerMinor: bigint | null;
}

export interface Reconciled {
  readonly matches: readonly { readonly movementId: string; readonly transactionId: string }[];
  readonly breaks: readonly Break[];
  /** By currency: by how much the rail's balance is above the ledger's because of what has no partner, minor units. */
  readonly explained: ReadonlyMap<string, bigint>;
}

/** For so long one side may be ahead of the other before something is missing, milliseconds: webhooks and calls are under way. */
const UNDER_WAY_MS = 15 * 60_000;

/** Which facts of the ledger a category of the rail can be. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  charge: ['cleared', 'arrived'],
  payment: ['cleared', 'arrived'],
  refund: ['refunded'],
  refund_failure: ['returned'],
  transfer: ['transferred'],
  transfer_reversal: ['reversed'],
  payout: ['withdrawn'],
  topup: ['topped-up'],
};

/** The rail's category of what it takes by itself, not of a movement of ours. */
export const RAIL_FEE = 'fee';

/** The key under which the ledger keeps a fee that the rail took by itself. */
export function railFeeKey(movementId: string): string {
  return `stripe:${movementId}:fee`;
}

/** The keys under which the ledger keeps a movement, the likeliest first. */
export function ledgerKeysOf({ id, subjectId, category }: RailLeg): readonly string[] {
  if (category.startsWith('dispute')) return [`stripe:${id}:dispute`];
  if (category === RAIL_FEE) return [railFeeKey(id)];
  return (FACTS[category] ?? []).map((fact) => `stripe:${subjectId ?? id}:${fact}`);
}

/**
 * Lays the rail's movements beside the ledger's legs, one to one. What has no partner, or another amount or currency
 * than it, is a break; while it is younger than a quarter of an hour it is one of timing only.
 * A second transfer of one group is paid twice, however young it is.
 * @param taken ledger transactions that other movements were matched with before
 * @param paidGroups groups of transfers that were matched before
 */
export function reconcile(
  movements: readonly RailLeg[],
  legs: readonly LedgerLeg[],
  taken: ReadonlySet<string>,
  now: Date,
  paidGroups: ReadonlySet<string> = new Set(),
): Reconciled {
  const byKey = new Map(legs.map((leg) => [leg.key, leg]));
  const used = new Set(taken);
  const matches: { movementId: string; transactionId: string }[] = [];
  const breaks: Break[] = [];
  const claimed = new Set<string>();
  const legOf = (movement: RailLeg) =>
    ledgerKeysOf(movement)
      .map((key) => byKey.get(key))
      .find((each) => each !== undefined);
  const groups = new Set(paidGroups);
  for (const movement of movements)
    if (movement.transferGroup && legOf(movement)) groups.add(movement.transferGroup);
  for (const movement of movements) {
    const leg = legOf(movement);
    if (leg) claimed.add(leg.transactionId);
    const isSecond = !leg && groups.has(movement.transferGroup ?? '');
    const found = isSecond ? 'DUPLICATE' : classOf(movement, leg, used, now);
    if (movement.transferGroup) groups.add(movement.transferGroup);
    if (found !== undefined) {
      breaks.push(breakOf(found, movement, leg));
    } else if (leg) {
      used.add(leg.transactionId);
      matches.push({ movementId: movement.id, transactionId: leg.transactionId });
    }
  }
  for (const leg of legs) {
    if (leg.netMinor === 0n || used.has(leg.transactionId) || claimed.has(leg.transactionId)) continue;
    breaks.push(breakOf(isUnderWay(leg.at, now) ? 'TIMING' : 'MISSING_IN_RAIL', undefined, leg));
  }
  const matched = new Set(matches.map(({ movementId }) => movementId));
  const explained = sumsOf([
    ...movements.filter(({ id }) => !matched.has(id)),
    ...legs
      .filter(({ transactionId }) => !used.has(transactionId))
      .map(({ currency, netMinor }) => ({ currency, netMinor: -netMinor })),
  ]);
  return { matches, breaks, explained };
}

function sumsOf(rows: readonly Pick<RailLeg, 'currency' | 'netMinor'>[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, netMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0n) + netMinor);
  return sums;
}

function classOf(
  movement: RailLeg,
  leg: LedgerLeg | undefined,
  used: ReadonlySet<string>,
  now: Date,
): BreakClass | undefined {
  if (!leg) return isUnderWay(movement.at, now) ? 'TIMING' : 'MISSING_IN_LEDGER';
  if (used.has(leg.transactionId)) return 'DUPLICATE';
  if (leg.currency !== movement.currency) return 'CURRENCY_DIFF';
  return leg.netMinor === movement.netMinor ? undefined : 'AMOUNT_DIFF';
}

function isUnderWay(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() < UNDER_WAY_MS;
}

function breakOf(kind: BreakClass, movement: RailLeg | undefined, leg: LedgerLeg | undefined): Break {
  return {
    about: movement?.id ?? leg?.transactionId ?? '',
    class: kind,
    movementId: movement?.id ?? null,
    transactionId: leg?.transactionId ?? null,
    currency: movement?.currency ?? leg?.currency ?? '',
    railMinor: movement?.netMinor ?? null,
    ledgerMinor: leg?.netMinor ?? null,
  };
}

/** Within how many days a break of each class is ended: money that one side does not know comes first. */
export const BREAK_DAYS: Readonly<Record<BreakClass, number>> = {
  MISSING_IN_LEDGER: 1,
  DUPLICATE: 1,
  AMOUNT_DIFF: 1,
  CURRENCY_DIFF: 1,
  BALANCE: 1,
  MISSING_IN_RAIL: 3,
  TIMING: 3,
};
const DAY_MS = 86_400_000;

/** Until when a break is to be ended. */
export function breakDueAt(kind: BreakClass, foundAt: Date): Date {
  return new Date(foundAt.getTime() + BREAK_DAYS[kind] * DAY_MS);
}

/** How old a break is, in whole days since it was found: at least `from`, less than `to`. */
export const BREAK_AGES = [
  { code: 'DAYS_0_1', from: 0, to: 2 },
  { code: 'DAYS_2_3', from: 2, to: 4 },
  { code: 'DAYS_4_7', from: 4, to: 8 },
  { code: 'DAYS_OVER_7', from: 8, to: Infinity },
] as const;
export type BreakAge = (typeof BREAK_AGES)[number]['code'];

/** When breaks of an age were found, as it is now: after one instant, at or before the other. */
export function foundWithin(age: BreakAge, now: Date): { readonly after?: Date; readonly upTo: Date } {
  const { from, to } = BREAK_AGES.find(({ code }) => code === age) ?? BREAK_AGES[0];
  return {
    ...(to !== Infinity && { after: new Date(now.getTime() - to * DAY_MS) }),
    upTo: new Date(now.getTime() - from * DAY_MS),
  };
}
