import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabProjectQuery } from '../../gql/graphql';
import { day } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { Facts } from '../../ui/figures';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { CloseProjectButton } from './close-project-button';
import { LayerSheet } from './layer-sheet';
import { ProjectTotals } from './project-totals';
import { channelName, familyName } from './project-words';
import { PublishPart } from './publish-part';

const LabProject = graphql(`
  query LabProject($id: ID!) {
    project(id: $id) {
      id
      title
      summary
      state
      channel
      taskFamily
      unpaidParts
      monitoring
      contentWarning
      createdAt
      publishedAt
      totals {
        currency
        week {
          ...ProjectTally
        }
        whole {
          ...ProjectTally
        }
      }
      unmatchedSkills {
        label
        isListed
        isHeld
      }
      openings {
        id
        title
        description
        rung
        state
        seats
        seatsFilled
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
        rateAdvice
        takeRateExplanation
        rateMin {
          minor
          currency
        }
        rateMax {
          minor
          currency
        }
        skills {
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
        hourAtMin {
          ...ProjectTally
        }
        hourAtMax {
          ...ProjectTally
        }
        wholeAtMax {
          ...ProjectTally
        }
      }
    }
  }
  fragment ProjectTally on Tally {
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
`);

type ShownProject = LabProjectQuery['project'];

/** One project: what it says, its layers, what they cost. */
export function ProjectPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: LabProject, variables: { id } });
  const { mayHire } = useLabRights();
  return (
    <Ready query={query} title="Project">
      {({ project }) => {
        const isDraft = project.state === 'DRAFT';
        return (
          <Page
            title={project.title}
            about={
              <>
                <StateTag state={project.state} /> {project.summary}
              </>
            }
            back={<Link to="/lab/projects">Projects</Link>}
            action={
              mayHire &&
              (project.state === 'OPEN' ? (
                <>
                  <Link className="button" to="/lab/projects/$id/seats" params={{ id }}>
                    Propose seats
                  </Link>
                  <CloseProjectButton project={project} />
                </>
              ) : (
                isDraft && (
                  <Link className="button" to="/lab/projects/$id/edit" params={{ id }}>
                    Change the draft
                  </Link>
                )
              ))
            }
          >
            {isDraft && <PublishPart project={project} />}
            <Section title={isDraft ? 'What it costs' : 'Layers'}>
              {project.openings.length === 0 && (
                <Empty
                  action={
                    mayHire && (
                      <Link
                        className="button main"
                        to="/lab/projects/$id/edit"
                        params={{ id }}
                        search={{ step: 'layers' } as never}
                      >
                        Add layers
                      </Link>
                    )
                  }
                >
                  The draft has no layer yet, so there is nothing to price.
                </Empty>
              )}
              {project.openings.map((opening) => (
                <LayerSheet key={opening.id} opening={opening} isDraft={isDraft} />
              ))}
              <ProjectTotals totals={project.totals} />
            </Section>
            <Section title="What it says">
              <About project={project} />
            </Section>
          </Page>
        );
      }}
    </Ready>
  );
}

function About({ project }: { readonly project: ShownProject }) {
  return (
    <Facts
      facts={[
        ['Kind of work', familyName(project.taskFamily)],
        ['Recommended channel', channelName(project.channel)],
        ['Not paid', project.unpaidParts || 'Nothing: all time is paid'],
        ['Monitored', project.monitoring || 'Nothing'],
        ['Hard to look at', project.contentWarning || 'Nothing'],
        ['Written', day(project.createdAt)],
        project.publishedAt ? ['Published', day(project.publishedAt)] : null,
      ]}
    />
  );
}
