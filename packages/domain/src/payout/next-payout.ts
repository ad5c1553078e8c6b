/** A reason why nothing at all goes out, as far as its date matters. Instants are ISO 8601 UTC. */
interface Holding {
  readonly gate: string;
  readonly decidedBy: string;
  readonly until?: string | null;
}

/** What keeps every payout of an expert back: a date, a person's decision and the day it is due, or both. */
export interface NoPayout {
  readonly notBefore?: string;
  readonly decision?: { readonly dueBy: string };
}

/** Gates that hold whatever the amount is. */
const WHOLE: ReadonlySet<string> = new Set(['STOPPED', 'HOLD', 'SANCTIONS', 'BANK_CHANGE']);

/**
 * What keeps every payout back beyond the next run: nothing goes before the last of it ends. Undefined where the next run
 * may send something.
 */
export function noPayoutYet(blocks: readonly Holding[], nextRunAt: string): NoPayout | undefined {
  const whole = blocks.filter(({ gate }) => WHOLE.has(gate));
  const latest = (by: (block: Holding) => boolean) =>
    whole
      .filter(by)
      .flatMap(({ until }) => until ?? [])
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1);
  const dueBy = latest(({ decidedBy }) => decidedBy === 'PLATFORM');
  const opensAt = latest(({ decidedBy }) => decidedBy === 'TIME');
  const isLater = opensAt !== undefined && Date.parse(opensAt) > Date.parse(nextRunAt);
  if (dueBy === undefined && !isLater) return undefined;
  return { ...(isLater && { notBefore: opensAt }), ...(dueBy !== undefined && { decision: { dueBy } }) };
}
