import { day } from '../../lib/time';
import { counted } from '../../lib/words';
import { Bars } from '../../ui/bars';
import { Facts, Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import type { MatchExposure, MatchModel } from './model-query';

/** What a model counts, from which outcomes it learned, and how well it did on later ones. */
export function ModelFacts({ model }: { readonly model: MatchModel }) {
  const { weights, metrics, hash, isUsable } = model;
  return (
    <>
      {!isUsable && (
        <Notice tone="bad">
          This release cannot use it: it weighs other parts than are scored now, something in it is not valid,
          or it was changed.
        </Notice>
      )}
      <Bars
        label="What each part counts"
        bars={weights.map(({ part, weight }) => ({ label: part, value: weight, text: percent(weight) }))}
        note="The weights are shared among the parts that an opening asks for, so that they sum to 100 %."
      />
      <Facts
        facts={[
          ['Learned from', learnedWords(model)],
          ...(metrics ? measured(metrics) : []),
          ['Hash', <code key="hash">{hash.slice(0, 16)}…</code>],
        ]}
      />
    </>
  );
}

function learnedWords({ isUsable, learnedFrom, learnedTo, heldOutFrom }: MatchModel): string {
  if (!isUsable) return 'Not said: this release cannot use it';
  return learnedFrom && learnedTo && heldOutFrom
    ? `Outcomes from ${day(learnedFrom)} to ${day(learnedTo)}; those of openings from ${day(heldOutFrom)} on only measured it`
    : 'Nothing: its weights were set by hand';
}

function measured(metrics: NonNullable<MatchModel['metrics']>): (readonly [string, string])[] {
  const { openings, outcomes, beforeName, mapBefore, mapAfter, ndcgBefore, ndcgAfter } = metrics;
  const { gain, gainLow, gainHigh, brier, ece } = metrics;
  return [
    ['Measured on', `${counted(openings, 'later opening')}, of ${counted(outcomes, 'fit')} in all`],
    ['Best ten in order (nDCG@10)', `${figure(ndcgAfter)}, before ${figure(ndcgBefore)} by ${beforeName}`],
    ['Whole order (MAP)', `${figure(mapAfter)}, before ${figure(mapBefore)}`],
    ['Gain of nDCG@10', `${signed(gain)}; 95 % interval ${signed(gainLow)} to ${signed(gainHigh)}`],
    ['Chances off by', `${percent(ece)} on average (ECE); squared error ${figure(brier)} (Brier)`],
  ];
}

/** Whether a few experts are shown to everybody and most to nobody. */
export function Exposure({ exposure }: { readonly exposure: MatchExposure }) {
  const { days, experts, shown, gini, withoutShare, topShare } = exposure;
  return (
    <>
      <Figures
        figures={[
          {
            label: 'Experts newly shown',
            value: `${shown} of ${experts}`,
            about: `${percent(withoutShare)} were new to no lab in ${days} days`,
          },
          {
            label: 'Gini of exposure',
            value: gini.toFixed(2),
            about: '0 where all are shown alike, 1 where one is shown alone',
          },
          {
            label: 'Most shown hundredth',
            value: percent(topShare),
            about:
              topShare > 0.2 && experts >= 100
                ? 'of all exposure: more than a fifth, so a few are shown to nearly every lab'
                : 'of all exposure',
          },
        ]}
      />
      <p className="quiet">
        Exposure counts 1 for the first place of a shortlist and less further down (1 / log2(1 + place)), once
        for each expert and opening.
      </p>
    </>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function figure(number: number): string {
  return number.toFixed(3);
}

function signed(number: number): string {
  return `${number < 0 ? '\u2212' : '+'}${Math.abs(number).toFixed(3)}`;
}
