import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const Mine = graphql(`
  query MyEngagements {
    myEngagements(first: 50) {
      edges {
        node {
          id
          openingTitle
          labName
          state
          signedAt
          rate {
            minor
            currency
          }
        }
      }
    }
  }
`);
const OfLab = graphql(`
  query LabEngagements {
    labEngagements(first: 50) {
      edges {
        node {
          id
          openingTitle
          expertName
          state
          signedAt
          rate {
            minor
            currency
          }
        }
      }
    }
  }
`);
const One = graphql(`
  query Engagement($id: ID!) {
    engagement(id: $id) {
      id
      openingTitle
      expertName
      labName
      state
      weeklyCapHours
      noticeDays
      startsOn
      endsAt
      endReason
      takeRateExplanation
      hour {
        price {
          minor
          currency
        }
        pay {
          minor
          currency
        }
        fee {
          minor
          currency
        }
      }
      week {
        price {
          minor
          currency
        }
        pay {
          minor
          currency
        }
        fee {
          minor
          currency
        }
      }
      weeks {
        id
        weekStart
        state
        failureReason
        held {
          minor
          currency
        }
      }
    }
  }
`);
const Notice = graphql(`
  mutation GiveNotice($input: GiveNoticeInput!) {
    giveNotice(input: $input) {
      id
    }
  }
`);

interface Row {
  readonly id: string;
  readonly openingTitle: string;
  readonly state: string;
  readonly signedAt: string;
  readonly rate: { readonly minor: string; readonly currency: string };
  readonly other: string;
}

/** The engagements of one side. */
export function EngagementsPage({ side }: { readonly side: 'lab' | 'expert' }) {
  const [mine, reloadMine] = useQuery({
    query: Mine,
    pause: side !== 'expert',
    requestPolicy: 'cache-and-network',
  });
  const [ofLab, reloadLab] = useQuery({
    query: OfLab,
    pause: side !== 'lab',
    requestPolicy: 'cache-and-network',
  });
  const rows: Row[] | undefined =
    side === 'expert'
      ? mine.data?.myEngagements.edges.map(({ node }) => ({ ...node, other: node.labName }))
      : ofLab.data?.labEngagements.edges.map(({ node }) => ({ ...node, other: node.expertName }));
  if (!rows)
    return <Pending error={mine.error ?? ofLab.error} retry={side === 'expert' ? reloadMine : reloadLab} />;
  return (
    <Page title="Engagements">
      {rows.length === 0 && <Empty>No engagement yet. One begins when an offer is accepted.</Empty>}
      {rows.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Work</th>
              <th>{side === 'expert' ? 'Lab' : 'Expert'}</th>
              <th className="figure">Pay an hour</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td data-label="Work">
                  <Link
                    to={side === 'expert' ? '/expert/engagements/$id' : '/lab/engagements/$id'}
                    params={{ id: row.id }}
                  >
                    {row.openingTitle}
                  </Link>
                </td>
                <td data-label={side === 'expert' ? 'Lab' : 'Expert'}>{row.other}</td>
                <td data-label="Pay an hour" className="figure">
                  {money(row.rate)}
                </td>
                <td data-label="State">
                  <StateTag state={row.state} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}

/** Frozen terms, funded weeks, notice: the same for both sides. */
export function EngagementTerms({ id }: { readonly id: string }) {
  const [{ data, error }, query] = useQuery({
    query: One,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const [reason, setReason] = useState('');
  const notice = useAction(Notice);
  if (!data) return <Pending error={error} retry={query} />;
  const { engagement } = data;
  const give = async () => {
    if (await notice.run({ input: { engagementId: id, reason, idempotencyKey: newKey() } }))
      query({ requestPolicy: 'network-only' });
  };
  return (
    <>
      <p>
        <StateTag state={engagement.state} /> {engagement.expertName} for {engagement.labName}, at most{' '}
        {engagement.weeklyCapHours} hours a week, {engagement.noticeDays} days of notice.
        {engagement.endsAt && ` Ends on ${day(engagement.endsAt)}: ${engagement.endReason ?? ''}`}
      </p>
      <h2>Terms, frozen at signing</h2>
      <h3>One hour</h3>
      <Tally tally={engagement.hour} />
      <h3>A full week</h3>
      <Tally tally={engagement.week} />
      <p className="quiet">{engagement.takeRateExplanation}</p>
      <h2>Weeks and their money</h2>
      <ul>
        {engagement.weeks.map((week) => (
          <li key={week.id}>
            Week of {day(week.weekStart)}: <StateTag state={week.state} />{' '}
            {week.state === 'HELD' && `${money(week.held)} held`}{' '}
            {week.failureReason &&
              `${week.failureReason} Until the lab adds funds, no time can be logged in it; both sides have been told.`}
          </li>
        ))}
      </ul>
      {(engagement.state === 'ACTIVE' || engagement.state === 'BLOCKED_FUNDING') && (
        <details>
          <summary>End this engagement</summary>
          <p>It ends after {engagement.noticeDays} days. Work goes on until then and is paid.</p>
          <ProblemNotice problem={notice.problem?.field ? undefined : notice.problem} />
          <Field
            label="Reason"
            name="reason"
            hint="The other side reads it."
            value={reason}
            onChange={setReason}
            problem={notice.problem}
          />
          <button type="button" className="button" disabled={notice.isSending} onClick={() => void give()}>
            Give notice
          </button>
        </details>
      )}
    </>
  );
}

/** The lab's page of an engagement. */
export function LabEngagementPage() {
  const { id = '' } = useParams({ strict: false });
  return (
    <Page title="Engagement">
      <EngagementTerms id={id} />
    </Page>
  );
}
