import { assessTime, assessWeeks, shownTakeRate, type TakeRateTerms } from '@tallystick/domain';
import { moneyOf, tallyOf, type Tally } from '../../../platform/graphql/money.model';
import type { ApplicationWithOffers, PricedTerms } from '../application.queries';
import type { OfferRecord } from '../application.repository';
import type { Application, Offer, OfferPrice } from './application.model';

/** An offer with an hour and a full week worked out. */
export function offerOf(offer: OfferRecord): Offer {
  const { currency, rateMinorPerHour, weeklyCapSeconds } = offer;
  const tally = (seconds: number) => timeTally(rateMinorPerHour, seconds, offer, currency);
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
  weeks,
  currency,
  takeRate,
}: PricedTerms): OfferPrice {
  const { terms, explanation } = takeRate;
  const tally = (seconds: number) => timeTally(rateMinorPerHour, seconds, terms, currency);
  const whole = assessWeeks({ rateMinorPerHour, seconds: weeklyCapHours * 3600, terms }, weeks);
  return {
    hour: tally(3600),
    week: tally(weeklyCapHours * 3600),
    weeks,
    isMost: !!terms.feeParts,
    whole: tallyOf(whole, currency, shownTakeRate(terms, whole)),
    takeRateExplanation: explanation,
  };
}

/** A time at its dearest. */
function timeTally(rateMinorPerHour: bigint, seconds: number, terms: TakeRateTerms, currency: string): Tally {
  const amounts = assessTime({ rateMinorPerHour, seconds, terms });
  return tallyOf(amounts, currency, shownTakeRate(terms, amounts));
}

/** An application with its offers. */
export function applicationOf(application: ApplicationWithOffers): Application {
  const { offers, whyNoOffer = null } = application;
  return { ...application, offers: offers.map(offerOf), whyNoOffer };
}
