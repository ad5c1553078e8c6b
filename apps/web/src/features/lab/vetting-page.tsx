import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabVettingQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { useLabRights } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/figures';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { Steps, type Step } from '../../ui/steps';
import { say } from '../../ui/toast';
import { LAB_RULES, labInput, LabFields } from './lab-fields';

const LabVetting = graphql(`
  query LabVetting {
    myLab {
      id
      name
      legalName
      country
      website
      state
      createdAt
      vettedAt
      vettingReason
      owners {
        name
        shareBasisPoints
      }
      competitors
    }
  }
`);
const EditVetting = graphql(`
  mutation EditVetting($input: EditVettingInput!) {
    editVetting(input: $input) {
      id
    }
  }
`);

type Lab = LabVettingQuery['myLab'];

/** Whether the lab may publish, what blocks it, and what it said about itself. */
export function VettingPage() {
  const query = useQuery({ query: LabVetting });
  const [isEditing, setEditing] = useState(false);
  const { mayManage } = useLabRights();
  return (
    <Page title="Vetting" about="Who owns the lab and whom it competes with, and whether it may publish.">
      <Ready query={query}>
        {({ myLab }) => (
          <>
            <Standing lab={myLab} />
            <Steps label="Vetting, step by step" steps={stepsOf(myLab)} />
            <Section
              title="What you told us"
              action={
                mayManage &&
                !isEditing && <Button onPress={() => setEditing(true)}>Change the answers</Button>
              }
            >
              {isEditing ? (
                <VettingForm lab={myLab} onDone={() => setEditing(false)} />
              ) : (
                <Answers lab={myLab} />
              )}
            </Section>
          </>
        )}
      </Ready>
    </Page>
  );
}

function Standing({ lab: { state, vettingReason } }: { readonly lab: Lab }) {
  if (state === 'VETTED')
    return <Notice tone="good">You are vetted: you can publish projects. {vettingReason}</Notice>;
  if (state === 'REFUSED')
    return (
      <Notice tone="bad">
        <p>You cannot publish yet. The reason: {vettingReason}</p>
        <p>Change your answers below; we then look at them again. Drafts and money are safe.</p>
      </Notice>
    );
  if (state === 'SUSPENDED')
    return (
      <Notice tone="bad">
        <p>The lab is suspended and cannot publish. {vettingReason}</p>
        <p>Engagements that run go on, and approved work is paid.</p>
      </Notice>
    );
  return (
    <Notice tone="warning">
      You cannot publish yet: a member of the platform still looks at your answers. Write drafts and add funds
      meanwhile; an email tells you when it is done.
    </Notice>
  );
}

function stepsOf({ state, createdAt, vettedAt }: Lab): Step[] {
  const isDecided = state === 'VETTED' || state === 'REFUSED';
  return [
    { label: 'You answered', state: 'done', at: createdAt },
    {
      label: 'A person at the platform looks at it',
      state: isDecided ? 'done' : 'now',
      at: isDecided ? vettedAt : undefined,
      about: isDecided ? undefined : 'Usually within two working days.',
    },
    {
      label: 'You can publish',
      state: state === 'VETTED' ? 'done' : 'waiting',
      at: state === 'VETTED' ? vettedAt : undefined,
      about: state === 'REFUSED' ? 'It waits for better answers from you.' : undefined,
    },
  ];
}

function Answers({ lab }: { readonly lab: Lab }) {
  const { owners, competitors } = lab;
  return (
    <Facts
      facts={[
        ['Name', lab.name],
        ['Legal name', lab.legalName],
        ['Country', countryName(lab.country)],
        ['Website', lab.website ?? 'None'],
        [
          'Owners',
          owners.map(({ name, shareBasisPoints }) => `${name}, ${shareBasisPoints / 100} %`).join('; '),
        ],
        ['Competitors', competitors.length === 0 ? 'None named' : competitors.join(', ')],
      ]}
    />
  );
}

function VettingForm({ lab, onDone }: { readonly lab: Lab; readonly onDone: () => void }) {
  const { name, legalName, country, website, owners, competitors } = lab;
  const form = useAppForm({
    values: {
      name,
      legalName,
      country,
      website: website ?? '',
      owners: owners.map((owner) => ({ name: owner.name, share: String(owner.shareBasisPoints / 100) })),
      competitors: [...competitors],
    },
    rules: LAB_RULES,
    write: EditVetting,
    variables: (values, idempotencyKey) => {
      const input = labInput(values);
      return { input: { ...input, website: input.website ?? '', idempotencyKey } };
    },
    onDone: () => {
      say('Saved.');
      onDone();
    },
  });
  return (
    <Form form={form} button="Save" beside={<Button onPress={onDone}>Keep as it was</Button>}>
      <LabFields form={form} />
    </Form>
  );
}
