import { dayWords } from '../date/date-words';
import { formatAmount, type Currency } from '../money/money';
import { TAX_FORMS, type TaxFormStanding } from './tax-form';
import type { FormRequirement } from './year-totals';

/** Who can open a gate: the expert, the platform, or time. */
export type Decider = 'EXPERT' | 'PLATFORM' | 'TIME';

/** One reason why money waits. */
export interface PayoutBlock {
  /** Code of the gate. */
  readonly gate: string;
  /** In words for the expert. */
  readonly reason: string;
  readonly decidedBy: Decider;
}

/** A block with its date, ISO 8601 UTC: when time opens it, or by when the platform looks at it; absent where the expert acts first. */
export interface DatedBlock extends PayoutBlock {
  readonly until?: string;
  /** Of what a person of staff has to approve: true where somebody was asked; otherwise `until` is when somebody is. */
  readonly isAsked?: boolean;
  /** Of the same: true where somebody was asked before, and that request ended without being done. */
  readonly wasAsked?: boolean;
  /** When the gate closed, ISO 8601 UTC, where that is known better than by the age of the money. */
  readonly since?: string;
}

/** What holds an expert's money by a person's decision, or until a person decides. */
export interface StandingHold {
  readonly kind: 'STAFF' | 'SANCTIONS';
  readonly reason: string;
  readonly reviewOn: Date;
}

/** What the standing gates look at: those that hold whatever is asked for. */
export interface StandingFacts {
  /** Where payouts are stopped for everybody: why, and when somebody looks again. */
  readonly stop?: { readonly reason: string; readonly reviewOn: Date };
  readonly holds: readonly StandingHold[];
  /** Whether the recipient's capability is active at the rail. */
  readonly hasActiveAccount: boolean;
  /** Since when the bank refuses the account, until it has other details; absent where it does not. */
  readonly restrictedAt?: Date;
  /** When the expert moved to another country, and so to another account; absent where they did not. */
  readonly movedAt?: Date;
  /** When another bank account was set, and how long payouts wait for it, hours. */
  readonly bankChangedAt?: Date;
  readonly coolDownHours: number;
}

/** What a person of staff was asked about last, and how that ended; absent where it waits. */
export interface LastAsked {
  readonly at: Date;
  /** Minor units. */
  readonly amountMinor: bigint;
  /** When the request lapses that nobody decides on. */
  readonly lapsesAt: Date;
  readonly end?: { readonly at: Date; readonly why: string };
}

/** What the gates of an amount look at besides. Minor units of one currency. */
export interface AmountFacts {
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly minimumMinor: bigint;
  /** The smallest part that an expert may ask for themselves. */
  readonly smallestPartMinor: bigint;
  readonly railAvailableMinor: bigint;
  readonly taxForm: TaxFormStanding;
  /** Sent in this calendar year (UTC), and from which sum of it on a form must be there. */
  readonly sentThisYearMinor: bigint;
  readonly taxFormFrom: FormRequirement;
  /** Asked for today, and how much of it may be. */
  readonly sentToday: { readonly count: number; readonly amountMinor: bigint };
  readonly mostPerDay: { readonly count: number; readonly amountMinor: bigint };
  /** Above this a person of staff approves. */
  readonly approvalAboveMinor: bigint;
  /** Sent within 24 hours without anybody's approval, minor units: parts of a large payout count together. */
  readonly sentUnseenMinor: bigint;
  /** The amount that was approved for this payout. */
  readonly approvedMinor?: bigint;
  readonly isDeclined: boolean;
  /** Whether a person of staff was asked to approve this payout and has not decided. */
  readonly isAsked: boolean;
  readonly lastAsked?: LastAsked;
  /** When the next run looks again, and when the first one does of another day (UTC). */
  readonly nextRunAt: Date;
  readonly nextDayRunAt: Date;
  /** By when the platform decides. */
  readonly reviewOn: Date;
}

const HOUR_MS = 3_600_000;

/** The gates that hold whatever is asked for. A transfer asks them again. */
export function standingBlocks(facts: StandingFacts, now: Date): DatedBlock[] {
  const blocks: DatedBlock[] = [];
  if (facts.stop) {
    const reason = `All payouts are stopped for a check: ${sentence(facts.stop.reason)}`;
    blocks.push({ gate: 'STOPPED', reason, decidedBy: 'PLATFORM', until: facts.stop.reviewOn.toISOString() });
  }
  for (const { kind, reason, reviewOn } of facts.holds)
    blocks.push({
      gate: kind === 'SANCTIONS' ? 'SANCTIONS' : 'HOLD',
      reason: sentence(reason),
      decidedBy: 'PLATFORM',
      until: reviewOn.toISOString(),
    });
  if (!facts.hasActiveAccount)
    blocks.push({
      gate: 'PAYOUT_ACCOUNT',
      reason: accountReason(facts),
      decidedBy: 'EXPERT',
      ...(facts.restrictedAt && { since: facts.restrictedAt.toISOString() }),
    });
  const coolUntil = bankWaitEnd(facts, now);
  if (facts.bankChangedAt && coolUntil)
    blocks.push({
      gate: 'BANK_CHANGE',
      reason: `Another bank account was set on ${dayWords(facts.bankChangedAt)}. Payouts wait ${facts.coolDownHours} hours for it, so that nobody else can send your money away.`,
      decidedBy: 'TIME',
      until: coolUntil.toISOString(),
    });
  return blocks;
}

/** Until when payouts wait because another bank account was set; undefined where they do not. */
export function bankWaitEnd(
  { bankChangedAt, coolDownHours }: Pick<StandingFacts, 'bankChangedAt' | 'coolDownHours'>,
  now: Date,
): Date | undefined {
  return waitEnd(bankChangedAt, coolDownHours, now);
}

/** When a wait that began at an instant ends; undefined where none began, or it is over. */
export function waitEnd(since: Date | undefined, hours: number, now: Date): Date | undefined {
  if (!since) return undefined;
  const end = new Date(since.getTime() + hours * HOUR_MS);
  return end > now ? end : undefined;
}

function accountReason({ movedAt, restrictedAt, coolDownHours }: StandingFacts): string {
  if (restrictedAt)
    return `The bank does not take payouts to your account any more. Give the payment provider other bank details; payouts go on ${coolDownHours} hours after that, so that nobody else can send your money away.`;
  return movedAt
    ? `You moved your payouts to another country on ${dayWords(movedAt)}. The new account is not ready yet: answer what the payment provider asks. Your balance is kept for you.`
    : 'Set up where you want to be paid.';
}

/** The gates of an amount; each that is closed names its reason, who decides and its date. */
export function amountBlocks(facts: AmountFacts): DatedBlock[] {
  const nextRun = facts.nextRunAt.toISOString();
  const blocks = [taxBlock(facts), velocityBlock(facts), approvalBlock(facts)].filter(
    (each) => each !== undefined,
  );
  if (facts.amountMinor < facts.minimumMinor)
    blocks.push({
      gate: 'MINIMUM',
      reason: `It is less than the smallest payout, ${formatAmount({ minor: facts.minimumMinor, currency: facts.currency })}: each run looks whether there is that much by then.`,
      decidedBy: 'TIME',
      until: nextRun,
    });
  if (facts.railAvailableMinor < facts.amountMinor)
    blocks.push({
      gate: 'RAIL_BALANCE',
      reason: 'The money has not arrived at the bank yet.',
      decidedBy: 'TIME',
      until: nextRun,
    });
  return blocks;
}

/** Holds a payout of which less is payable now than was when it was asked for. */
export function takenBackBlock(nextRunAt: Date): DatedBlock {
  return {
    gate: 'TAKEN_BACK',
    reason: 'Less is payable now than when this was asked for. The next payout run sends what is payable.',
    decidedBy: 'TIME',
    until: nextRunAt.toISOString(),
  };
}

function taxBlock({
  taxForm,
  amountMinor,
  sentThisYearMinor,
  taxFormFrom: { year, fromMinor },
  currency,
}: AmountFacts): DatedBlock | undefined {
  if (taxForm.state === 'SIGNED' || sentThisYearMinor + amountMinor < fromMinor) return undefined;
  const name = TAX_FORMS[taxForm.kind].name;
  const what =
    taxForm.state === 'EXPIRED' ? `Your form ${name} has run out: sign it again.` : `Sign your form ${name}.`;
  return {
    gate: 'TAX_FORM',
    reason: `${what} ${formDueWords({ year, fromMinor }, currency)} Until you have signed, that payout and those after it wait; the money is kept for you.`,
    decidedBy: 'EXPERT',
  };
}

/** By when a tax form must be there: before how much, of which year. */
export function formDueWords({ year, fromMinor }: FormRequirement, currency: Currency): string {
  const from = formatAmount({ minor: fromMinor, currency });
  return fromMinor === 0n
    ? `It must be there before your first payout in ${currency}.`
    : `It must be there before the payout with which your ${year} comes to ${from} or more.`;
}

function velocityBlock({
  sentToday,
  mostPerDay,
  amountMinor,
  currency,
  nextDayRunAt,
}: AmountFacts): DatedBlock | undefined {
  const most = formatAmount({ minor: mostPerDay.amountMinor, currency });
  const isOften = sentToday.count >= mostPerDay.count;
  const isMuch = sentToday.count > 0 && sentToday.amountMinor + amountMinor > mostPerDay.amountMinor;
  if (!isOften && !isMuch) return undefined;
  const reason = isOften
    ? `${mostPerDay.count} payouts were asked for today; more follow tomorrow.`
    : `At most ${most} a day goes out in several payouts; the rest follows tomorrow.`;
  return { gate: 'VELOCITY', reason, decidedBy: 'TIME', until: nextDayRunAt.toISOString() };
}

function approvalBlock(facts: AmountFacts): DatedBlock | undefined {
  const { amountMinor, approvalAboveMinor, approvedMinor, isDeclined, isAsked, currency } = facts;
  const isLarge = facts.sentUnseenMinor + amountMinor > approvalAboveMinor;
  if (!isLarge || approvedMinor === amountMinor) return undefined;
  const what =
    approvalAboveMinor === 0n
      ? `Each payout in ${currency}`
      : `What goes out above ${formatAmount({ minor: approvalAboveMinor, currency })} within 24 hours`;
  const reason = isDeclined
    ? 'A person of staff looked at this payout and did not approve it. You get a message that says why and what to do.'
    : `${what} is looked at by a person of staff before it leaves.${askedWords(facts)}`;
  const until = (isAsked ? facts.reviewOn : facts.nextRunAt).toISOString();
  const wasAsked = !isAsked && !isDeclined && facts.lastAsked?.end !== undefined;
  return { gate: 'FOUR_EYES', reason, decidedBy: 'PLATFORM', until, isAsked, ...(wasAsked && { wasAsked }) };
}

/** What was asked when, and how it ended, as a sentence after another; empty where nobody was asked. */
function askedWords({ lastAsked, currency }: AmountFacts): string {
  if (!lastAsked) return '';
  const { at, amountMinor, lapsesAt, end } = lastAsked;
  const asked = ` They were asked on ${dayWords(at)} about ${formatAmount({ minor: amountMinor, currency })}`;
  return end
    ? `${asked}; that request ended on ${dayWords(end.at)}: ${sentence(end.why)}`
    : `${asked}. Where nobody has decided by ${dayWords(lapsesAt)} that request lapses, and they are asked again with the next payout run.`;
}

/** The largest part of an amount that the gates of an amount let through and no person has to look at; minor units, 0 where there is none. */
export function partThatNeedsNobody(facts: AmountFacts): bigint {
  const { taxForm, taxFormFrom, sentToday, mostPerDay } = facts;
  if (sentToday.count >= mostPerDay.count) return 0n;
  const rooms = [
    facts.amountMinor,
    facts.railAvailableMinor,
    facts.approvalAboveMinor - facts.sentUnseenMinor,
    ...(taxForm.state === 'SIGNED' ? [] : [taxFormFrom.fromMinor - facts.sentThisYearMinor - 1n]),
    ...(sentToday.count > 0 ? [mostPerDay.amountMinor - sentToday.amountMinor] : []),
  ];
  const most = rooms.reduce((least, room) => (room < least ? room : least));
  return most >= facts.smallestPartMinor ? most : 0n;
}

/** A reason as a sentence: with one end. */
function sentence(text: string): string {
  const plain = text.trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
