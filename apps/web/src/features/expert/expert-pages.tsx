import { useState } from 'react';
import { useQuery } from 'urql';
import { CURRENCIES, parseAmount, type Currency } from '@tallystick/domain';
import { graphql } from '../../gql';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-action';

const Create = graphql(`
  mutation CreateExpert($input: CreateExpertInput!) {
    createExpert(input: $input) {
      id
    }
  }
`);
const MyProfile = graphql(`
  query MyProfile {
    myProfile {
      id
      displayName
      headline
      bio
      country
      timeZone
      hoursPerWeek
      isVisibleToLabs
      minimumRate {
        minor
        currency
      }
      skills {
        label
        conceptId
      }
      languages {
        language
        level
      }
      affiliations {
        organisation
        title
        startsOn
        endsOn
      }
      evidence {
        id
        kind
        title
        text
      }
    }
  }
`);
const Edit = graphql(`
  mutation EditProfile($input: EditProfileInput!) {
    editProfile(input: $input) {
      id
    }
  }
`);
const Import = graphql(`
  mutation ImportResume($resume: String!, $key: String!) {
    importResume(resume: $resume, idempotencyKey: $key)
  }
`);

/** A signed-in person becomes an expert. */
export function CreateExpertPage() {
  const [displayName, setName] = useState('');
  const [country, setCountry] = useState('');
  const [key] = useState(newKey);
  const { run, isSending, problem } = useAction(Create);
  const send = async () => {
    if (await run({ input: { displayName, country: country.toUpperCase(), idempotencyKey: key } }))
      window.location.assign('/expert/profile');
  };
  return (
    <Page title="Your profile">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={problem?.field ? undefined : problem} />
        <Field
          label="Name that labs see"
          name="displayName"
          value={displayName}
          onChange={setName}
          problem={problem}
        />
        <Field
          label="Country from which you work"
          name="country"
          hint="Two letters, e.g. RO"
          value={country}
          onChange={setCountry}
          problem={problem}
        />
        <button className="button main" disabled={isSending}>
          Make the profile
        </button>
      </form>
    </Page>
  );
}

/** What labs see, to be written by hand or taken over from a JSON Resume. */
export function ProfilePage() {
  const [{ data, error }, query] = useQuery({ query: MyProfile });
  const [version, setVersion] = useState(0);
  if (!data) return <Pending error={error} retry={query} />;
  const reload = () => {
    query({ requestPolicy: 'network-only' });
    setVersion(version + 1);
  };
  return (
    <Page title="Profile">
      <ResumeImport onDone={reload} />
      <ProfileForm
        key={`${version} ${data.myProfile.skills.length} ${data.myProfile.headline}`}
        profile={data.myProfile}
      />
    </Page>
  );
}

function ResumeImport({ onDone }: { readonly onDone: () => void }) {
  const { run, isSending, problem } = useAction(Import);
  const [said, setSaid] = useState('');
  const send = async (file: File | undefined) => {
    if (!file) return;
    const done = await run({ resume: await file.text(), key: newKey() });
    if (!done) return;
    setSaid(
      done.importResume.length === 0
        ? 'Everything in the file was taken over.'
        : `Taken over. No place was found for: ${done.importResume.join(', ')}.`,
    );
    onDone();
  };
  return (
    <section className="sheet">
      <label htmlFor="resume">
        <strong>Take over a JSON Resume</strong>
      </label>
      <input
        id="resume"
        type="file"
        accept="application/json,.json"
        disabled={isSending}
        onChange={(event) => void send(event.target.files?.[0])}
      />
      {said && <p role="status">{said}</p>}
      <ProblemNotice problem={problem} />
    </section>
  );
}

type Profile = NonNullable<ReturnType<typeof useProfile>>;
function useProfile() {
  return useQuery({ query: MyProfile })[0].data?.myProfile;
}

function ProfileForm({ profile }: { readonly profile: Profile }) {
  const currency = profile.minimumRate.currency as Currency;
  const digits = CURRENCIES[currency].digits;
  const [values, set] = useState({
    displayName: profile.displayName,
    headline: profile.headline,
    bio: profile.bio,
    country: profile.country,
    timeZone: profile.timeZone,
    hoursPerWeek: String(profile.hoursPerWeek),
    minimumRateMinor: (Number(profile.minimumRate.minor) / 10 ** digits).toFixed(digits),
    skills: profile.skills.map(({ label }) => label).join(', '),
    employer: profile.affiliations.find(({ endsOn }) => !endsOn)?.organisation ?? '',
    isVisibleToLabs: profile.isVisibleToLabs ? 'yes' : 'no',
  });
  const { run, isSending, problem } = useAction(Edit);
  const [isSaved, setSaved] = useState(false);
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    problem,
    onChange: (value: string) => (setSaved(false), set({ ...values, [name]: value })),
  });
  const send = async () => {
    const rate = parseAmount(values.minimumRateMinor, currency);
    const past = profile.affiliations.filter(({ endsOn }) => endsOn);
    const dayOf = (date: string | null | undefined) => date?.slice(0, 10) ?? null;
    const current =
      values.employer.trim() === ''
        ? []
        : [{ organisation: values.employer, title: values.headline.slice(0, 120) }];
    const input = {
      displayName: values.displayName,
      headline: values.headline,
      bio: values.bio,
      country: values.country.toUpperCase(),
      timeZone: values.timeZone,
      hoursPerWeek: Number(values.hoursPerWeek) || 0,
      minimumRateMinor: rate.ok ? rate.value.toString() : '',
      rateCurrency: currency,
      isVisibleToLabs: values.isVisibleToLabs === 'yes',
      skills: values.skills
        .split(',')
        .map((label) => label.trim())
        .filter((label) => label !== '')
        .map((label) => ({ label })),
      languages: profile.languages.map(({ language, level }) => ({ language, level })),
      affiliations: [
        ...current,
        ...past.map(({ organisation, title, startsOn, endsOn }) => ({
          organisation,
          title,
          startsOn: dayOf(startsOn),
          endsOn: dayOf(endsOn),
        })),
      ],
      evidence: profile.evidence.map(({ kind, title, text }) => ({ kind, title, text })),
      idempotencyKey: newKey(),
    };
    if (await run({ input })) setSaved(true);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <ProblemNotice problem={problem?.field ? undefined : problem} />
      <Field label="Name that labs see" {...field('displayName')} />
      <Field label="Headline" hint="One line: what you are." {...field('headline')} />
      <Field label="About you" isLong {...field('bio')} />
      <Field label="Skills" hint="With commas between them." {...field('skills')} />
      <Field
        label="Where you work now"
        hint="Labs that compete with it cannot engage you."
        {...field('employer')}
      />
      <div className="grid">
        <Field label="Country" {...field('country')} />
        <Field label="Time zone" {...field('timeZone')} />
        <Field label="Hours a week" {...field('hoursPerWeek')} />
        <Field label={`Lowest pay an hour, ${currency}`} {...field('minimumRateMinor')} />
        <Field
          label="Visible to labs"
          options={[
            ['yes', 'Yes'],
            ['no', 'No'],
          ]}
          {...field('isVisibleToLabs')}
        />
      </div>
      <h2>Evidence</h2>
      {profile.evidence.length === 0 && (
        <p>None yet. Take over a JSON Resume, and your work, publications and projects appear here.</p>
      )}
      <ul>
        {profile.evidence.map((item) => (
          <li key={item.id}>{item.title}</li>
        ))}
      </ul>
      <button className="button main" disabled={isSending}>
        {isSending ? 'Saving' : 'Save the profile'}
      </button>
      {isSaved && <p role="status">Saved. Your openings are being ranked again.</p>}
    </form>
  );
}
