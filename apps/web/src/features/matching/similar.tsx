import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { Ready } from '../../ui/page';
import type { Candidate } from './candidate';

const Similar = graphql(`
  query SimilarExperts($openingId: ID!, $expertId: ID!) {
    similarExperts(openingId: $openingId, expertId: $expertId) {
      expertId
      expertName
      rank
      score
      shared
    }
  }
`);

/** Others of the shortlist who are like a candidate, each with what they share, and the way to see them side by side. */
export function SimilarTo({ candidate }: { readonly candidate: Candidate }) {
  const { openingId, expertId, expertName } = candidate;
  const query = useQuery({ query: Similar, variables: { openingId, expertId } });
  return (
    <Ready query={query}>
      {({ similarExperts: found }) =>
        found.length === 0 ? (
          <p className="quiet">
            Nobody else on this shortlist shares a title, a credential, a skill or a subject.
          </p>
        ) : (
          <>
            <ol aria-label={`Others like ${expertName}`}>
              {found.map((each) => (
                <li key={each.expertId}>
                  <strong>{each.expertName}</strong>, place {each.rank}, fit {Math.round(each.score * 100)} of
                  100. {each.shared.join(' ')}
                </li>
              ))}
            </ol>
            <p>
              <Link
                to="/lab/openings/$id/compare"
                params={{ id: openingId }}
                search={
                  { ids: [expertId, ...found.slice(0, 3).map((each) => each.expertId)].join(',') } as never
                }
              >
                Compare {expertName} and the first of these side by side
              </Link>
            </p>
            <p className="quiet">
              Of those on this shortlist, by what their profiles show of their work; names, rates and hours do
              not count.
            </p>
          </>
        )
      }
    </Ready>
  );
}
