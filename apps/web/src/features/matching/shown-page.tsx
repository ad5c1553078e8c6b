import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { WhereShownQuery } from '../../gql/graphql';
import { counted } from '../../lib/words';
import { Bars } from '../../ui/bars';
import { DataTable } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { askedWords, gateWords } from './gate-words';

const WhereShown = graphql(`
  query WhereShown {
    visibility {
      isActive
      isVisible
      days
      seenFor
      gates {
        code
        outcome
        openings
        alone
        mendPath
      }
      places {
        openingId
        title
        labName
        isEligible
        place
        wasSeen
        missing
      }
    }
  }
`);

type Visibility = WhereShownQuery['visibility'];
type Place = Visibility['places'][number];

/** Why an expert is shown to labs, or is not: the places on their shortlists, and what keeps them off the others. */
export function ShownPage() {
  const query = useQuery({ query: WhereShown });
  return (
    <Page
      title="Where labs see you"
      about="The same rows that labs see: your place on each shortlist, and where you are on none, why."
    >
      <Ready query={query}>
        {({ visibility }) => (
          <>
            <Summary visibility={visibility} />
            <KeptOff visibility={visibility} />
            <Places visibility={visibility} />
          </>
        )}
      </Ready>
    </Page>
  );
}

function Summary({
  visibility: { isActive, isVisible, places, seenFor, days },
}: {
  readonly visibility: Visibility;
}) {
  const shown = places.filter(({ place }) => place !== null).length;
  return (
    <>
      {!isActive && (
        <Notice tone="bad">
          Your account is suspended: no lab sees you.{' '}
          <Link to="/expert/suspension">Read why, and appeal</Link>
        </Notice>
      )}
      {isActive && !isVisible && (
        <Notice tone="warning">
          You are on no shortlist: “Visible to labs” is off.{' '}
          <Link to="/expert/profile">Turn it on in your profile</Link>
        </Notice>
      )}
      <p>
        You are on the shortlist of {shown} of {counted(places.length, 'open opening')}. In the last {days}{' '}
        days, labs saw you for the first time on the lists of {counted(seenFor, 'opening')}.
      </p>
    </>
  );
}

function KeptOff({ visibility: { gates } }: { readonly visibility: Visibility }) {
  if (gates.length === 0) return null;
  return (
    <Section title="What keeps you off">
      <Bars
        label="Openings by what is missing"
        bars={gates.map(({ code, outcome, openings, alone }) => ({
          label: outcome === 'UNKNOWN' ? askedWords(code) : gateWords(code),
          value: openings,
          text: alone > 0 ? `${openings}, ${alone} of them for this alone` : String(openings),
          tone: outcome === 'UNKNOWN' ? undefined : ('bad' as const),
        }))}
        note="An opening may lack several things at once."
      />
      <ul className="row">
        {[...new Set(gates.flatMap(({ mendPath }) => mendPath ?? []))].map((path) => (
          <li key={path}>
            <Link to={path}>{MEND_WORDS[path] ?? 'Mend it'}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const MEND_WORDS: Readonly<Record<string, string>> = {
  '/expert/profile': 'Change your profile',
  '/expert/credentials': 'Open your credentials',
  '/expert/engagements': 'See your engagements',
  '/expert/conflicts': 'Say who owns where you work',
  '/notifications': 'Read why',
};

function Places({ visibility: { places } }: { readonly visibility: Visibility }) {
  return (
    <Section title="Opening by opening">
      {places.length === 0 ? (
        <Empty>Nothing is open at the moment, or your openings are still being ranked.</Empty>
      ) : (
        <DataTable
          label="Open openings and your place on their shortlists"
          rows={places}
          keyOf={({ openingId }) => openingId}
          columns={[
            {
              id: 'opening',
              header: 'Opening',
              cell: ({ openingId, title, labName }: Place) => (
                <>
                  <Link to="/expert/openings/$id" params={{ id: openingId }}>
                    {title}
                  </Link>
                  <span className="quiet"> {labName}</span>
                </>
              ),
            },
            { id: 'place', header: 'Your place', cell: placeWords },
            { id: 'why', header: 'Why', cell: whyWords },
          ]}
        />
      )}
    </Section>
  );
}

function placeWords({ place, wasSeen }: Place) {
  if (place === null) return <StateTag state="FAIL" text="Not shown" />;
  return (
    <>
      <StateTag state="PASS" text={`Place ${place}`} /> {wasSeen && <span className="quiet">looked at</span>}
    </>
  );
}

function whyWords({ place, isEligible, missing }: Place): string {
  if (missing.length > 0) return missing.join(' ');
  if (place !== null) return 'You pass every gate.';
  return isEligible
    ? 'You pass every gate; 200 others fit better. The opening says what would change it.'
    : 'It is being ranked again.';
}
