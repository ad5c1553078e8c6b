import { assessLine } from '@tallystick/domain';
import { moneyOf, tallyOf } from '../../../platform/graphql/money.model';
import type { ApplicationWithOffers } from '../application.queries';
import type { OfferRecord } from '../application.repository';
import type { Application, Offer } from './application.model';

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

/** An application with its offers. */
export function applicationOf(application: ApplicationWithOffers): Application {
  return { ...application, offers: application.offers.map(offerOf) };
}
