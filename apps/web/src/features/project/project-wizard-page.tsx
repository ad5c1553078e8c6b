import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { useLabRights } from '../../lib/viewer';
import { Notice } from '../../ui/notice';
import { Nothing, Page, Ready, Skeleton } from '../../ui/page';
import { Steps, type Step } from '../../ui/steps';
import { WorkStep } from './work-step';

/** The second step, with its dates and lists, is fetched when it is reached: the first is there sooner. */
const LayersStep = lazy(() => import('./layers-step').then((step) => ({ default: step.LayersStep })));

const ProjectDraft = graphql(`
  query ProjectDraft($id: ID!) {
    project(id: $id) {
      id
      state
      title
      summary
      taskFamily
      scarcity
      sensitivity
      control
      unpaidParts
      monitoring
      contentWarning
      openings {
        id
        title
        description
        rung
        seats
        hoursPerWeek
        weeks
        startsOn
        countries
        isOnshore
        needsAuthorisation
        isExclusive
        evaluatedWorks
        overlap {
          hours
          timeZone
          fromMinute
          toMinute
        }
        rateMin {
          minor
          currency
        }
        rateMax {
          minor
          currency
        }
        skills {
          conceptId
          label
          isRequired
        }
        credentials {
          type
          jurisdiction
          issuers
        }
        languages {
          language
          level
        }
      }
    }
  }
`);

const LABELS = ['The work', 'Layers and pay', 'Price, then publish'] as const;

function steps(now: number): Step[] {
  return LABELS.map((label, at) => ({ label, state: at < now ? 'done' : at === now ? 'now' : 'waiting' }));
}

/** A new project, first step. */
export function NewProjectPage() {
  const { mayHire } = useLabRights();
  if (!mayHire) return <Nothing />;
  return (
    <Page
      title="New project"
      about="What you want done. Nobody else sees the draft, and it costs nothing."
      back={<Link to="/lab/projects">Projects</Link>}
    >
      <Steps label="Steps of a new project" steps={steps(0)} />
      <WorkStep />
    </Page>
  );
}

/** A draft, one step at a time. */
export function EditProjectPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ step }] = useFilters({ step: 'work' });
  const { mayHire } = useLabRights();
  const query = useQuery({ query: ProjectDraft, variables: { id } });
  const isLayers = step === 'layers';
  if (!mayHire) return <Nothing />;
  return (
    <Ready query={query} title="Draft">
      {({ project }) => (
        <Page
          title={isLayers ? `Layers of ${project.title}` : project.title}
          about={
            isLayers
              ? 'Each layer is priced to its own difficulty. You see the whole price in the next step.'
              : 'Nobody else sees the draft, and it costs nothing.'
          }
          back={
            <Link to="/lab/projects/$id" params={{ id }}>
              The draft
            </Link>
          }
        >
          <Steps label="Steps of a new project" steps={steps(isLayers ? 1 : 0)} />
          {project.state !== 'DRAFT' ? (
            <Notice tone="warning">
              This project is published, so it is not changed any more: people applied to what it said. Close
              its openings and post a new one to say something else.
            </Notice>
          ) : isLayers ? (
            <Suspense fallback={<Skeleton />}>
              <LayersStep key={project.id} draft={project} />
            </Suspense>
          ) : (
            <WorkStep key={project.id} draft={project} />
          )}
        </Page>
      )}
    </Ready>
  );
}
