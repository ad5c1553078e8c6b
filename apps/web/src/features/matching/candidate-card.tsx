import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { PartShownFragment, StepShownFragment } from '../../gql/graphql';
import { Bars } from '../../ui/bars';
import { Button } from '../../ui/button';
import { FitSteps } from '../../ui/fit-steps';
import { StateTag } from '../../ui/state-tag';
import { bringIntoView } from './bring-into-view';
import { CandidateEvidence } from './candidate-evidence';
import type { Candidate } from './candidate';
import { SimilarTo } from './similar';

const STANDING: Readonly<Record<string, string>> = {
  INVITED: 'Invited',
  APPLIED: 'Applied',
  OFFERED: 'Offer is out',
  ENGAGED: 'Engaged',
  DECLINED: 'Declined',
  WITHDRAWN: 'Withdrew',
};
const GATE_WORDS: Readonly<Record<string, string>> = { PASS: 'Met', FAIL: 'Missing', UNKNOWN: 'Open' };

/** One expert of a shortlist: rank, fit, gates, what speaks for and against, and the evidence. */
export function CandidateCard({
  candidate,
  standing,
  actions,
  isCompared,
  mayCompare,
  onCompare,
  marking,
}: {
  readonly candidate: Candidate;
  readonly standing?: string;
  readonly actions: ReactNode;
  readonly isCompared: boolean;
  readonly mayCompare: boolean;
  readonly onCompare: () => void;
  /** How the lab keeps somebody in mind or passes them over; none for who may not. */
  readonly marking?: Marking;
}) {
  const { expertName, rank, score, gates, reasonsFor, reasonsAgainst, mark } = candidate;
  const isPassed = mark?.kind === 'PASSED_OVER';
  const keptPlace = candidate.steps.find(({ code }) => code === 'NEWCOMER');
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="sheet candidate" aria-label={`${rank}. ${expertName}`}>
      <div className="head">
        <h2>
          <button
            type="button"
            className="name"
            data-candidate={rank}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {rank}. {expertName}
          </button>{' '}
          {standing && <StateTag state={standing} text={STANDING[standing]} />}{' '}
          {mark?.kind === 'KEPT' && <StateTag state="KEPT" text="Kept in mind" />}{' '}
          {keptPlace && <StateTag state="NEWCOMER" text="Shown to learn: new here" />}
        </h2>
        <div className="row">
          <strong className="figure">Fit {Math.round(score * 100)} of 100</strong>
          {actions}
          {marking && <MarkButtons candidate={candidate} marking={marking} mayPass={!standing} />}
          <Button
            name={`${isOpen ? 'Hide' : 'See'} parts and evidence of ${expertName}`}
            onPress={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide parts and evidence' : 'Parts and evidence'}
          </Button>
          <label className="tick">
            <input
              type="checkbox"
              checked={isCompared}
              disabled={!isCompared && !mayCompare}
              onChange={onCompare}
            />
            Compare<span className="visually-hidden"> {expertName}</span>
          </label>
        </div>
      </div>
      {keptPlace && <p className="quiet">{keptPlace.sentence}</p>}
      {mark && (isPassed || mark.note) && (
        <p className="quiet">
          {isPassed && `Passed over: ${mark.reasonWords}.`} {mark.note}
        </p>
      )}
      {(!isPassed || isOpen) && (
        <>
          <div className="halves">
            <Reasons title="For" sentences={reasonsFor} none="Nothing stands out." />
            <Reasons title="Against" sentences={reasonsAgainst} none="Nothing." />
          </div>
          {gates.length > 0 && (
            <ul className="gates" aria-label="Gates">
              {gates.map(({ code, outcome, sentence }) => (
                <li key={code + sentence}>
                  <StateTag state={outcome} text={GATE_WORDS[outcome]} /> {sentence}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {isOpen && <Opened candidate={candidate} />}
    </li>
  );
}

/** What gives the fit, and the evidence. Once opened it is in view. */
function Opened({ candidate }: { readonly candidate: Candidate }) {
  const { expertId, expertName, whatWouldChange } = candidate;
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => bringIntoView(block.current), []);
  return (
    <div className="opened" ref={block}>
      <FitParts candidate={candidate} />
      {whatWouldChange.length > 0 && (
        <p className="quiet">What would change it: {whatWouldChange.join(' ')}</p>
      )}
      <h3>Evidence</h3>
      <CandidateEvidence expertId={expertId} />
      <h3>Others like {expertName}</h3>
      <SimilarTo candidate={candidate} />
    </div>
  );
}

/** What a lab does with its marks. */
interface Marking {
  readonly keep: (candidate: Candidate) => void;
  readonly ask: (candidate: Candidate) => void;
  readonly takeBack: (candidate: Candidate) => void;
}

function MarkButtons({
  candidate,
  marking,
  mayPass,
}: {
  readonly candidate: Candidate;
  readonly marking: Marking;
  /** Whoever was asked or has applied gets an answer instead. */
  readonly mayPass: boolean;
}) {
  const { expertName, mark } = candidate;
  if (mark?.kind === 'PASSED_OVER')
    return (
      <Button name={`Take back passing over ${expertName}`} onPress={() => marking.takeBack(candidate)}>
        Take it back
      </Button>
    );
  return (
    <>
      <Button
        name={mark ? `No longer keep ${expertName} in mind` : `Keep ${expertName} in mind`}
        onPress={() => marking.keep(candidate)}
      >
        {mark ? 'Do not keep' : 'Keep'}
      </Button>
      {mayPass && (
        <Button name={`Pass over ${expertName}`} onPress={() => marking.ask(candidate)}>
          Pass
        </Button>
      )}
    </>
  );
}

/** What each part gives to the fit, as bars. */
export function FitParts({
  candidate: { parts, steps },
}: {
  readonly candidate: {
    readonly parts: readonly PartShownFragment[];
    readonly steps: readonly StepShownFragment[];
  };
}) {
  const asked = parts.filter(({ weight }) => weight > 0);
  return (
    <>
      <Bars
        label="What gives the fit, in points of 100"
        most={Math.max(0.01, ...asked.map(({ weight }) => weight)) * 100}
        bars={asked.map(({ name, contribution, weight }) => ({
          label: name,
          value: contribution * 100,
          text: `${(contribution * 100).toFixed(1)} of ${(weight * 100).toFixed(1)}`,
        }))}
        note="Worked out in the same way for every expert and opening; no person has changed it by hand."
      />
      <FitSteps steps={steps} />
    </>
  );
}

function Reasons({
  title,
  sentences,
  none,
}: {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly none: string;
}) {
  return (
    <div>
      <h3>{title}</h3>
      {sentences.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
