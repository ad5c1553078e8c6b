import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabShortlistQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { SaveSearch } from '../../ui/save-search';
import { say } from '../../ui/toast';
import type { Candidate, Standing, Standings } from './candidate';
import { CandidateCard } from './candidate-card';
import { GateFunnel } from './gate-funnel';
import { PassPanel } from './pass-panel';
import { useCandidateKeys } from './use-candidate-keys';
import { useMarks } from './use-marks';

const LabShortlist = graphql(`
  query LabShortlist($id: ID!, $after: String, $expertIds: [ID!], $exceptIds: [ID!], $marked: String) {
    shortlist(
      openingId: $id
      first: 20
      after: $after
      expertIds: $expertIds
      exceptIds: $exceptIds
      marked: $marked
    ) {
      state
      askedAt
      scoredAt
      candidateCount
      eligibleCount
      removed {
        code
        count
        wouldPass
        unknown
        isInPart
      }
      fits {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
        edges {
          node {
            id
            openingId
            expertId
            expertName
            rank
            score
            isEligible
            mark {
              kind
              reasonWords
              note
            }
            gates {
              code
              outcome
              sentence
            }
            parts {
              ...PartShown
            }
            steps {
              ...StepShown
            }
            reasonsFor
            reasonsAgainst
            whatWouldChange
          }
        }
      }
    }
  }
  fragment PartShown on FitPart {
    name
    value
    weight
    contribution
  }
  fragment StepShown on FitStep {
    code
    sentence
    value
  }
`);

const SHOWN = [
  ['', 'To decide on'],
  ['new', 'Not looked at yet'],
  ['kept', 'Kept in mind'],
  ['passed', 'Passed over'],
  ['invited', 'Invited'],
  ['applied', 'Applied'],
  ['done', 'Engaged, declined or withdrawn'],
  ['all', 'Everybody who passes'],
] as const;
/** Who is here to be decided on no more. */
const DONE: readonly Standing[] = ['ENGAGED', 'DECLINED', 'WITHDRAWN'];
/** Marks by the choice that shows them. */
const MARKED: Readonly<Record<string, string>> = { new: 'NEITHER', kept: 'KEPT', passed: 'PASSED_OVER' };
const MOST_COMPARED = 4;
const LOOK_AGAIN_MS = 3000;
/** With fewer than this who left out whom is the first thing to know. */
const FEW = 10;

/** Who fits an opening, best first, each with reasons; who was left out, by gate and not by name. */
export function Shortlist({
  openingId,
  standings,
  actionsOf,
  mayInvite,
  mayOffer,
  mayMark,
  onInvite,
  onOffer,
}: {
  readonly openingId: string;
  readonly standings: Standings;
  /** The buttons of a candidate; none for who may not act. */
  readonly actionsOf: (candidate: Candidate) => ReactNode;
  /** Whether the keys act on a candidate: they do where its button stands. */
  readonly mayInvite: (candidate: Candidate) => boolean;
  readonly mayOffer: (candidate: Candidate) => boolean;
  readonly mayMark: boolean;
  readonly onInvite: (candidate: Candidate) => void;
  readonly onOffer: (candidate: Candidate) => void;
}) {
  // What is ticked stands in the address too: whoever comes back from comparing finds it.
  const [{ after, show, compare: ticked }, change] = useFilters({ after: '', show: '', compare: '' });
  const compared = ticked.split(',').filter(Boolean);
  const query = useQuery({
    query: LabShortlist,
    variables: {
      id: openingId,
      after: after || null,
      expertIds: shownIds(show, standings),
      exceptIds: show === '' || show === 'new' ? idsOf(standings, DONE) : null,
      marked: MARKED[show] ?? null,
    },
  });
  useLookingAgain(query[0].data?.shortlist.state === 'WAITING', query[1]);
  const marks = useMarks(openingId, () => query[1]({ requestPolicy: 'network-only' }));
  const compare = ({ expertId: id }: Candidate) => {
    const next = compared.includes(id) ? compared.filter((each) => each !== id) : [...compared, id];
    if (next.length <= MOST_COMPARED) change({ compare: next.join(','), ...(after && { after }) });
  };
  useCandidateKeys(query[0].data?.shortlist.fits.edges.map(({ node }) => node) ?? [], {
    i: onInvite,
    o: onOffer,
    c: compare,
    ...(mayMark && {
      s: marks.keep,
      p: (candidate: Candidate) => {
        if (standings.has(candidate.expertId)) say('They were asked or have applied: answer them instead.');
        else marks.ask(candidate);
      },
      u: marks.takeBack,
    }),
  });
  return (
    <Ready query={query}>
      {({ shortlist }) => {
        const candidates = shortlist.fits.edges.map(({ node }) => node);
        return (
          <>
            <Scoring shortlist={shortlist} />
            <FilterBar>
              <ChoiceFilter
                label="Show"
                value={show}
                options={SHOWN}
                onChange={(next) => change({ show: next })}
              />
              <CompareLink openingId={openingId} ids={compared} />
              <SaveSearch
                button="Tell me of new candidates"
                about="You are told when somebody new passes every gate of this opening and fits as well as you ask."
                name="New candidates"
                asked={{ openingId }}
              />
            </FilterBar>
            {candidates.length === 0 && shortlist.state !== 'WAITING' && <NobodyFits show={show} />}
            {candidates.length > 0 && (
              <p className="quiet keys">
                Keys: <kbd>j</kbd> and <kbd>k</kbd> or arrows go from one to the next
                {candidates.some(mayInvite) && (
                  <>
                    , <kbd>i</kbd> invites
                  </>
                )}
                {candidates.some(mayOffer) && (
                  <>
                    , <kbd>o</kbd> offers
                  </>
                )}
                {mayMark && (
                  <>
                    , <kbd>s</kbd> keeps in mind, <kbd>p</kbd> passes over, <kbd>u</kbd> takes either back
                  </>
                )}
                , <kbd>c</kbd> compares, <kbd>Enter</kbd> opens the evidence.
              </p>
            )}
            <ol className="list">
              {candidates.map((candidate) => (
                <CandidateCard
                  key={candidate.id}
                  candidate={candidate}
                  standing={standings.get(candidate.expertId)}
                  actions={actionsOf(candidate)}
                  isCompared={compared.includes(candidate.expertId)}
                  mayCompare={compared.length < MOST_COMPARED}
                  onCompare={() => compare(candidate)}
                  marking={mayMark ? marks : undefined}
                />
              ))}
            </ol>
            {marks.passing && (
              <PassPanel
                candidate={marks.passing}
                problem={marks.problem}
                onPass={(reason, note) => void marks.pass(reason, note)}
                onClose={marks.close}
              />
            )}
            {candidates.length > 0 && (
              <Pager
                pageInfo={shortlist.fits.pageInfo}
                total={shortlist.fits.totalCount}
                onPage={(next) => change({ after: next })}
              />
            )}
          </>
        );
      }}
    </Ready>
  );
}

function shownIds(show: string, standings: Standings): string[] | null {
  if (show === 'invited') return idsOf(standings, ['INVITED']);
  if (show === 'applied') return idsOf(standings, ['APPLIED', 'OFFERED']);
  return show === 'done' ? idsOf(standings, DONE) : null;
}

function idsOf(standings: Standings, wanted: readonly Standing[]): string[] {
  return [...standings].flatMap(([id, standing]) => (wanted.includes(standing) ? [id] : []));
}

/** Reads the page again, every few seconds, while something is on its way. */
function useLookingAgain(
  isWaiting: boolean,
  read: (options: { requestPolicy: 'network-only' }) => void,
): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    const beat = setInterval(() => read({ requestPolicy: 'network-only' }), LOOK_AGAIN_MS);
    return () => clearInterval(beat);
  }, [isWaiting, read]);
}

/** Whether the scores are there, and who was left out. */
function Scoring({ shortlist }: { readonly shortlist: LabShortlistQuery['shortlist'] }) {
  const { state, askedAt, scoredAt, candidateCount, eligibleCount, removed } = shortlist;
  return (
    <>
      {state === 'WAITING' && (
        <div role="status">
          <Notice tone="warning">
            The experts are being scored{askedAt ? `, asked for on ${moment(askedAt)}` : ''}. This page shows
            them by itself as soon as they are; you can leave it.
          </Notice>
        </div>
      )}
      {scoredAt && (
        <>
          <p>
            {counted(candidateCount, 'expert')} looked at, {eligibleCount} pass every gate. Scored on{' '}
            {moment(scoredAt)}.
          </p>
          {removed.length > 0 && (
            <details open={eligibleCount < FEW}>
              <summary>Who was left out, and why</summary>
              <GateFunnel shortlist={shortlist} />
            </details>
          )}
        </>
      )}
    </>
  );
}

function NobodyFits({ show }: { readonly show: string }) {
  if (show === 'invited') return <Empty>Nobody on the shortlist is invited and still to answer.</Empty>;
  if (show === 'applied') return <Empty>Nobody on the shortlist has applied yet.</Empty>;
  if (show === 'done') return <Empty>Nobody is engaged, was declined or withdrew.</Empty>;
  if (show === 'new') return <Empty>Everybody on the shortlist is kept in mind or passed over.</Empty>;
  if (show === 'kept') return <Empty>Nobody is kept in mind yet. “Keep” on a candidate does it.</Empty>;
  if (show === 'passed') return <Empty>Nobody is passed over.</Empty>;
  return (
    <Empty>
      Nobody passes every gate today. The list is made again whenever an expert joins or a credential is
      verified; asking for less, in a new project, widens it at once.
    </Empty>
  );
}

function CompareLink({ openingId, ids }: { readonly openingId: string; readonly ids: readonly string[] }) {
  if (ids.length < 2)
    return <span className="quiet beside-field">Tick two to four people to compare them.</span>;
  return (
    <Link
      className="button"
      to="/lab/openings/$id/compare"
      params={{ id: openingId }}
      search={{ ids: ids.join(',') } as never}
    >
      Compare {ids.length}
    </Link>
  );
}
