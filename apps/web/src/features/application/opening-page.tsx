import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OneOpeningQuery } from '../../gql/graphql';
import { useReadAgainWhile } from '../../lib/waiting';
import { FitSteps } from '../../ui/fit-steps';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { ApplyForm } from './apply-form';
import { isStopped, Met, Missing, missingOf, Reasons } from './missing';
import { OpeningFacts, Pay } from './opening-facts';
import { OwnStanding } from './own-standing';

const OneOpening = graphql(`
  query OneOpening($id: ID!) {
    publicOpening(id: $id) {
      id
      title
      description
      state
      labName
      projectTitle
      projectSummary
      taskFamily
      rung
      unpaidParts
      monitoring
      contentWarning
      hoursPerWeek
      weeks
      seats
      seatsFilled
      startsOn
      countries
      isOnshore
      needsAuthorisation
      isExclusive
      overlap {
        hours
        timeZone
        fromMinute
        toMinute
      }
      rateAdvice
      takeRateExplanation
      credentials {
        type
        jurisdiction
        issuers
      }
      languages {
        language
        level
      }
      skills {
        label
        isRequired
      }
      rateMin {
        minor
        currency
      }
      rateMax {
        minor
        currency
      }
      hourAtMin {
        takeRatePpm
        price {
          minor
          currency
        }
        pay {
          minor
          currency
        }
        fee {
          minor
          currency
        }
      }
      hourAtMax {
        takeRatePpm
        price {
          minor
          currency
        }
        pay {
          minor
          currency
        }
        fee {
          minor
          currency
        }
      }
    }
    fitForMe(openingId: $id) {
      id
      score
      isEligible
      rank
      gates {
        code
        outcome
        sentence
      }
      parts {
        name
        value
        weight
        contribution
      }
      steps {
        code
        sentence
        value
      }
      reasonsFor
      reasonsAgainst
      whatWouldChange
      standing {
        state
        appliedAt
        engagementId
      }
    }
    myApplications {
      id
      openingId
      state
    }
    myInvitations {
      id
      openingId
      state
      message
    }
  }
`);

/** An opening as its page reads it. */
export type Opening = OneOpeningQuery['publicOpening'];
type Fit = NonNullable<OneOpeningQuery['fitForMe']>;

/** One opening: what it is, what it pays, how it fits, and the way to apply. */
export function ExpertOpeningPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: OneOpening, variables: { id } });
  const { data } = query[0];
  useReadAgainWhile(data?.publicOpening.state === 'OPEN' && !data.fitForMe);
  return (
    <Ready query={query} title="Opening">
      {({ publicOpening: opening, fitForMe: fit, myApplications, myInvitations }) => (
        <Page
          title={opening.title}
          about={`${opening.labName}: ${opening.projectTitle}`}
          back={<Link to="/expert/openings">Openings</Link>}
        >
          {opening.state !== 'OPEN' && (
            <Notice tone="warning">
              {opening.state === 'FILLED' ? 'All seats are taken.' : 'This opening is closed.'} You cannot
              apply any more; similar work is under <Link to="/expert/openings">Openings</Link>.
            </Notice>
          )}
          {myInvitations
            .filter((each) => each.openingId === id && each.state === 'SENT')
            .map((each) => (
              <Notice key={each.id} tone="good">
                <p>
                  <strong>{opening.labName} invites you.</strong> {each.message}
                </p>
                <p>Applying accepts the invitation.</p>
              </Notice>
            ))}
          <div className="columns">
            <div>
              <Section title="The work">
                <p>{opening.description}</p>
                {opening.projectSummary && <p>{opening.projectSummary}</p>}
                <OpeningFacts opening={opening} />
              </Section>
              <Section title="How it fits you">
                {fit ? <FitForMe fit={fit} /> : <NotScored state={opening.state} />}
              </Section>
              {opening.state === 'OPEN' && (
                <ApplyPart
                  openingId={id}
                  fit={fit ?? undefined}
                  isAsked={myApplications.some((each) => each.openingId === id)}
                />
              )}
            </div>
            <Pay opening={opening} />
          </div>
        </Page>
      )}
    </Ready>
  );
}

function NotScored({ state }: { readonly state: string }) {
  return state === 'OPEN' ? (
    <p role="status">It is being compared with your profile. The answer appears here in a few seconds.</p>
  ) : (
    <p>Only open work is compared with your profile.</p>
  );
}

function ApplyPart({
  openingId,
  fit,
  isAsked,
}: {
  readonly openingId: string;
  readonly fit?: Fit;
  readonly isAsked: boolean;
}) {
  if (fit?.standing)
    return (
      <Notice tone="good">
        <OwnStanding standing={fit.standing} />
      </Notice>
    );
  if (isAsked)
    return (
      <Notice tone="good">
        You have applied. <Link to="/expert/applications">See where it stands</Link>
      </Notice>
    );
  if (!fit) return null;
  if (isStopped(fit.gates))
    return (
      <Section title="Before you can apply">
        <p>An application would be refused until this is mended:</p>
        <Missing gates={fit.gates} />
      </Section>
    );
  return (
    <Section title="Apply">
      <ApplyForm openingId={openingId} />
    </Section>
  );
}

function FitForMe({ fit }: { readonly fit: Fit }) {
  const missing = missingOf(fit.gates);
  return (
    <>
      {missing.length > 0 && !isStopped(fit.gates) && (
        <p>You may apply, and the lab sees that this is not met:</p>
      )}
      <Missing gates={fit.gates} />
      <Met gates={fit.gates} />
      <Reasons reasons={fit} />
      {fit.whatWouldChange.length > 0 && (
        <>
          <h3>What would raise it</h3>
          <ul className="reasons">
            {fit.whatWouldChange.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>Fit {Math.round(fit.score * 100)} of 100, part by part</summary>
        <ul>
          {fit.parts
            .filter(({ weight }) => weight > 0)
            .map((part) => (
              <li key={part.name}>
                {part.name}: {(part.contribution * 100).toFixed(1)} of {(part.weight * 100).toFixed(0)}
              </li>
            ))}
        </ul>
        <FitSteps steps={fit.steps} />
        <p className="quiet">The lab reads the same parts and reasons.</p>
      </details>
    </>
  );
}
