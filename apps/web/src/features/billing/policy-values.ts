import {
  assessLine,
  checkPolicy,
  isByLine,
  isCurrency,
  parseAmount,
  termsOf,
  termsWords,
  type FeeTier,
  type PolicyRules,
  type SideParts,
  type TakeRateScope,
} from '@tallystick/domain';
import { minorOf } from '../../lib/money';
import { rules, said } from '../../lib/rules';

/** What the form of a policy holds. */
export const POLICY_VALUES = {
  scope: 'DEFAULT' as string,
  lab: '',
  project: '',
  expert: '',
  fee: '',
  expertFee: '0',
  rounding: 'HALF_EVEN' as string,
  currency: 'USD',
  tiers: '',
  fixed: '',
  minimum: '',
  cap: '',
  expertFixed: '',
  expertMinimum: '',
  from: '',
  to: '',
  reason: '',
};
export type PolicyValues = typeof POLICY_VALUES;

/** Which fields of the form the server's fields are. */
export const POLICY_FIELDS = {
  labFeePpm: 'fee',
  expertFeePpm: 'expertFee',
  effectiveFrom: 'from',
  effectiveTo: 'to',
  labId: 'lab',
  projectId: 'project',
  expertId: 'expert',
  'feeParts.currency': 'currency',
  'lab.tiers': 'tiers',
  'lab.fixedMinor': 'fixed',
  'lab.minimumMinor': 'minimum',
  'lab.monthlyCapMinor': 'cap',
  'expert.fixedMinor': 'expertFixed',
  'expert.minimumMinor': 'expertMinimum',
} as const;

const PPM_OF_A_PERCENT = 10_000;
const isPercent = (text: string) => /^\d{1,2}(\.\d{1,2})?$/.test(text.trim()) && Number(text) <= 50;
const percentage = rules
  .string()
  .check(rules.refine(isPercent, 'Write a percentage from 0 to 50, with at most two decimals, e.g. 12.50.'));
const ppmOf = (text: string) => Math.round(Number(text) * PPM_OF_A_PERCENT);

const isAmount = (text: string, currency: string) =>
  text.trim() === '' || (isCurrency(currency) && parseAmount(text, currency).ok);

const amountFaultAt = (name: string) => ({
  path: [name],
  message: 'Write an amount, e.g. 0.50, or leave it empty.',
});

/** What can be said wrong before anything is sent. */
export const POLICY_RULES = rules
  .object({
    scope: rules.string(),
    lab: rules.string(),
    project: rules.string(),
    expert: rules.string(),
    fee: percentage,
    expertFee: percentage,
    rounding: rules.string(),
    currency: rules.string(),
    tiers: rules.string(),
    fixed: rules.string(),
    minimum: rules.string(),
    cap: rules.string(),
    expertFixed: rules.string(),
    expertMinimum: rules.string(),
    from: said('Say from which day on.', 10),
    to: rules.string(),
    reason: rules
      .string()
      .check(
        rules.trim(),
        rules.minLength(10, 'Give the reason in a sentence: it stays beside the policy.'),
        rules.maxLength(2000, 'At most 2000 characters fit here.'),
      ),
  })
  .check(
    rules.refine(({ scope, lab }) => scope === 'DEFAULT' || scope === 'PROMO' || lab !== '', {
      path: ['lab'],
      message: 'Choose the lab.',
    }),
    rules.refine(({ scope, project }) => scope !== 'PROJECT' || project !== '', {
      path: ['project'],
      message: 'Choose the project.',
    }),
    rules.refine(({ scope, expert }) => scope !== 'LAB_EXPERT' || expert !== '', {
      path: ['expert'],
      message: 'Choose the expert.',
    }),
    rules.refine(({ scope, to }) => scope !== 'PROMO' || to !== '', {
      path: ['to'],
      message: 'A promotion needs its last day.',
    }),
    rules.refine(({ tiers, currency }) => tiersOf(tiers, currency) !== undefined, {
      path: ['tiers'],
      message: 'Write one tier a line: the sum, a colon, the percentage, e.g. 100000: 12.',
    }),
    rules.refine(({ fixed, currency }) => isAmount(fixed, currency), amountFaultAt('fixed')),
    rules.refine(({ minimum, currency }) => isAmount(minimum, currency), amountFaultAt('minimum')),
    rules.refine(({ cap, currency }) => isAmount(cap, currency), amountFaultAt('cap')),
    rules.refine(
      ({ expertFixed, currency }) => isAmount(expertFixed, currency),
      amountFaultAt('expertFixed'),
    ),
    rules.refine(
      ({ expertMinimum, currency }) => isAmount(expertMinimum, currency),
      amountFaultAt('expertMinimum'),
    ),
  );

/** Tiers as they are typed, one a line; undefined where one cannot be read. */
function tiersOf(text: string, currency: string): FeeTier[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const tiers = lines.map((line) => {
    const [sum = '', share = '', ...more] = line.split(':').map((part) => part.replace('%', '').trim());
    const aboveMinor = minorOf(sum, currency);
    return aboveMinor === '' || !isPercent(share) || more.length > 0
      ? undefined
      : { aboveMinor, ppm: ppmOf(share) };
  });
  return tiers.includes(undefined) ? undefined : (tiers as FeeTier[]);
}

/** Amounts are not asked of everybody: whoever works in another currency would have none of it. */
export function takesParts(scope: string): boolean {
  return scope !== 'DEFAULT';
}

/** What is typed as the policy that is sent. */
export function policyOf(values: PolicyValues) {
  const { scope, currency } = values;
  const isForLab = scope === 'LAB' || scope === 'PROJECT' || scope === 'LAB_EXPERT';
  const amount = (text: string) => {
    const minor = minorOf(text, currency);
    return minor === '' ? undefined : minor;
  };
  const tiers = tiersOf(values.tiers, currency) ?? [];
  const lab = {
    ...(tiers.length > 0 && { tiers }),
    fixedMinor: amount(values.fixed),
    minimumMinor: amount(values.minimum),
    monthlyCapMinor: amount(values.cap),
  };
  const expert = { fixedMinor: amount(values.expertFixed), minimumMinor: amount(values.expertMinimum) };
  const hasParts = [...Object.values(lab), ...Object.values(expert)].some((part) => part !== undefined);
  return {
    scope: scope as TakeRateScope,
    labId: isForLab ? values.lab : null,
    projectId: scope === 'PROJECT' ? values.project : null,
    expertId: scope === 'LAB_EXPERT' ? values.expert : null,
    labFeePpm: ppmOf(values.fee),
    expertFeePpm: ppmOf(values.expertFee),
    rounding: values.rounding as 'HALF_EVEN' | 'HALF_UP',
    feeParts: hasParts && takesParts(scope) ? { currency, lab, expert } : null,
    effectiveFrom: `${values.from}T00:00:00.000Z`,
    effectiveTo: scope !== 'DEFAULT' && values.to ? `${values.to}T00:00:00.000Z` : null,
    reason: values.reason,
  };
}

const HOURS = 10;
/** A line that is short: a fixed amount or a minimum may take much of it. */
const SHORT_MINUTES = 5;
/** Pay an hour of the example, whole units of the currency. */
const RATE = '80';

/** What a line of ten hours, and where amounts count by line a short one, would cost under what is typed, in words and numbers; or what is wrong with it. */
export function previewOf(values: PolicyValues) {
  const { currency } = values;
  if (!isPercent(values.fee) || !isPercent(values.expertFee)) return undefined;
  const { effectiveFrom, effectiveTo, feeParts, ...policy } = policyOf(values);
  const day = (at: string) => new Date(Number.isNaN(Date.parse(at)) ? 0 : at);
  const checked = checkPolicy({
    ...policy,
    ...(feeParts && { feeParts: { currency, lab: given(feeParts.lab), expert: given(feeParts.expert) } }),
    effectiveFrom: day(effectiveFrom),
    effectiveTo: effectiveTo === null ? null : day(effectiveTo),
  } satisfies PolicyRules);
  if (!checked.ok) return { fault: checked.refusal.message };
  const terms = termsOf(checked.value);
  const rateMinorPerHour = BigInt(minorOf(RATE, currency));
  const money = (minor: bigint) => ({ minor: minor.toString(), currency });
  const tallyOf = (seconds: number) => {
    const { priceMinor, payMinor, feeMinor } = assessLine({ rateMinorPerHour, seconds, terms });
    return { price: money(priceMinor), pay: money(payMinor), fee: money(feeMinor) };
  };
  return {
    words: termsWords(terms),
    rate: money(rateMinorPerHour),
    hours: HOURS,
    tally: tallyOf(HOURS * 3600),
    short: isByLine(terms) ? { minutes: SHORT_MINUTES, tally: tallyOf(SHORT_MINUTES * 60) } : undefined,
  };
}

/** Only the parts that are there. */
function given(parts: SideParts): SideParts {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}
