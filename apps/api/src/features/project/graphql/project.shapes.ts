import {
  priceOpening,
  RUNGS,
  rateAdvice,
  shownTakeRate,
  takeRateOf,
  totalsOf,
  type Assessment,
  type Rung,
} from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { OpeningRecord } from '../project.repository';
import type { PublicOpening as FoundOpening, ShownOpening } from '../project.queries';
import type { Opening, ProjectTotal, PublicOpening } from './project.model';

/** An opening with its price worked out at both ends of its band. */
export function openingOf(opening: ShownOpening): Opening {
  const { terms, explanation } = opening.takeRate;
  const { rateMinMinor, rateMaxMinor, currency, takeRate: _takeRate, ...own } = opening;
  const low = priceOpening(opening, rateMinMinor, terms);
  const high = priceOpening(opening, rateMaxMinor, terms);
  const tally = (amounts: Assessment) => tallyOf(amounts, currency, shownTakeRate(terms, amounts));
  const isOnCard = currency === 'USD' && Object.hasOwn(RUNGS, opening.rung);
  return {
    ...own,
    overlap: overlapOf(opening),
    rateMin: moneyOf(rateMinMinor, currency),
    rateMax: moneyOf(rateMaxMinor, currency),
    hourAtMin: tally(low.hour),
    hourAtMax: tally(high.hour),
    wholeAtMax: tally(high.whole),
    takeRateExplanation: explanation,
    rateAdvice: isOnCard
      ? rateAdvice(opening.rung as Rung, rateMinMinor, rateMaxMinor).sentence
      : 'The rate card is in US dollars; compare it by hand.',
  };
}

/** The hours that must overlap; null where it does not matter. */
export function overlapOf(opening: OpeningRecord): Opening['overlap'] {
  const { overlapHours, overlapZone, overlapFromMinute, overlapToMinute } = opening;
  return overlapHours === 0
    ? null
    : {
        hours: overlapHours,
        timeZone: overlapZone,
        fromMinute: overlapFromMinute,
        toMinute: overlapToMinute,
      };
}

/** What all layers cost together, one total a currency. */
export function projectTotals(openings: readonly ShownOpening[]): ProjectTotal[] {
  return totalsOf(openings, ({ takeRate }) => takeRate.terms).map(({ currency, week, whole }) => {
    const terms = openings.find((opening) => opening.currency === currency)?.takeRate.terms;
    const share = terms ? shownTakeRate(terms, whole) : takeRateOf(whole.feeMinor, whole.agreedMinor);
    return { currency, week: tallyOf(week, currency, share), whole: tallyOf(whole, currency, share) };
  });
}

/** An opening as anybody may see it. */
export function publicOpeningOf({ project, lab: _lab, labName, ...opening }: FoundOpening): PublicOpening {
  const { taskFamily, unpaidParts, monitoring, contentWarning } = project;
  return {
    ...openingOf(opening),
    evaluatedWorks: [],
    projectTitle: project.title,
    projectSummary: project.summary,
    taskFamily,
    labName,
    unpaidParts,
    monitoring,
    contentWarning,
  };
}
