import {
  dayOf,
  assessLine,
  conditionSentences,
  credentialWords,
  RUNGS,
  TASK_FAMILIES,
  type Assessment,
  type Rung,
  type TakeRateTerms,
  type TaskFamily,
} from '@tallystick/domain';
import type {
  Amount,
  Choice,
  OpeningData,
  OpeningRow,
  Realised,
  RungData,
  TallyData,
} from '../../../../web/src/public/page-data';
import { overlapOf, type PublicOpening } from '../project/project.public';
import type { RealisedRow } from './transparency.repository';

/** Choices of the filters. */
export const RUNG_CHOICES: Choice[] = Object.entries(RUNGS).map(([code, { label }]) => ({ code, label }));
export const FAMILY_CHOICES: Choice[] = Object.entries(TASK_FAMILIES).map(([code, label]) => ({
  code,
  label,
}));

export const amountOf = (minor: bigint, currency: string): Amount => ({ minor: minor.toString(), currency });

/** Three sums of one currency. */
export function tallyOf(sums: Assessment, currency: string): TallyData {
  return {
    price: amountOf(sums.priceMinor, currency),
    pay: amountOf(sums.payMinor, currency),
    fee: amountOf(sums.feeMinor, currency),
    takeRatePpm: takeRatePpmOf(sums),
  };
}

/** What was kept of agreed pay, parts per million. */
function takeRatePpmOf({ feeMinor, agreedMinor }: Assessment): number {
  return agreedMinor === 0n ? 0 : Number((feeMinor * 1_000_000n) / agreedMinor);
}

export function realisedOf(row: RealisedRow | undefined): Realised | undefined {
  return row && { median: amountOf(row.medianMinor, row.currency), people: row.people };
}

/** An opening as lists show it at an instant. */
export function rowOf(opening: PublicOpening, now: Date, realised?: RealisedRow): OpeningRow {
  const { project, currency } = opening;
  return {
    id: opening.id,
    title: opening.title,
    projectTitle: project.title,
    labName: opening.labName,
    rung: { code: opening.rung, label: RUNGS[opening.rung as Rung].label },
    taskFamily: { code: project.taskFamily, label: TASK_FAMILIES[project.taskFamily as TaskFamily] },
    rateMin: amountOf(opening.rateMinMinor, currency),
    rateMax: amountOf(opening.rateMaxMinor, currency),
    seats: opening.seats,
    seatsFree: opening.seats - opening.seatsFilled,
    hoursPerWeek: opening.hoursPerWeek,
    weeks: opening.weeks,
    ...(opening.startsOn > now && { startsOn: dayOf(opening.startsOn) }),
    countries: opening.countries,
    isAllPaid: project.unpaidParts === '',
    realised: realisedOf(realised),
  };
}

/** What an opening's page says, but for figures and other openings. */
export function detailOf(
  opening: PublicOpening,
): Omit<OpeningData, 'kind' | 'opening' | 'rungRealised' | 'similar' | 'posting'> {
  const { project, lab, takeRate } = opening;
  const hour = hourAt(opening.rateMaxMinor, takeRate.terms);
  return {
    state: opening.state as OpeningData['state'],
    summary: project.summary,
    description: opening.description,
    skills: opening.skills.map(({ label, isRequired }) => ({ label, isRequired })),
    credentials: opening.credentials.map(credentialWords),
    conditions: conditionSentences({ ...opening, overlap: overlapOf(opening) }),
    languages: opening.languages.map(({ language, level }) => ({ language, level })),
    unpaidParts: project.unpaidParts,
    monitoring: project.monitoring,
    contentWarning: project.contentWarning,
    lab: {
      name: lab.name,
      country: lab.country,
      website:
        lab.website && /^https?:\/\//.test(lab.website) && URL.canParse(lab.website)
          ? lab.website
          : undefined,
      vettedOn: lab.vettedAt ? dayOf(lab.vettedAt) : undefined,
    },
    hour: tallyOf(hour, opening.currency),
    takeRate: takeRate.explanation,
  };
}

/** A rung of the card with its figures. */
export function rungOf(
  code: Rung,
  terms: TakeRateTerms,
  realised: readonly RealisedRow[],
  openCount: number,
): RungData {
  const { label, line, examples, minMinor, maxMinor } = RUNGS[code];
  return {
    code,
    label,
    line,
    examples,
    min: amountOf(minMinor, 'USD'),
    max: amountOf(maxMinor, 'USD'),
    priceMin: amountOf(hourAt(minMinor, terms).priceMinor, 'USD'),
    priceMax: amountOf(hourAt(maxMinor, terms).priceMinor, 'USD'),
    realised: realised.flatMap((row) => (row.key === code ? (realisedOf(row) ?? []) : [])),
    openCount,
  };
}

/** One hour at a rate, worked out as a charge would be. */
export function hourAt(rateMinorPerHour: bigint, terms: TakeRateTerms): Assessment {
  return assessLine({ rateMinorPerHour, seconds: 3600, terms });
}
