import { formatAmount, fundingWords, isFundingCurrency, type Currency } from '../money/money';
import { ok, refuse, type Result } from '../result/result';

/** Terms of an offer as a lab writes them. */
export interface OfferTerms {
  readonly currency: Currency;
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapHours: number;
  readonly noticeDays: number;
  readonly startsOn: Date;
}

/** The opening that an offer is for. */
export interface OfferedOpening {
  readonly currency: Currency;
  readonly rateMinMinor: bigint;
  readonly rateMaxMinor: bigint;
  readonly seatsLeft: number;
  readonly isOpen: boolean;
}

/** Checks an offer against its opening: the band that was advertised holds. */
export function checkOffer(terms: OfferTerms, opening: OfferedOpening, now: Date): Result<OfferTerms> {
  if (!opening.isOpen)
    return refuse(
      'OPENING_CLOSED',
      'This opening is closed. Open offers stay as they are; no new one can be sent.',
    );
  if (!isFundingCurrency(opening.currency))
    return refuse(
      'CURRENCY_WITHOUT_FUNDING',
      `This opening pays in ${opening.currency}, in which no money can come in: no week of it could be held. Close it and post it again in ${fundingWords()}.`,
    );
  if (opening.seatsLeft < 1) return refuse('NO_SEAT_LEFT', 'All seats of this opening are taken.');
  return checkTerms(terms, opening, now);
}

/** Checks the terms alone: whether anybody can be offered them for this opening. */
export function checkTerms(
  terms: OfferTerms,
  opening: Pick<OfferedOpening, 'currency' | 'rateMinMinor' | 'rateMaxMinor'>,
  now: Date,
): Result<OfferTerms> {
  if (terms.currency !== opening.currency)
    return refuse('CURRENCY_MISMATCH', `This opening pays in ${opening.currency}.`, { field: 'currency' });
  if (terms.rateMinorPerHour < opening.rateMinMinor || terms.rateMinorPerHour > opening.rateMaxMinor) {
    const band = [opening.rateMinMinor, opening.rateMaxMinor]
      .map((minor) => formatAmount({ minor, currency: opening.currency }))
      .join(' to ');
    return refuse('RATE_OUTSIDE_BAND', `The opening promises ${band} an hour. Offer a rate in this band.`, {
      field: 'rateMinorPerHour',
    });
  }
  if (!Number.isInteger(terms.weeklyCapHours) || terms.weeklyCapHours < 1 || terms.weeklyCapHours > 60) {
    return refuse('CAP_OUT_OF_BOUNDS', 'The weekly cap is 1 to 60 hours.', { field: 'weeklyCapHours' });
  }
  if (!Number.isInteger(terms.noticeDays) || terms.noticeDays < 7 || terms.noticeDays > 60) {
    return refuse('NOTICE_OUT_OF_BOUNDS', 'Notice is 7 to 60 days.', { field: 'noticeDays' });
  }
  if (terms.startsOn.getTime() < now.getTime() - 86_400_000)
    return refuse('START_IN_PAST', 'The start cannot lie in the past.', { field: 'startsOn' });
  return ok(terms);
}
