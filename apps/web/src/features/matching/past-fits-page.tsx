import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { PastFitsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { ExpertFilter } from '../../ui/expert-filter';
import { Facts } from '../../ui/figures';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { LabFilter } from '../../ui/lab-filter';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { FitParts } from './candidate-card';

const PastFits = graphql(`
  query PastFits($after: String, $kind: String, $labId: ID, $expertId: ID) {
    pastFits(first: 50, after: $after, kind: $kind, labId: $labId, expertId: $expertId) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          openingTitle
          expertId
          expertName
          labName
          kind
          at
          rank
          score
          propensity
          snapshotId
          modelName
          modelHash
          replay
          parts {
            ...PartShown
          }
          steps {
            ...StepShown
          }
        }
      }
    }
  }
`);

type PastFit = PastFitsQuery['pastFits']['edges'][number]['node'];

const NO_FILTER = { after: '', kind: '', lab: '', expert: '' };
const KINDS: Readonly<Record<string, string>> = {
  SHOWN: 'Shown to the lab',
  INVITED: 'Invited',
  APPLIED: 'Applied',
  ACCEPTED: 'Offer accepted',
  PASSED_OVER: 'Application declined',
  PASSED_REVIEW: 'Time approved in full',
  FAILED_REVIEW: 'Less time counted than logged',
};

/** What computing a score again came to: as a tag, and in a sentence. */
const REPLAYS: Readonly<Record<string, readonly [state: string, text: string, sentence: string]>> = {
  SAME: ['ACTIVE', 'The same', 'What was stored then gives the very same score again.'],
  DIFFERENT: [
    'FAILED',
    'Differs',
    'What was stored gives another score than the one that was kept: one of the two was changed afterwards. Have the database looked at.',
  ],
  NOT_SCORED: [
    'ENDED',
    'No score',
    'They were not scored for this work then, so there is nothing to compute.',
  ],
  NOT_KEPT: [
    'ENDED',
    'Not kept',
    'It is from before all of a score was kept, so it cannot be computed again.',
  ],
  OTHER_RELEASE: [
    'ENDED',
    'Other release',
    'The model of that time weighs other parts than this release computes. Run the release of that time on a copy to compute it.',
  ],
};

/** What labs were shown and what came of it, each score computed again from what was kept of it. */
export function PastFitsPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const { after, kind, lab, expert } = filters;
  const [chosen, choose] = useState<PastFit>();
  const query = useQuery({
    query: PastFits,
    variables: { after: after || null, kind: kind || null, labId: lab || null, expertId: expert || null },
  });
  const isFiltered = kind !== '' || lab !== '' || expert !== '';
  return (
    <Page
      title="Past fits"
      about="Whom labs were shown, at which place and by which score, and what came of it. Each score is computed again here from what was kept of it then, so that an old order can be explained."
    >
      <FilterBar>
        <ChoiceFilter
          label="What"
          value={kind}
          options={[['', 'Everything'], ...Object.entries(KINDS)]}
          onChange={(next) => change({ kind: next })}
        />
        <LabFilter value={lab} onChange={(next) => change({ lab: next })} />
        <ExpertFilter value={expert} onChange={(next) => change({ expert: next })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => change(NO_FILTER)}>
            Show everything
          </Button>
        )}
      </FilterBar>
      <Section title="Newest first">
        <Ready query={query}>
          {({ pastFits: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 ? (
                <Empty>{isFiltered ? 'None fits.' : 'No lab was shown anybody yet.'}</Empty>
              ) : (
                <PastFitTable rows={edges.map(({ node }) => node)} onChoose={choose} />
              )}
              {totalCount > 0 && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </>
          )}
        </Ready>
      </Section>
      {chosen && (
        <Panel
          title={`${chosen.expertName} for ${chosen.openingTitle}`}
          isOpen
          onClose={() => choose(undefined)}
        >
          <PastFitFacts fit={chosen} />
        </Panel>
      )}
    </Page>
  );
}

function PastFitTable({
  rows,
  onChoose,
}: {
  readonly rows: readonly PastFit[];
  readonly onChoose: (fit: PastFit) => void;
}) {
  return (
    <DataTable
      label="Past fits"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'expert',
          header: 'Expert',
          cell: ({ expertId: id, expertName }) => (
            <Link to="/admin/experts/$id" params={{ id }}>
              {expertName}
            </Link>
          ),
        },
        { id: 'what', header: 'What', cell: ({ kind }) => KINDS[kind] ?? kind },
        { id: 'at', header: 'When', cell: ({ at }) => moment(at) },
        {
          id: 'opening',
          header: 'Opening',
          cell: ({ openingTitle, labName }) => `${openingTitle}, ${labName}`,
        },
        { id: 'rank', header: 'Place', isFigure: true, cell: ({ rank }) => rank ?? 'None' },
        { id: 'score', header: 'Fit', isFigure: true, cell: ({ score }) => points(score) },
        {
          id: 'again',
          header: 'Computed again',
          cell: ({ replay }) => {
            const [state, text] = REPLAYS[replay] ?? ['ENDED', replay];
            return <StateTag state={state} text={text} />;
          },
        },
        {
          id: 'look',
          header: 'Look',
          cell: (fit) => (
            <Button
              weight="quiet"
              name={`Look at ${fit.expertName} for ${fit.openingTitle}, ${KINDS[fit.kind] ?? fit.kind}`}
              onPress={() => onChoose(fit)}
            >
              Look
            </Button>
          ),
        },
      ]}
    />
  );
}

/** One fit of the past with its parts and steps, computed again. */
function PastFitFacts({ fit }: { readonly fit: PastFit }) {
  const {
    kind,
    at,
    labName,
    rank,
    score,
    propensity,
    modelName,
    modelHash,
    snapshotId,
    replay,
    parts,
    steps,
  } = fit;
  const [, , sentence = replay] = REPLAYS[replay] ?? [];
  return (
    <>
      <Notice tone={replay === 'DIFFERENT' ? 'bad' : 'plain'}>{sentence}</Notice>
      <Facts
        facts={[
          ['What', `${KINDS[kind] ?? kind}, ${moment(at)}`],
          ['Lab', labName],
          ['Place on the shortlist', rank === null ? 'None' : String(rank)],
          ['Fit', points(score)],
          ...(rank === null
            ? []
            : ([
                [
                  'Chance of that place',
                  propensity === 1
                    ? 'Certain: it followed from the scores'
                    : `${(100 * propensity).toFixed(1)} %: the place was kept for a newcomer, who was drawn`,
                ],
              ] as const)),
          ...(modelName && modelHash
            ? ([['Model', `${modelName}, ${modelHash.slice(0, 16)}…`]] as const)
            : []),
          ...(snapshotId ? ([['Scored on', snapshotId]] as const) : []),
        ]}
      />
      {parts.length > 0 && <FitParts candidate={{ parts, steps }} />}
    </>
  );
}

function points(score: number | null | undefined): string {
  return typeof score === 'number' ? `${(100 * score).toFixed(0)} of 100` : 'None';
}
