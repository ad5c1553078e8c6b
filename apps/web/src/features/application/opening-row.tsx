import { Link } from '@tanstack/react-router';
import type { RecommendationsQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { counted } from '../../lib/words';
import { StateTag } from '../../ui/state-tag';
import { Met, Missing, missingOf, Reasons } from './missing';
import { OwnStanding } from './own-standing';

/** An opening as the list of an expert shows it. */
export type RankedOpening = RecommendationsQuery['recommendations']['fits']['edges'][number]['node'];

const MOST_FOR = 2;

/** One opening in a few lines: what it pays, whether it can be taken, what speaks for and against; the rest opens. */
export function OpeningRow({ fit }: { readonly fit: RankedOpening }) {
  return (
    <section className="sheet opening-row" aria-label={fit.openingTitle}>
      <div className="spread">
        <h2>
          <Link to="/expert/openings/$id" params={{ id: fit.openingId }}>
            {fit.openingTitle}
          </Link>
        </h2>
        <Eligibility fit={fit} />
      </div>
      <Terms opening={fit.opening} />
      <Strongest fit={fit} />
      <details>
        <summary>Fit {Math.round(fit.score * 100)} of 100: why this place in the list</summary>
        <Missing gates={fit.gates} />
        <Met gates={fit.gates} />
        <Reasons reasons={fit} />
        {fit.opening && (
          <p>
            {fit.opening.credentials.length === 0 && 'No credential is required. '}
            {fit.opening.unpaidParts ? <>Not paid: {fit.opening.unpaidParts}</> : 'All time is paid.'}
          </p>
        )}
      </details>
    </section>
  );
}

function Eligibility({ fit: { gates, standing } }: { readonly fit: RankedOpening }) {
  if (standing) return <OwnStanding standing={standing} />;
  return missingOf(gates).length === 0 ? (
    <StateTag state="READY" text="You can apply" />
  ) : (
    <StateTag state="WAITING" text="Something is missing" />
  );
}

function Terms({ opening }: { readonly opening: RankedOpening['opening'] }) {
  if (!opening) return null;
  return (
    <p>
      <strong className="expert">
        {money(opening.rateMin)} to {money(opening.rateMax)}
      </strong>{' '}
      an hour, {counted(opening.hoursPerWeek, 'hour')} a week for {counted(opening.weeks, 'week')}.{' '}
      {opening.labName}: {opening.projectTitle}. {opening.unpaidParts && 'Some time is not paid.'}
    </p>
  );
}

/** The two strongest reasons for, and the strongest against: a condition that is not met before anything else. */
function Strongest({
  fit: { gates, standing, reasonsFor, reasonsAgainst },
}: {
  readonly fit: RankedOpening;
}) {
  const [missing] = standing ? [] : missingOf(gates);
  return (
    <>
      <Missing gates={missing ? [missing] : []} />
      <Reasons
        reasons={{
          reasonsFor: reasonsFor.slice(0, MOST_FOR),
          reasonsAgainst: missing ? [] : reasonsAgainst.slice(0, 1),
        }}
      />
    </>
  );
}
