import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { MoneyHeadlinesQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { day, distance } from '../../lib/time';
import { counted } from '../../lib/words';
import { Page, Ready } from '../../ui/page';

const MoneyHeadlines = graphql(`
  query MoneyHeadlines {
    moneyHeadlines {
      view
      count
      of
      ppm
      at
      amounts {
        minor
        currency
      }
    }
  }
`);

type Headline = MoneyHeadlinesQuery['moneyHeadlines'][number];

/** One view: where it is, which question it answers, its headline in words, and whether that is bad news. */
interface View {
  readonly view: string;
  readonly title: string;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly question: string;
  readonly say: (headline: Headline) => string;
  readonly isBad?: (headline: Headline) => boolean;
  /** Pages that belong to it. */
  readonly more?: readonly (readonly [to: string, label: string])[];
}

const sums = ({ amounts }: Headline) => amounts.map(money).join(' and ') || 'nothing';

const VIEWS: readonly View[] = [
  {
    view: 'TAKE_RATE',
    title: 'Take rate over time',
    to: '/admin/take-rate-periods',
    question: 'What does the platform really keep, of whom, and since when?',
    say: (found) =>
      found.count === 0
        ? 'Nothing was charged in 30 days.'
        : `${typeof found.ppm === 'number' ? `${percent(found.ppm)} of agreed pay, ` : ''}${sums(found)} of ${counted(found.count, 'line')} in 30 days.`,
    more: [['/admin/take-rates', 'Policies']],
  },
  {
    view: 'DRIFT',
    title: 'Drift of fees',
    to: '/admin/take-rates',
    question: 'Does every fee still come out the same when it is worked out again?',
    say: ({ count, of, at }) =>
      at
        ? `${count} of ${counted(of ?? 0, 'charge')} differ, looked at ${distance(at)}.`
        : 'Not worked out again yet.',
    isBad: ({ count }) => count > 0,
  },
  {
    view: 'CONTRACT',
    title: 'Contract against charged',
    to: '/admin/contract-checks',
    question: 'Was each line charged as its contract says?',
    say: ({ count, of }) => `${count} of ${counted(of ?? 0, 'line')} of 30 days differ.`,
    isBad: ({ count }) => count > 0,
  },
  {
    view: 'PAYOUTS',
    title: 'Payouts',
    to: '/admin/payouts',
    question: 'Was each payout right, who approved it, and how long did it take?',
    say: ({ count, of, at }) =>
      at
        ? `Last run ${distance(at)}: ${counted(count, 'payout')}, ${(of ?? 0) - count} held at a gate.`
        : 'Nothing was paid yet.',
    more: [['/admin/time-to-paid', 'Time to paid']],
  },
  {
    view: 'REVERSALS',
    title: 'Taken back',
    to: '/admin/taken-back',
    question: 'What was taken back of which line, and does the ledger have it?',
    say: (found) =>
      found.count === 0
        ? 'Nothing in 30 days.'
        : `${counted(found.count, 'line')}, ${sums(found)}, in 30 days.`,
  },
  {
    view: 'HOLDS',
    title: 'Holds and gates',
    to: '/admin/payouts',
    search: { state: 'GATED' },
    question: 'What is held, by which gate, since when, and who decides?',
    say: (found) =>
      found.count === 0
        ? 'Nothing is held.'
        : `${counted(found.count, 'payout')}, ${sums(found)}, the oldest ${found.at ? distance(found.at) : ''}.`,
  },
  {
    view: 'WAITING',
    title: 'Where money waits',
    to: '/admin/waiting-money',
    question: 'What is earned and not paid, on its way, reserved or in dispute, and for how long?',
    say: (found) =>
      found.count === 0
        ? 'Nothing waits for more than a week.'
        : `${counted(found.count, 'item')} for more than a week: ${sums(found)}.`,
    more: [['/admin/reconciliation', 'Reconciliation']],
  },
  {
    view: 'OVERRIDES',
    title: 'Overrides and approvals',
    to: '/admin/overrides',
    question: 'Who stepped in by hand, and did anybody try to approve their own request?',
    say: ({ count, of }) =>
      `${count} in 30 days, ${of === 0 ? 'nobody' : counted(of ?? 0, 'time')} on their own request.`,
    isBad: ({ of }) => (of ?? 0) > 0,
    more: [['/admin/approvals', 'What waits for approval']],
  },
  {
    view: 'MARGIN',
    title: 'Margin after the rail',
    to: '/admin/margins',
    question: 'What is left of the fees once the rail has taken its own?',
    say: (found) => `${sums(found)} since ${found.at ? day(found.at) : 'the first of the month'}.`,
    isBad: ({ amounts }) => amounts.some(({ minor }) => minor.startsWith('-')),
  },
  {
    view: 'EXPORTS',
    title: 'Exports',
    to: '/admin/journal',
    search: { command: 'export-list' },
    question: 'Who took which list away, with how many rows and which hash?',
    say: ({ count }) =>
      `${counted(count, 'list')} taken in 30 days. Each view has its own, as CSV and JSONL.`,
  },
];

/** The ten views of money in one place, each with its question and the first thing to know. */
export function MoneyPage() {
  const query = useQuery({ query: MoneyHeadlines });
  return (
    <Page
      title="Money"
      about="Ten views of the same ledger. Each number opens to the ledger and the journal."
    >
      <Ready query={query}>
        {({ moneyHeadlines }) => (
          <ul className="waiting">
            {VIEWS.map((view) => (
              <ViewRow
                key={view.view}
                view={view}
                headline={moneyHeadlines.find((row) => row.view === view.view)}
              />
            ))}
          </ul>
        )}
      </Ready>
    </Page>
  );
}

function ViewRow({ view, headline }: { readonly view: View; readonly headline: Headline | undefined }) {
  const { title, to, search, question, say, isBad, more = [] } = view;
  return (
    <li>
      <div>
        <Link to={to} search={search as never}>
          {title}
        </Link>{' '}
        {headline && isBad?.(headline) && <span className="tag bad">Look</span>}
        <div className="quiet">{question}</div>
        {headline && <div>{say(headline)}</div>}
      </div>
      <span className="row">
        {more.map(([other, label]) => (
          <Link key={other} to={other}>
            {label}
          </Link>
        ))}
      </span>
    </li>
  );
}
