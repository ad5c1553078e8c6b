import { graphql } from '../../gql';
import { useAppForm, type AppForm } from '../../lib/form';
import { rules, wholeNumber } from '../../lib/rules';
import { counted, newKey } from '../../lib/words';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import type { Proposal, Said, SeatOpening } from './seats';

const ProposeSeats = graphql(`
  mutation ProposeSeats($input: ProposeSeatsInput!) {
    proposeSeats(input: $input) {
      id
      state
    }
  }
`);

interface RuleValues {
  perExpert: string;
  largestSharePercent: string;
  newcomers: string;
  jurisdictions: { openingId: string; jurisdiction: string; atLeast: string }[];
}
export type SeatRules = AppForm<RuleValues>;

/** What must hold in a proposal, and the way to ask for one. */
export function useSeatRules({
  projectId,
  openingId,
  openings,
  proposal,
  said,
}: {
  readonly projectId: string;
  readonly openingId: string | null;
  readonly openings: readonly SeatOpening[];
  readonly proposal: Proposal | null;
  readonly said: readonly Said[];
}): SeatRules {
  return useAppForm({
    values: {
      perExpert: String(proposal?.perExpert ?? 1),
      largestSharePercent: String(proposal?.largestSharePercent ?? 100),
      newcomers: String(proposal?.newcomers ?? 0),
      jurisdictions: openings.map(({ id }) => {
        const rule = proposal?.jurisdictions.find((each) => each.openingId === id);
        return { openingId: id, jurisdiction: rule?.jurisdiction ?? '', atLeast: String(rule?.atLeast ?? 1) };
      }),
    },
    rules: rules.object({
      perExpert: wholeNumber(1, 20, 'Seats for one expert'),
      largestSharePercent: wholeNumber(1, 100, 'Largest share'),
      newcomers: wholeNumber(0, 500, 'Seats for newcomers'),
      jurisdictions: rules.array(
        rules.object({
          openingId: rules.string(),
          jurisdiction: rules
            .string()
            .check(
              rules.refine(
                (text) => /^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$/i.test(text.trim()),
                'Write a code like DE or US-CA, or leave it empty.',
              ),
            ),
          atLeast: wholeNumber(1, 500, 'Seats for a jurisdiction'),
        }),
      ),
    }),
    write: ProposeSeats,
    // A key of its own each time: asking again with the same rules is meant, applicants come and go.
    variables: (values) => ({
      input: {
        projectId,
        openingId,
        perExpert: Number(values.perExpert),
        largestSharePercent: Number(values.largestSharePercent),
        newcomers: Number(values.newcomers),
        jurisdictions: values.jurisdictions
          .filter(({ jurisdiction }) => jurisdiction.trim() !== '')
          .map((rule) => ({
            openingId: rule.openingId,
            jurisdiction: rule.jurisdiction.trim().toUpperCase(),
            atLeast: Number(rule.atLeast),
          })),
        said: said.map(({ openingId: opening, expertId, said: word }) => ({
          ...{ openingId: opening, expertId },
          said: word,
        })),
        idempotencyKey: newKey(),
      },
    }),
  });
}

/** The fields of what must hold. */
export function SeatRulesForm({
  form,
  openings,
  isFirst,
  kept,
  onForget,
}: {
  readonly form: SeatRules;
  readonly openings: readonly SeatOpening[];
  readonly isFirst: boolean;
  /** How many people are kept or set aside that this page does not show. */
  readonly kept: number;
  readonly onForget: () => void;
}) {
  return (
    <Section title="Rules of a proposal">
      {kept > 0 && (
        <Notice>
          {counted(kept, 'choice')} of yours about who is kept or set aside still{' '}
          {kept === 1 ? 'holds' : 'hold'}. <Button onPress={onForget}>Forget them</Button>
        </Notice>
      )}
      <Form
        form={form}
        button={isFirst ? 'Propose seats' : 'Propose again'}
        weight={isFirst ? 'main' : 'plain'}
      >
        <div className="grid">
          <TextField
            form={form}
            name="perExpert"
            label="Seats for one expert, at most"
            inputMode="numeric"
            hint="Nobody gets more than their hours a week allow."
          />
          <TextField
            form={form}
            name="largestSharePercent"
            label="Largest share of one expert, percent"
            inputMode="numeric"
            hint="Of all seats here. 100 sets no limit."
          />
          <TextField
            form={form}
            name="newcomers"
            label="Seats for newcomers, at least"
            inputMode="numeric"
            hint="In each opening, for experts who had no engagement yet."
          />
        </div>
        <details>
          <summary>Seats for a jurisdiction</summary>
          <p className="quiet">
            Where an expert lives or holds a verified credential: a code like DE or US-CA.
          </p>
          {openings.map(({ id, title }, at) => (
            <fieldset key={id}>
              <legend>{title}</legend>
              <div className="grid">
                <TextField form={form} name={`jurisdictions.${at}.jurisdiction`} label="Jurisdiction" />
                <TextField
                  form={form}
                  name={`jurisdictions.${at}.atLeast`}
                  label="Seats, at least"
                  inputMode="numeric"
                />
              </div>
            </fieldset>
          ))}
        </details>
      </Form>
    </Section>
  );
}
