import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ConversionQuoteQuery } from '../../gql/graphql';
import { minus, money } from '../../lib/money';
import { day } from '../../lib/time';
import { counted, newKey } from '../../lib/words';
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
      laterCredit {
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

const Free = graphql(`
  query FreeForHire {
    labBalances {
      currency
      available {
        minor
        currency
      }
    }
  }
`);

type Quote = ConversionQuoteQuery['conversionQuote'];

/** How an engagement stands, and what ends it. */
interface Agreed {
  readonly state: string;
  readonly endsAt?: string | null;
  readonly noticeDays: number;
}

/** What hiring directly costs the lab, as both sides read it; whoever owns the lab can record it. */
export function HireDirectly({
  id,
  recording,
}: {
  readonly id: string;
  /** How the engagement stands, where whoever reads may record it. */
  readonly recording?: Agreed | false;
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
            {recording && !quote.recordedAt && (
              <Record
                quote={quote}
                agreed={recording}
                onDone={() => query[1]({ requestPolicy: 'network-only' })}
              />
            )}
          </>
        )}
      </Ready>
    </Section>
  );
}

function Sum({ quote }: { readonly quote: Quote }) {
  const { base, sharePpm, credit, due, laterCredit, freeFrom, recordedAt } = quote;
  return (
    <Facts
      facts={[
        ['Base, the platform’s fee on the full weeks', money(base)],
        ['Share of it', `${sharePpm / 10_000} %`],
        ['Fees kept already, taken off', money(credit)],
        [recordedAt ? 'The lab paid' : 'The lab would pay now', money(due)],
        recordedAt && due.minor !== '0'
          ? [
              'Fees kept since, given back',
              laterCredit ? money(laterCredit) : 'Once the work is over and charged',
            ]
          : null,
        ['The expert pays', 'Nothing'],
        !recordedAt && freeFrom ? ['Costs nothing from', day(freeFrom)] : null,
      ]}
    />
  );
}

function Record({
  quote,
  agreed,
  onDone,
}: {
  readonly quote: Quote;
  readonly agreed: Agreed;
  readonly onDone: () => void;
}) {
  const { run, isSending, problem } = useAction(Hire);
  const [{ data }] = useQuery({ query: Free, requestPolicy: 'cache-and-network' });
  const { due } = quote;
  const free = data?.labBalances.find(({ currency }) => currency === due.currency)?.available ?? {
    ...due,
    minor: '0',
  };
  const isCovered = BigInt(free.minor) >= BigInt(due.minor);
  const isCostless = due.minor === '0';
  const record = async () => {
    const input = { engagementId: quote.engagementId, dueMinor: due.minor, idempotencyKey: newKey() };
    // Where it was refused the question stays open, and says why.
    if (!(await run({ input }))) return undefined;
    say('It is recorded. The expert was told.');
    onDone();
    return true;
  };
  if (!data) return null;
  if (!isCovered)
    return (
      <Notice tone="warning">
        {money(free)} of your balance is free beside what is held for weeks of work, and this costs{' '}
        {money(due)}. <Link to="/lab/billing">Add funds</Link>, then record it here.
      </Notice>
    );
  return (
    <Confirm
      button="Record a direct hire"
      title="Record that you hire directly?"
      verb={isCostless ? 'Record it' : `Pay ${money(due)} and record it`}
      run={record}
      isSending={isSending}
      problem={problem}
    >
      <p>
        {isCostless
          ? 'Nothing is taken from your balance.'
          : `${money(due)} is taken from your balance; ${money(minus(free, due))} of it is free after that.`}{' '}
        {endWords(agreed)}{' '}
        {!isCostless &&
          agreed.state !== 'ENDED' &&
          'The platform’s fees on that work come off this too: they are given back to your balance once all of it is charged. '}
        It cannot be taken back.
      </p>
    </Confirm>
  );
}

/** What becomes of the engagement when its lab hires directly. */
function endWords({ state, endsAt, noticeDays }: Agreed): string {
  if (state === 'ENDED') return 'The engagement has ended; nothing else changes.';
  if (state === 'NOTICE' && endsAt)
    return `The engagement ends on ${day(endsAt)}, as notice was given; work until then goes on and is paid.`;
  return `Notice is given with it: the engagement ends in ${counted(noticeDays, 'day')}; work until then goes on and is paid.`;
}
