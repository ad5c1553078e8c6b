import { credentialWords } from '@tallystick/domain';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { CandidateProfileQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { counted, words } from '../../lib/words';
import { Facts } from '../../ui/figures';
import { Ready } from '../../ui/page';

export const CandidateProfile = graphql(`
  query CandidateProfile($id: ID!) {
    expertProfile(id: $id) {
      id
      displayName
      headline
      bio
      country
      timeZone
      hoursPerWeek
      minimumRate {
        minor
        currency
      }
      languages {
        language
        level
      }
      skills {
        label
      }
      evidence {
        kind
        title
        text
      }
      provenCredentials {
        id
        type
        jurisdiction
        verifiedAt
        expiresOn
      }
    }
  }
`);

export type CandidateFacts = CandidateProfileQuery['expertProfile'];

/** What stands behind an expert's fit: what is verified, and what they say of themselves. */
export function CandidateEvidence({ expertId }: { readonly expertId: string }) {
  const query = useQuery({ query: CandidateProfile, variables: { id: expertId } });
  return (
    <Ready query={query}>
      {({ expertProfile: profile }) => (
        <>
          {profile.headline && <p>{profile.headline}</p>}
          <Facts
            facts={[
              ['Verified', verified(profile)],
              ['Skills', profile.skills.map(({ label }) => label).join(', ') || 'None named'],
              ['Languages', languages(profile)],
              ['Works from', `${countryName(profile.country)}, ${profile.timeZone.replaceAll('_', ' ')}`],
              ['Hours', `${counted(profile.hoursPerWeek, 'hour')} a week at most`],
              ['Lowest rate', `${money(profile.minimumRate)} an hour`],
            ]}
          />
          {profile.evidence.length > 0 && (
            <ul>
              {profile.evidence.slice(0, 6).map(({ kind, title, text }) => (
                <li key={title + text}>
                  <span className="quiet">{words(kind)}:</span> {title}
                  {text && `. ${text}`}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Ready>
  );
}

/** Verified credentials with their dates, in words. */
export function verified({ provenCredentials }: CandidateFacts): string {
  const said = provenCredentials.map(({ type, jurisdiction, verifiedAt, expiresOn }) => {
    const parts = [
      credentialWords({ type, jurisdiction }),
      verifiedAt && `verified ${day(verifiedAt)}`,
      expiresOn && `valid until ${day(expiresOn)}`,
    ];
    return parts.filter(Boolean).join(', ');
  });
  return said.join('; ') || 'No credential yet';
}

/** Languages with their levels, in words. */
export function languages({ languages: spoken }: CandidateFacts): string {
  return (
    spoken.map(({ language, level }) => `${language} ${level === 'NATIVE' ? 'native' : level}`).join(', ') ||
    'None named'
  );
}
