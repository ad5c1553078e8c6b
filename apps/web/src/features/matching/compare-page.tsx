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
          <Link to="/lab/openings/$id" params={{ id }} search={{ view: 'shortlist' } as never}>
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
                    search={{ view: 'shortlist' } as never}
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

/** In which parts they differ, in words. */
function Differences({ fits }: { readonly fits: readonly Fit[] }) {
  const sentences = (fits[0]?.parts ?? []).flatMap(({ name }) => {
    const points = fits
      .map((fit) => ({
        name: fit.expertName,
        points: 100 * (fit.parts.find((part) => part.name === name)?.contribution ?? 0),
      }))
      .sort((one, other) => other.points - one.points);
    const [best, last] = [points[0], points.at(-1)];
    if (!best || !last || best.points - last.points < TELLING) return [];
    return [
      `${name}: ${best.name} is ahead with ${best.points.toFixed(1)} points, ${last.name} has ${last.points.toFixed(1)}.`,
    ];
  });
  return sentences.length === 0 ? (
    <p>They differ by less than {TELLING} points in every part of the fit.</p>
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
    ...(fits[0]?.parts ?? [])
      .filter(({ weight }) => weight > 0)
      .map(
        ({ name, weight }) =>
          [
            `${name}, of ${(weight * 100).toFixed(0)}`,
            (fit: Fit) =>
              (100 * (fit.parts.find((part) => part.name === name)?.contribution ?? 0)).toFixed(1),
          ] as const,
      ),
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
