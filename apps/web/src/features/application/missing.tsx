import { Link } from '@tanstack/react-router';
import { StateTag } from '../../ui/state-tag';

/** A hard condition of an opening, as the expert reads it. */
export interface Gate {
  readonly code: string;
  readonly outcome: string;
  readonly sentence: string;
}

const ADD_CREDENTIAL = { to: '/expert/credentials', label: 'Open your credentials' };
const EDIT_PROFILE = { to: '/expert/profile', label: 'Change your profile' };
const MENDING: Readonly<Record<string, { readonly to: string; readonly label: string }>> = {
  CREDENTIAL: ADD_CREDENTIAL,
  LANGUAGE: EDIT_PROFILE,
  COUNTRY: EDIT_PROFILE,
  AUTHORISATION: EDIT_PROFILE,
  OVERLAP: EDIT_PROFILE,
  EXCLUSIVE: { to: '/expert/engagements', label: 'See your engagements' },
  RATE: EDIT_PROFILE,
  HOURS: EDIT_PROFILE,
  CONSENT: EDIT_PROFILE,
  CONFLICT: EDIT_PROFILE,
  SUSPENDED: { to: '/expert/suspension', label: 'Read why, and appeal' },
};
/** What is not settled is settled by an answer. */
const ANSWERING: typeof MENDING = { CONFLICT: { to: '/expert/conflicts', label: 'Say who owns it' } };
/** The expert's own wishes: who applies all the same has decided them. Everything else is refused by the server. */
const WISHES = new Set(['RATE', 'HOURS', 'CONSENT']);

/** The conditions that are not met. */
export const missingOf = (gates: readonly Gate[]) => gates.filter(({ outcome }) => outcome !== 'PASS');

/** True where an application would be refused. */
export const isStopped = (gates: readonly Gate[]) => missingOf(gates).some(({ code }) => !WISHES.has(code));

/** What is missing, each with the way to mend it. */
export function Missing({ gates }: { readonly gates: readonly Gate[] }) {
  return (
    <ul className="reasons" aria-label="What is missing">
      {missingOf(gates).map(({ code, outcome, sentence }) => {
        const mending = (outcome === 'UNKNOWN' && ANSWERING[code]) || MENDING[code];
        return (
          <li key={code + sentence}>
            <StateTag state={outcome} text={outcome === 'UNKNOWN' ? 'Not settled' : 'Missing'} /> {sentence}{' '}
            {mending && <Link to={mending.to}>{mending.label}</Link>}
          </li>
        );
      })}
    </ul>
  );
}

/** What is met. */
export function Met({ gates }: { readonly gates: readonly Gate[] }) {
  return (
    <ul className="reasons" aria-label="What you meet">
      {gates
        .filter(({ outcome }) => outcome === 'PASS')
        .map(({ code, sentence }) => (
          <li key={code + sentence}>
            <StateTag state="PASS" text="Met" /> {sentence}
          </li>
        ))}
    </ul>
  );
}

/** At most three sentences for and three against. */
export function Reasons({
  reasons,
}: {
  readonly reasons: { readonly reasonsFor: readonly string[]; readonly reasonsAgainst: readonly string[] };
}) {
  return (
    <ul className="reasons" aria-label="Why it is ranked here">
      {reasons.reasonsFor.map((sentence) => (
        <li key={sentence}>
          <span className="sign for" aria-hidden="true">
            +
          </span>
          <span className="visually-hidden">For: </span> {sentence}
        </li>
      ))}
      {reasons.reasonsAgainst.map((sentence) => (
        <li key={sentence}>
          <span className="sign against" aria-hidden="true">
            −
          </span>
          <span className="visually-hidden">Against: </span> {sentence}
        </li>
      ))}
    </ul>
  );
}
