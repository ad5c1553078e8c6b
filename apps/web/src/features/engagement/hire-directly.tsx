import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ConversionQuoteQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const ConversionQuote = graphql(`
  query ConversionQuote($id: ID!) {
    conversionQuote(engagementId: $id) {
      engagementId
      schedule
      sentence
      months
      sharePpm
      freeFrom
      recordedAt
      base {
        minor
        currency
      }
      credit {
        minor
        currency
      }
      due {
        minor
        currency
      }
    }
  }
`);
const Hire = graphql(`
  mutation HireDirectly($input: HireDirectlyInput!) {
    hireDirectly(input: $input) {
      engagementId
      recordedAt
    }
  }
`);

type Quote = ConversionQuoteQuery['conversionQuote'];

/** What hiring directly costs the lab, as both sides read it; whoever owns the lab can record it. */
export function HireDirectly({
  id,
  mayRecord = false,
}: {
  readonly id: string;
  readonly mayRecord?: boolean;
}) {
  const query = useQuery({ query: ConversionQuote, variables: { id } });
  return (
    <Section title="Hiring directly">
      <Ready query={query}>
        {({ conversionQuote: quote }) => (
          <>
            <p>{quote.schedule}</p>
            {quote.recordedAt ? (
              <Notice>
                The lab recorded on {day(quote.recordedAt)} that it hires directly, for {money(quote.due)}.
              </Notice>
            ) : (
              <p>{quote.sentence}</p>
            )}
            <Sum quote={quote} />
            {mayRecord && !quote.recordedAt && (
              <Record quote={quote} onDone={() => query[1]({ requestPolicy: 'network-only' })} />
            )}
          </>
        )}
      </Ready>
    </Section>
  );
}

function Sum({ quote: { base, sharePpm, credit, due, freeFrom, recordedAt } }: { readonly quote: Quote }) {
  return (
    <Facts
      facts={[
        ['Base, the platform’s fee on the full weeks', money(base)],
        ['Share of it', `${sharePpm / 10_000} %`],
        ['Fees kept already, taken off', money(credit)],
        [recordedAt ? 'The lab paid' : 'The lab would pay now', money(due)],
        ['The expert pays', 'Nothing'],
        !recordedAt && freeFrom ? ['Costs nothing from', day(freeFrom)] : null,
      ]}
    />
  );
}

function Record({ quote, onDone }: { readonly quote: Quote; readonly onDone: () => void }) {
  const { run, isSending, problem } = useAction(Hire);
  const record = async () => {
    const input = { engagementId: quote.engagementId, dueMinor: quote.due.minor, idempotencyKey: newKey() };
    if (!(await run({ input }))) return false;
    say('It is recorded. The expert was told.');
    onDone();
    return true;
  };
  return (
    <Confirm
      button="Record a direct hire"
      title="Record that you hire directly?"
      verb={`Pay ${money(quote.due)} and record it`}
      run={record}
      isSending={isSending}
      problem={problem}
    >
      <p>
        {money(quote.due)} is taken from your balance. The engagement ends with the notice that was agreed;
        work until then goes on and is paid. It cannot be taken back.
      </p>
    </Confirm>
  );
}
