import { priceOpening, RUNGS, rateAdvice, type Rung } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { PublicOpening as FoundOpening, ShownOpening } from '../project.queries';
import type { Opening, PublicOpening } from './project.model';

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
