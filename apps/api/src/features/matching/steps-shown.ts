import type { Fit } from '@tallystick/matching';
import type { FitStep } from './graphql/matching.model';

/** The steps from the sum of contributions to the score, as both sides read them. */
export function stepsShown(steps: Fit['steps']): FitStep[] {
  const { linear, average, ahead, chance, interest, score, evenness = 1, isKeptPlace } = steps;
  return [
    { code: 'SUM', sentence: 'All parts together.', value: linear },
    {
      code: 'AVERAGE',
      sentence: `Measured from the average of all experts for this work, ${hundred(average)}, to a whole fit: so a fit means the same for every opening.`,
      value: ahead,
    },
    {
      code: 'CHANCE',
      sentence: 'How likely a lab says yes to somebody who is that far ahead, by the model.',
      value: chance,
    },
    {
      code: 'INTEREST',
      sentence: `What is in it for the expert, by pay and hours: ${hundred(interest)}. It counts four tenths, the fit six.`,
      value: score,
    },
    ...(evenness < 1
      ? [
          {
            code: 'EVENNESS',
            sentence:
              'Was shown to labs much more often than others lately, so stands a little further down.',
            value: score * evenness,
          },
        ]
      : []),
    ...(isKeptPlace
      ? [
          {
            code: 'NEWCOMER',
            sentence: 'One place in seven is kept for people who are new here; this is one of them.',
            value: null,
          },
        ]
      : []),
  ];
}

function hundred(share: number): string {
  return `${Math.round(share * 100)} of 100`;
}
