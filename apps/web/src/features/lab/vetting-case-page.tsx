import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabToVetQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { commandWords } from '../../lib/record-words';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { words } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { Steps } from '../../ui/steps';
import { say } from '../../ui/toast';
import { labStateWords } from './vetting-list-page';
import { CreditTerms } from './credit-terms';

const LabToVet = graphql(`
  query LabToVet($id: ID!) {
    lab(id: $id) {
      id
      name
      legalName
      country
      website
      state
      version
      createdAt
      vettedAt
      vettingReason
      owners {
        name
        shareBasisPoints
      }
      competitors
      members {
        id
        name
        email
        role
      }
    }
  }
`);
const LabHistory = graphql(`
  query LabHistory($id: ID!) {
    journal(first: 50, subjectId: $id) {
      edges {
        node {
          id
          at
          command
          actorName
          toState
        }
      }
    }
  }
`);
const DecideLab = graphql(`
  mutation DecideLab($input: VetLabInput!) {
    vetLab(input: $input) {
      id
      state
    }
  }
`);

type Lab = LabToVetQuery['lab'];

/** One lab: who owns it, whom it competes with, and the decision. */
export function VettingCasePage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: LabToVet, variables: { id } });
  return (
    <Ready query={query} title="Lab">
      {({ lab }) => (
        <Page
          title={lab.name}
          about={`${labStateWords(lab.state)}. Signed up on ${day(lab.createdAt)}.`}
          back={<Link to="/admin/labs">All labs</Link>}
        >
          <Standing lab={lab} />
          {lab.state === 'PENDING_VETTING' && <Decision lab={lab} />}
          <div className="columns">
            <div>
              <About lab={lab} />
              {lab.state === 'VETTED' && <CreditTerms labId={lab.id} labName={lab.name} />}
            </div>
            <LabSteps lab={lab} />
          </div>
        </Page>
      )}
    </Ready>
  );
}

function Standing({ lab: { state, vettingReason, vettedAt } }: { readonly lab: Lab }) {
  if (state === 'PENDING_VETTING' || !vettingReason) return null;
  return (
    <Notice tone={state === 'VETTED' ? 'good' : 'bad'}>
      <p>
        {labStateWords(state)}
        {vettedAt && ` on ${day(vettedAt)}`}: {vettingReason}
      </p>
      {state === 'REFUSED' && (
        <p>The lab reads this reason. When it corrects what it told us, it waits here again.</p>
      )}
    </Notice>
  );
}

function Decision({ lab }: { readonly lab: Lab }) {
  return (
    <div className="row">
      <Decide lab={lab} decision="VET" />
      <Decide lab={lab} decision="REFUSE" />
    </div>
  );
}

function Decide({ lab, decision }: { readonly lab: Lab; readonly decision: 'VET' | 'REFUSE' }) {
  const isVetting = decision === 'VET';
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Give the reason in a sentence: the lab reads it.', 2000) }),
    write: DecideLab,
    variables: ({ reason }, idempotencyKey) => ({
      input: { labId: lab.id, decision, reason, version: lab.version, idempotencyKey },
    }),
    onDone: () => say(isVetting ? `${lab.name} is vetted.` : `${lab.name} was refused.`),
  });
  return (
    <Confirm
      button={isVetting ? 'Vet the lab' : 'Refuse'}
      weight={isVetting ? 'main' : 'plain'}
      title={isVetting ? `Vet ${lab.name}?` : `Refuse ${lab.name}?`}
      verb={isVetting ? 'Vet it' : 'Refuse it'}
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        {isVetting
          ? 'It can publish projects at once. Experts who work for its competitors are kept apart.'
          : 'It cannot publish. It reads your reason, can correct what it told us, and is looked at again.'}
      </p>
      <LongTextField
        form={form}
        name="reason"
        label="Reason"
        hint="The lab reads it. It stays in the journal."
      />
    </Confirm>
  );
}

function About({ lab }: { readonly lab: Lab }) {
  const shares = lab.owners.reduce((sum, { shareBasisPoints }) => sum + shareBasisPoints, 0);
  return (
    <>
      <Section title="The organisation">
        <Facts
          facts={[
            ['Legal name', lab.legalName],
            ['Country', countryName(lab.country)],
            [
              'Website',
              lab.website ? (
                <a href={lab.website} target="_blank" rel="noreferrer">
                  {lab.website}
                </a>
              ) : (
                'None given'
              ),
            ],
          ]}
        />
      </Section>
      <Section title="Owners">
        <Facts
          facts={[
            ...lab.owners.map(({ name, shareBasisPoints }) => [name, share(shareBasisPoints)] as const),
            shares < 10_000 && (['Not named', share(10_000 - shares)] as const),
          ]}
        />
      </Section>
      <Section title="Competes with">
        {lab.competitors.length === 0 ? (
          <p>Nobody is named. Ask, if you know of one: experts who work there must be kept apart.</p>
        ) : (
          <ul>
            {lab.competitors.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="People">
        <Facts
          facts={lab.members.map(({ name, email, role }) => [name, `${words(role)}, ${email}`] as const)}
        />
      </Section>
    </>
  );
}

const share = (basisPoints: number) => `${(basisPoints / 100).toFixed(2)} %`;

/** What happened to the lab, for those who may read the journal. */
function LabSteps({ lab }: { readonly lab: Lab }) {
  const [{ data }] = useQuery({ query: LabHistory, variables: { id: lab.id } });
  const rows = data?.journal.edges.map(({ node }) => node).toReversed() ?? [];
  const done = rows.map(({ id, at, command, actorName, toState }) => ({
    key: id,
    label: toState === 'VETTED' || toState === 'REFUSED' ? labStateWords(toState) : commandWords(command),
    state: 'done' as const,
    at,
    about: actorName ? `By ${actorName}` : undefined,
  }));
  const waiting = { label: 'Decision', state: 'now' as const, about: 'Waits for somebody on the staff' };
  return (
    <Section title="History">
      <Steps
        label="History of this lab"
        steps={[
          ...(done.length > 0 ? done : [{ label: 'Signed up', state: 'done' as const, at: lab.createdAt }]),
          ...(lab.state === 'PENDING_VETTING' ? [waiting] : []),
        ]}
      />
    </Section>
  );
}
