import { assessLine } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { ApplicationWithOffers, PricedTerms } from '../application.queries';
import type { OfferRecord } from '../application.repository';
import type { Application, Offer, OfferPrice } from './application.model';

/** An offer with an hour and a full week worked out. */
export function offerOf(offer: OfferRecord): Offer {
  const { currency, rateMinorPerHour, weeklyCapSeconds, labFeePpm } = offer;
  const tally = (seconds: number) =>
    tallyOf(assessLine({ rateMinorPerHour, seconds, terms: offer }), currency, labFeePpm);
  return {
    ...offer,
    rate: moneyOf(rateMinorPerHour, currency),
    weeklyCapHours: weeklyCapSeconds / 3600,
    hour: tally(3600),
    week: tally(weeklyCapSeconds),
  };
}

/** What terms would cost: an hour and a full week worked out. */
export function offerPriceOf({
  rateMinorPerHour,
  weeklyCapHours,
  currency,
  takeRate,
}: PricedTerms): OfferPrice {
  const { terms, explanation } = takeRate;
  const tally = (seconds: number) =>
    tallyOf(assessLine({ rateMinorPerHour, seconds, terms }), currency, terms.labFeePpm);
  return { hour: tally(3600), week: tally(weeklyCapHours * 3600), takeRateExplanation: explanation };
}

/** An application with its offers. */
export function applicationOf(application: ApplicationWithOffers): Application {
  return { ...application, offers: application.offers.map(offerOf) };
}
