import { dayWords } from '../date/date-words';
import { formatAmount, isCurrency } from '../money/money';
import type { SideParts } from './fee';
import type { TakeRateTerms } from './take-rate';
import type { TakeRatePolicy, TakeRateScope } from './take-rate-policy';

const SCOPE_WORDS: Record<TakeRateScope, string> = {
  LAB_EXPERT: 'agreed for this lab and this expert',
  PROJECT: 'agreed for this project',
  LAB: "in this lab's contract",
  PROMO: 'a promotion for everybody',
  DEFAULT: 'the default for everybody',
};

type WordedPolicy = Pick<TakeRatePolicy, 'scope' | 'effectiveTo'> & TakeRateTerms;

/** The sentences that both sides read of a policy in force: what each side pays, and why this policy holds. */
export function takeRateWords(policy: WordedPolicy): string {
  return `${termsWords(policy)} This is ${whyWords(policy)}.`;
}

/** The same for what is frozen on an offer and its engagement: true for good, whatever holds for others later. */
export function frozenTakeRateWords(policy: WordedPolicy): string {
  return `${termsWords(policy)} When the offer was made, this was ${whyWords(policy)}.`;
}

function whyWords({ scope, effectiveTo }: WordedPolicy): string {
  const until = scope === 'PROMO' && effectiveTo ? `, for offers before ${dayWords(effectiveTo)}` : '';
  return `${SCOPE_WORDS[scope]}${until}`;
}

/** What each side pays, as one sentence: the one builder of it, for offers, engagements and lines. */
export function termsWords({ labFeePpm, expertFeePpm, feeParts }: TakeRateTerms): string {
  const currency = feeParts?.currency ?? '';
  const lab = `${sideWords(labFeePpm, feeParts?.lab, currency)}, paid by the lab on top`;
  const isFree = expertFeePpm === 0 && Object.keys(feeParts?.expert ?? {}).length === 0;
  const expert = isFree
    ? 'nothing is taken from the expert'
    : `${sideWords(expertFeePpm, feeParts?.expert, currency)}, taken from the expert`;
  return `${lab}; ${expert}.`;
}

/** The percentages of two policies. */
type Percentages = Pick<TakeRateTerms, 'labFeePpm' | 'expertFeePpm'>;

/** A policy's percentages beside those of the default, as one sentence. */
export function besideDefaultWords(policy: Percentages, base: Percentages): string {
  const parts = [
    pointsWords('the lab pays', policy.labFeePpm, base.labFeePpm),
    pointsWords('the expert pays', policy.expertFeePpm, base.expertFeePpm),
  ].filter((each) => each !== undefined);
  if (parts.length === 0) return 'The same percentages as the default.';
  return `Beside the default ${parts.join(', and ')}.`;
}

function pointsWords(who: string, ppm: number, basePpm: number): string | undefined {
  if (ppm === basePpm) return undefined;
  const points = (Math.abs(ppm - basePpm) / 10_000).toFixed(2);
  return `${who} ${points} points ${ppm < basePpm ? 'less' : 'more'} (${percent(ppm)}, not ${percent(basePpm)})`;
}

function sideWords(ppm: number, parts: SideParts = {}, currency: string): string {
  const amount = (minor: string) =>
    isCurrency(currency) ? formatAmount({ minor: BigInt(minor), currency }) : `${minor} ${currency}`;
  const tiers = (parts.tiers ?? []).map(
    (tier) => `${percent(tier.ppm)} of what comes above ${amount(tier.aboveMinor)} between the two`,
  );
  const isByAmount = parts.fixedMinor !== undefined || parts.minimumMinor !== undefined;
  return [
    ...(ppm === 0 && isByAmount ? [] : [`${percent(ppm)} of agreed pay`]),
    ...tiers,
    ...(parts.fixedMinor === undefined
      ? []
      : [`${ppm === 0 ? '' : 'plus '}${amount(parts.fixedMinor)} a line`]),
    ...(parts.minimumMinor === undefined
      ? []
      : [`at least ${amount(parts.minimumMinor)} a line but never more than its pay`]),
    ...(isByAmount ? ['in one week never more than a full week logged hour by hour would cost'] : []),
    ...(parts.monthlyCapMinor === undefined
      ? []
      : [`at most ${amount(parts.monthlyCapMinor)} in a calendar month`]),
  ].join(', ');
}

/** Parts per million as a percentage: `15.00 %`. */
export function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(2)} %`;
}
