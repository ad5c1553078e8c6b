import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { SeatOffers } from './seat-offers';
import { SeatsAwaited } from './seats-awaited';
import { SeatPlan } from './seat-plan';
import { SeatRulesForm, useSeatRules } from './seat-rules-form';
import { points, refusalWords, type SeatNames } from './seat-words';
import { saidIn, saysTheSame, type Proposal, type Said, type SeatOpening } from './seats';

const Seats = graphql(`
  query Seats($projectId: ID!, $openingId: ID) {
    project(id: $projectId) {
      id
      title
      openings {
        id
        title
        state
        hoursPerWeek
        startsOn
        rateMin {
          minor
          currency
        }
        rateMax {
          minor
          currency
        }
      }
    }
    seatProposal(projectId: $projectId, openingId: $openingId) {
      id
      state
      version
      askedAt
      startedAt
      step
      searchSeconds
      computedAt
      confirmedAt
      perExpert
      largestSharePercent
      newcomers
      jurisdictions {
        openingId
        jurisdiction
        atLeast
      }
      said {
        candidate {
          id
          openingId
          expertId
          expertName
        }
        said
      }
      openings {
        openingId
        seats
        filled
        level
        whyEmpty
      }
      seats {
        candidate {
          id
          openingId
          expertId
          expertName
        }
        fit
        isLocked
        bestLeftOut {
          id
          expertName
        }
        fitOfBestLeftOut
        whyNotThem {
          code
          openingId
          lost
          about
        }
        offerId
        refusalCode
        refusal
        whyNoOffer
      }
      notSeated {
        candidate {
          id
          openingId
          expertId
          expertName
        }
        fit
        why {
          code
          openingId
          about
        }
      }
      possible {
        candidate {
          id
          openingId
          expertId
        }
        fit
      }
      refusals {
        code
        openingId
        expertId
        tag
        wanted
        reached
      }
      floor
      total
      isProven
      offersLeft
    }
  }
`);

/** Who could take which seat of a project, or of one opening of it, and the way from there to offers. */
export function SeatsPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ opening }] = useFilters({ opening: '' });
  const query = useQuery({ query: Seats, variables: { projectId: id, openingId: opening || null } });
  const { mayHire } = useLabRights();
  return (
    <Ready query={query} title="Seats">
      {({ project, seatProposal }) => {
        const openings = project.openings.filter((each) => opening === '' || each.id === opening);
        const [only] = openings;
        return (
          <Page
            title={opening !== '' && only ? `Seats of ${only.title}` : 'Seats'}
            about="Who could take which seat, from everybody who applied. You decide: nobody is turned down by a proposal."
            back={
              opening === '' ? (
                <Link to="/lab/projects/$id" params={{ id }}>
                  {project.title}
                </Link>
              ) : (
                <Link to="/lab/openings/$id" params={{ id: opening }}>
                  {only?.title ?? project.title}
                </Link>
              )
            }
          >
            {mayHire ? (
              <Proposed
                key={seatProposal?.id ?? 'none'}
                projectId={id}
                openingId={opening || null}
                openings={openings}
                proposal={seatProposal ?? null}
              />
            ) : (
              <Notice>Seats are for owners and managers of your lab.</Notice>
            )}
          </Page>
        );
      }}
    </Ready>
  );
}

function Proposed({
  projectId,
  openingId,
  openings,
  proposal,
}: {
  readonly projectId: string;
  readonly openingId: string | null;
  readonly openings: readonly SeatOpening[];
  readonly proposal: Proposal | null;
}) {
  const before = saidIn(proposal);
  const [said, setSaid] = useState<readonly Said[]>(before);
  const open = openings.filter(({ state }) => state === 'OPEN');
  const form = useSeatRules({ projectId, openingId, openings: open, proposal, said });
  if (open.length === 0) return <Empty>No opening of this is open, so there are no seats to fill.</Empty>;
  const names = namesOf(openings, proposal);
  const isChanged = !saysTheSame(said, before);
  return (
    <>
      <Standing proposal={proposal} names={names} />
      {proposal?.state === 'READY' && (
        <>
          <SeatPlan proposal={proposal} names={names} said={said} onSaid={setSaid} />
          {isChanged ? (
            <Notice tone="warning">
              <p>Your changes are not in this proposal yet. Propose again to see what follows from them.</p>
              <div className="row">
                <Button weight="main" isSending={form.isSending} onPress={() => void form.send()}>
                  Propose again with the changes
                </Button>
                <Button onPress={() => setSaid(before)}>Undo the changes</Button>
              </div>
            </Notice>
          ) : (
            proposal.seats.length > 0 && <SeatOffers proposal={proposal} openings={openings} names={names} />
          )}
        </>
      )}
      {proposal?.state === 'CONFIRMED' && (
        <SeatOffers proposal={proposal} openings={openings} names={names} />
      )}
      <SeatRulesForm
        form={form}
        openings={open}
        isFirst={proposal === null}
        kept={proposal?.state === 'READY' ? 0 : said.length}
        onForget={() => setSaid([])}
      />
    </>
  );
}

/** Where the proposal stands, in figures or in what to do. */
function Standing({ proposal, names }: { readonly proposal: Proposal | null; readonly names: SeatNames }) {
  if (proposal === null) return null;
  const { state, refusals, openings, seats, floor, total, computedAt, confirmedAt, isProven } = proposal;
  if (state === 'WAITING') return <SeatsAwaited proposal={proposal} />;
  if (state === 'CANCELLED')
    return <Notice>You took the last proposal back before it was worked out. Ask anew below.</Notice>;
  if (state === 'REFUSED')
    return (
      <div className="notice bad" role="alert">
        <p>Nobody was seated: not all that must hold can hold. Every application stays as it is.</p>
        <ul>
          {refusals.map((refusal) => (
            <li key={refusal.code + refusal.openingId + refusal.expertId + refusal.tag}>
              {refusalWords(refusal, names)}
            </li>
          ))}
        </ul>
      </div>
    );
  const toFill = openings.reduce((sum, each) => sum + each.seats, 0);
  return (
    <>
      <Figures
        figures={[
          { label: 'Seats with somebody for them', value: `${seats.length} of ${toFill}` },
          {
            label: 'Fit of the weakest opening',
            value: floor === null || floor === undefined ? '–' : points(floor),
            about: `On average, for each of its seats.${isProven ? ' It cannot be higher.' : ''}`,
          },
          {
            label: 'Average fit of a seat',
            value: seats.length === 0 ? '–' : points((total ?? 0) / seats.length),
            about: isProven
              ? 'The highest that does not weaken the weakest opening.'
              : 'The highest that was found.',
          },
        ]}
      />
      {!isProven && (
        <Notice>
          This is the best that was found in the time there is. It is not proven to be the best: another
          proposal may be a little better.
        </Notice>
      )}
      <p className="quiet">
        {state === 'CONFIRMED' && confirmedAt
          ? `Confirmed ${moment(confirmedAt)}.`
          : computedAt && `Worked out ${moment(computedAt)} from who had applied then.`}
      </p>
    </>
  );
}

function namesOf(openings: readonly SeatOpening[], proposal: Proposal | null): SeatNames {
  const titles = new Map(openings.map(({ id, title }) => [id, title]));
  const experts = new Map(
    [...(proposal?.seats ?? []), ...(proposal?.notSeated ?? []), ...(proposal?.said ?? [])].map(
      ({ candidate }) => [candidate.expertId, candidate.expertName],
    ),
  );
  return {
    opening: (id) => titles.get(id ?? '') ?? 'another opening',
    expert: (id) => experts.get(id ?? '') ?? 'This expert',
  };
}
