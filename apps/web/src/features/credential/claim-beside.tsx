import { Link } from '@tanstack/react-router';
import { day } from '../../lib/time';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { stateWords, typeWords } from './claim-words';
import type { Claim } from './verification-case-page';

type Other = Claim['sameOfOthers'][number];

/** Says that somebody else claims the same number, with the way to their claim. */
export function SameClaims({ others }: { readonly others: readonly Other[] }) {
  if (others.length === 0) return null;
  return (
    <Notice tone="bad">
      <p>
        <strong>The same number was claimed by somebody else.</strong> One number belongs to one person. Find
        out whose it is before you decide; where you cannot, reject with that as the reason.
      </p>
      <ul>
        {others.map((other) => (
          <li key={other.id}>
            <ClaimLink other={other} text={other.expertName} /> {stateOf(other)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What else this person has claimed. */
export function OtherClaims({ claim }: { readonly claim: Claim }) {
  return (
    <Section title={`Other claims of ${claim.expertName}`}>
      {claim.alsoOfExpert.length === 0 ? (
        <p>There are none yet.</p>
      ) : (
        <ul className="list">
          {claim.alsoOfExpert.map((other) => (
            <li key={other.id}>
              <ClaimLink other={other} text={typeWords(other.type)} />{' '}
              {other.jurisdiction && `in ${other.jurisdiction} `}
              {stateOf(other)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const stateOf = ({ state, verifiedAt }: Other) => (
  <>
    <StateTag state={state} text={stateWords(state)} />
    {verifiedAt && <span className="quiet"> verified on {day(verifiedAt)}</span>}
  </>
);

function ClaimLink({ other, text }: { readonly other: Other; readonly text: string }) {
  return (
    <Link to="/admin/verification/$id" params={{ id: other.id }}>
      {text}
    </Link>
  );
}
