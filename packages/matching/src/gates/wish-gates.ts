import type { ExpertDocument, OpeningDocument } from '../documents';
import { pass, stop, type Gate } from './gate';

/** The expert's own lowest rate, in the opening's currency. */
export function rate(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const { minimumRateMinor, rateCurrency } = expert;
  if (!minimumRateMinor || opening.rateMaxMinor === undefined || rateCurrency !== opening.currency)
    return undefined;
  if (minimumRateMinor <= opening.rateMaxMinor) return pass('RATE', 'The lowest rate is within the band.');
  return stop(
    'RATE',
    'FAIL',
    'Asks for more than the band.',
    'Your lowest rate is above what this work pays. Lower it in your profile if you would take it.',
  );
}

/** The hours that the expert offers: at least half of those that are wanted. */
export function hours(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  if (expert.hoursPerWeek === undefined || opening.hoursPerWeek === undefined) return undefined;
  if (expert.hoursPerWeek * 2 >= opening.hoursPerWeek)
    return pass('HOURS', `Offers ${expert.hoursPerWeek} hours a week; ${opening.hoursPerWeek} are wanted.`);
  return stop(
    'HOURS',
    'FAIL',
    `Offers ${expert.hoursPerWeek} hours a week; ${opening.hoursPerWeek} are wanted.`,
    `This work wants ${opening.hoursPerWeek} hours a week; your profile offers ${expert.hoursPerWeek}. Raise it if you can.`,
  );
}
