/** A movement on the balance at the rail, net of its fee, minor units as the balance sees it. */
export interface RailLeg {
  readonly id: string;
  readonly subjectId: string | null;
  /** The rail's reporting category. */
  readonly category: string;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly at: Date;
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
  'MISSING_IN_LEDGER' | 'MISSING_IN_RAIL' | 'AMOUNT_DIFF' | 'CURRENCY_DIFF' | 'DUPLICATE' | 'TIMING';

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

/** The keys under which the ledger keeps a movement, the likeliest first. */
export function ledgerKeysOf({ id, subjectId, category }: RailLeg): readonly string[] {
  if (category.startsWith('dispute')) return [`stripe:${id}:dispute`];
  return (FACTS[category] ?? []).map((fact) => `stripe:${subjectId ?? id}:${fact}`);
}

/**
 * Lays the rail's movements beside the ledger's legs, one to one. What has no partner, or another amount or currency
 * than it, is a break; while it is younger than a quarter of an hour it is one of timing only.
 * @param taken ledger transactions that other movements were matched with before
 */
export function reconcile(
  movements: readonly RailLeg[],
  legs: readonly LedgerLeg[],
  taken: ReadonlySet<string>,
  now: Date,
): Reconciled {
  const byKey = new Map(legs.map((leg) => [leg.key, leg]));
  const used = new Set(taken);
  const matches: { movementId: string; transactionId: string }[] = [];
  const breaks: Break[] = [];
  const claimed = new Set<string>();
  for (const movement of movements) {
    const leg = ledgerKeysOf(movement)
      .map((key) => byKey.get(key))
      .find((each) => each !== undefined);
    if (leg) claimed.add(leg.transactionId);
    const found = classOf(movement, leg, used, now);
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
  return { matches, breaks };
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
