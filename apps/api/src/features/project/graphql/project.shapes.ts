import { priceOpening, RUNGS, rateAdvice, totalsOf, type Rung } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { PublicOpening as FoundOpening, ShownOpening } from '../project.queries';
import type { Opening, ProjectTotal, PublicOpening } from './project.model';

/** An opening with its price worked out at both ends of its band. */
export function openingOf(opening: ShownOpening): Opening {
  const { terms, explanation } = opening.takeRate;
  const { rateMinMinor, rateMaxMinor, currency, takeRate: _takeRate, ...own } = opening;
  const low = priceOpening(opening, rateMinMinor, terms);
  const high = priceOpening(opening, rateMaxMinor, terms);
  const isOnCard = currency === 'USD' && Object.hasOwn(RUNGS, opening.rung);
  return {
    ...own,
    rateMin: moneyOf(rateMinMinor, currency),
    rateMax: moneyOf(rateMaxMinor, currency),
    hourAtMin: tallyOf(low.hour, currency, terms.labFeePpm),
    hourAtMax: tallyOf(high.hour, currency, terms.labFeePpm),
    wholeAtMax: tallyOf(high.whole, currency, terms.labFeePpm),
    takeRateExplanation: explanation,
    rateAdvice: isOnCard
      ? rateAdvice(opening.rung as Rung, rateMinMinor, rateMaxMinor).sentence
      : 'The rate card is in US dollars; compare it by hand.',
  };
}

/** What all layers cost together, one total a currency. */
export function projectTotals(openings: readonly ShownOpening[]): ProjectTotal[] {
  const terms = openings[0]?.takeRate.terms;
  if (!terms) return [];
  return totalsOf(openings, terms).map(({ currency, week, whole }) => ({
    currency,
    week: tallyOf(week, currency, terms.labFeePpm),
    whole: tallyOf(whole, currency, terms.labFeePpm),
  }));
}

/** An opening as anybody may see it. */
export function publicOpeningOf({ project, lab: _lab, labName, ...opening }: FoundOpening): PublicOpening {
  const { taskFamily, unpaidParts, monitoring, contentWarning } = project;
  return {
    ...openingOf(opening),
    projectTitle: project.title,
    projectSummary: project.summary,
    taskFamily,
    labName,
    unpaidParts,
    monitoring,
    contentWarning,
  };
}
