import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ComparedQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { Empty, Page, Ready } from '../../ui/page';
import { CandidateProfile, languages, verified, type CandidateFacts } from './candidate-evidence';

const Compared = graphql(`
  query Compared($id: ID!, $expertIds: [ID!]!) {
    publicOpening(id: $id) {
      id
      title
    }
    shortlist(openingId: $id, first: 4, expertIds: $expertIds) {
      fits {
        edges {
          node {
            id
            expertId
            expertName
            rank
            score
            gates {
              code
              outcome
              sentence
            }
            parts {
              name
              weight
              contribution
            }
            steps {
              code
              value
            }
            reasonsFor
            reasonsAgainst
          }
        }
      }
    }
  }
`);

type Fit = ComparedQuery['shortlist']['fits']['edges'][number]['node'];
const MOST = 4;
/** Points of 100 by which a part must differ before it is worth a sentence. */
const TELLING = 2;

/** Two to four candidates of one opening, side by side: the same rows in the same order. */
export function ComparePage() {
  const { id = '' } = useParams({ strict: false });
  const [{ ids }] = useFilters({ ids: '' });
  const expertIds = ids.split(',').filter(Boolean).slice(0, MOST);
  const query = useQuery({ query: Compared, variables: { id, expertIds } });
  const profiles = useProfiles(expertIds);
  return (
    <Ready query={query} title="Compare">
      {({ publicOpening, shortlist }) => {
        const fits = shortlist.fits.edges.map(({ node }) => node);
        const back = (
          <Link to="/lab/openings/$id" params={{ id }} search={{ view: 'shortlist', compare: ids } as never}>
            {publicOpening.title}
          </Link>
        );
        return (
          <Page
            title="Compare"
            about="The same rows in the same order, for people on the shortlist."
            back={back}
          >
            {fits.length < 2 ? (
              <Empty
                action={
                  <Link
                    className="button main"
                    to="/lab/openings/$id"
                    params={{ id }}
                    search={{ view: 'shortlist', compare: ids } as never}
                  >
                    Go to the shortlist
                  </Link>
                }
              >
                Fewer than two of these people are on the shortlist now. Tick two to four there.
              </Empty>
            ) : (
              <>
                <Differences fits={fits} />
                <Comparison fits={fits} profiles={profiles} />
              </>
            )}
          </Page>
        );
      }}
    </Ready>
  );
}

/** Profiles of up to four experts, by their ids. */
function useProfiles(ids: readonly string[]): ReadonlyMap<string, CandidateFacts> {
  const results = [useProfile(ids[0]), useProfile(ids[1]), useProfile(ids[2]), useProfile(ids[3])];
  return new Map(results.flatMap((profile) => (profile ? [[profile.id, profile] as const] : [])));
}

function useProfile(id: string | undefined): CandidateFacts | undefined {
  const [{ data }] = useQuery({
    query: CandidateProfile,
    variables: { id: id ?? '' },
    pause: id === undefined,
  });
  return data?.expertProfile;
}

/** What the score comes to after each step from the sum of the parts. */
const STEPS: Readonly<Record<string, string>> = {
  SUM: 'All parts together',
  AVERAGE: 'Measured from the average of all experts',
  INTEREST: 'With what is in it for the expert',
  EVENNESS: 'After others had their turn',
};

/** Points of 100 of a part, or after a step; null where a fit has no such step. */
interface Measure {
  readonly name: string;
  readonly of: (fit: Fit) => number | null;
}

const pointsOf = (share: number | null | undefined) => (typeof share === 'number' ? 100 * share : null);

/** The parts of the fits, with the most that each can give, then the steps from their sum to the score. */
function measuresOf(fits: readonly Fit[]): { parts: (Measure & { most: number })[]; steps: Measure[] } {
  const codes = Object.keys(STEPS).filter((code) =>
    fits.some(({ steps }) => steps.some((step) => step.code === code)),
  );
  return {
    parts: (fits[0]?.parts ?? []).map(({ name, weight }) => ({
      name,
      most: 100 * weight,
      of: (fit) => pointsOf(fit.parts.find((part) => part.name === name)?.contribution ?? 0),
    })),
    steps: codes.map((code) => ({
      name: STEPS[code] ?? code,
      of: (fit) => pointsOf(fit.steps.find((step) => step.code === code)?.value),
    })),
  };
}

/** In which parts and steps they differ, in words. */
function Differences({ fits }: { readonly fits: readonly Fit[] }) {
  const { parts, steps } = measuresOf(fits);
  const sentences = [...parts, ...steps].flatMap(({ name, of }) => {
    const points = fits
      .flatMap((fit) => {
        const own = of(fit);
        return own === null ? [] : [{ name: fit.expertName, points: own }];
      })
      .sort((one, other) => other.points - one.points);
    const [best, last] = [points[0], points.at(-1)];
    if (!best || !last || best.points - last.points < TELLING) return [];
    return [
      `${name}: ${best.name} is ahead with ${best.points.toFixed(1)} points, ${last.name} has ${last.points.toFixed(1)}.`,
    ];
  });
  return sentences.length === 0 ? (
    <p>They differ by less than {TELLING} points in every part of the fit, and in every step to it.</p>
  ) : (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Comparison({
  fits,
  profiles,
}: {
  readonly fits: readonly Fit[];
  readonly profiles: ReadonlyMap<string, CandidateFacts>;
}) {
  const ofProfile = (show: (profile: CandidateFacts) => string) => (fit: Fit) => {
    const profile = profiles.get(fit.expertId);
    return profile ? show(profile) : '';
  };
  const { parts, steps } = measuresOf(fits);
  const shown = (of: Measure['of']) => (fit: Fit) => of(fit)?.toFixed(1) ?? '';
  const rows: (readonly [string, (fit: Fit) => ReactNode])[] = [
    ['Rank', ({ rank }) => rank],
    ['Fit', ({ score }) => `${Math.round(score * 100)} of 100`],
    ['For', ({ reasonsFor }) => reasonsFor.join(' ') || 'Nothing stands out.'],
    ['Against', ({ reasonsAgainst }) => reasonsAgainst.join(' ') || 'Nothing.'],
    ['Gates', ({ gates }) => gates.map(({ sentence }) => sentence).join(' ') || 'None'],
    ['In one line', ofProfile(({ headline }) => headline)],
    ['Verified', ofProfile(verified)],
    ['Languages', ofProfile(languages)],
    ['Works from', ofProfile(({ country }) => countryName(country))],
    ['Hours a week', ofProfile(({ hoursPerWeek }) => String(hoursPerWeek))],
    ['Lowest rate', ofProfile(({ minimumRate }) => `${money(minimumRate)} an hour`)],
    ...parts
      .filter(({ most }) => most > 0)
      .map(({ name, most, of }) => [`${name}, of ${most.toFixed(1)}`, shown(of)] as const),
    ...steps.map(({ name, of }) => [name, shown(of)] as const),
  ];
  return (
    <table className="table compared" aria-label="Candidates side by side">
      <thead>
        <tr>
          <th scope="col">What</th>
          {fits.map((fit) => (
            <th key={fit.id} scope="col">
              {fit.expertName}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, show]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {fits.map((fit) => (
              <td key={fit.id} data-label={fit.expertName}>
                {show(fit)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
