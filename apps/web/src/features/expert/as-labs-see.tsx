import { clockOf, credentialWords } from '@tallystick/domain';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ProfileAsLabsSeeItQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { dayNames } from '../../lib/work-hours';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { Ready } from '../../ui/page';

const SeenByLabs = graphql(`
  query ProfileAsLabsSeeIt {
    myProfileAsLabsSeeIt {
      id
      displayName
      headline
      bio
      country
      timeZone
      hoursPerWeek
      workHours {
        days
        fromMinute
        toMinute
      }
      authorisedIn
      skills {
        label
      }
      languages {
        language
        level
      }
      affiliations {
        organisation
        title
        endsOn
      }
      evidence {
        id
        title
        text
      }
      provenCredentials {
        id
        type
        jurisdiction
      }
    }
  }
`);

type Shown = NonNullable<ProfileAsLabsSeeItQuery['myProfileAsLabsSeeIt']>;

/** Opens the profile as a lab sees it. */
export function AsLabsSee() {
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({ query: SeenByLabs, pause: !isOpen });
  return (
    <>
      <Button onPress={() => setOpen(true)}>View as a lab sees me</Button>
      <Panel title="As a lab sees you" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Ready query={query}>
          {({ myProfileAsLabsSeeIt: profile }) =>
            profile ? (
              <ProfileCard profile={profile} />
            ) : (
              <p>Labs do not see you: “Visible to labs” is off in your profile.</p>
            )
          }
        </Ready>
      </Panel>
    </>
  );
}

function ProfileCard({ profile }: { readonly profile: Shown }) {
  return (
    <>
      <h3>{profile.displayName}</h3>
      <p>{profile.headline || 'No headline yet.'}</p>
      {profile.bio && <p>{profile.bio}</p>}
      <Facts
        facts={[
          ['Verified', profile.provenCredentials.map(credentialWords).join(', ') || 'Nothing yet'],
          ['Skills', profile.skills.map(({ label }) => label).join(', ') || 'None yet'],
          [
            'Languages',
            profile.languages
              .map(({ language, level }) => `${language} (${level === 'NATIVE' ? 'native' : level})`)
              .join(', ') || 'None yet',
          ],
          ['From', `${countryName(profile.country)}, ${profile.timeZone.replaceAll('_', ' ')}`],
          ['Hours a week', String(profile.hoursPerWeek)],
          ['Works', workWords(profile)],
          ['May lawfully work in', profile.authorisedIn.map(countryName).join(', ') || 'Not said'],
          [
            'Works at',
            profile.affiliations
              .filter(({ endsOn }) => !endsOn)
              .map(({ organisation, title }) => (title ? `${title}, ${organisation}` : organisation))
              .join('; ') || 'Not said',
          ],
        ]}
      />
      {profile.evidence.map(({ id, title, text }) => (
        <p key={id}>
          <strong>{title}</strong> {text}
        </p>
      ))}
    </>
  );
}

function workWords({ workHours }: Shown): string {
  return workHours
    ? `${dayNames(workHours.days)}, ${clockOf(workHours.fromMinute)} to ${clockOf(workHours.toMinute)}`
    : 'Not said';
}
