import { formatDuration } from '@tallystick/domain';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { moment } from '../../lib/time';
import { words } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { More } from '../../ui/more';
import { Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { TallyLine } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const Audit = graphql(`
  query Audit($after: String, $subjectId: ID) {
    allCharges(first: 10) {
      totalCount
      edges {
        node {
          id
          labName
          expertName
          seconds
          chargedAt
          takeRatePolicyId
          tally {
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
        }
      }
    }
    journal(first: 20, after: $after, subjectId: $subjectId) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          at
          actorKind
          command
          subjectType
          subjectId
          fromState
          toState
          facts
          isSealed
        }
      }
    }
  }
`);
const Prove = graphql(`
  mutation ProveBooks {
    proveBooks {
      isProven
      checks {
        name
        isRight
        looked
        faults
      }
    }
  }
`);

/** Payouts, take rates, the journal, and the button that proves the books. */
export function AuditPage() {
  const [after, setAfter] = useState<string>();
  const [subjectId, setSubject] = useState('');
  const [{ data, error }, query] = useQuery({
    query: Audit,
    variables: { after, subjectId: subjectId.trim() || null },
    requestPolicy: 'cache-and-network',
  });
  const { run, isSending, problem } = useAction(Prove);
  const [proof, setProof] = useState<{
    isProven: boolean;
    checks: readonly { name: string; isRight: boolean; looked: number; faults: readonly string[] }[];
  }>();
  const prove = async () => {
    const done = await run({});
    if (done) setProof(done.proveBooks);
  };
  return (
    <Page
      title="Audit"
      action={
        <button type="button" className="button main" disabled={isSending} onClick={() => void prove()}>
          {isSending ? 'Proving' : 'Prove the books'}
        </button>
      }
    >
      <ProblemNotice problem={problem} />
      {proof && (
        <section className={`notice ${proof.isProven ? '' : 'error'}`} role="status">
          <strong>{proof.isProven ? 'The books are proven.' : 'The books are not right.'}</strong>
          <ul>
            {proof.checks.map((check) => (
              <li key={check.name}>
                <span className={`tag ${check.isRight ? 'good' : 'bad'}`}>
                  {check.isRight ? 'Right' : 'Wrong'}
                </span>{' '}
                {check.name} ({check.looked} looked at)
                {check.faults.map((fault) => (
                  <div key={fault}>{fault}</div>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!data && <Pending error={error} retry={query} />}
      {data && (
        <>
          <h2>Newest charges</h2>
          <table className="table">
            <thead>
              <tr>
                <th>Charged</th>
                <th>Lab</th>
                <th>Expert</th>
                <th className="figure">Time</th>
                <th className="figure">Price = pay + fee</th>
              </tr>
            </thead>
            <tbody>
              {data.allCharges.edges.map(({ node }) => (
                <tr key={node.id}>
                  <td data-label="Charged">{moment(node.chargedAt)}</td>
                  <td data-label="Lab">{node.labName}</td>
                  <td data-label="Expert">{node.expertName}</td>
                  <td data-label="Time" className="figure">
                    {formatDuration(node.seconds)}
                  </td>
                  <td data-label="Price = pay + fee" className="figure">
                    <TallyLine tally={node.tally} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <h2>Journal</h2>
          <Field
            label="Only this subject"
            name="subjectId"
            hint="The id of anything: an engagement, a payout, a charge."
            value={subjectId}
            onChange={setSubject}
          />
          <table className="table">
            <thead>
              <tr>
                <th>When</th>
                <th>What</th>
                <th>Who</th>
                <th>Change</th>
                <th>Sealed</th>
              </tr>
            </thead>
            <tbody>
              {data.journal.edges.map(({ node }) => (
                <tr key={node.id}>
                  <td data-label="When">{moment(node.at)}</td>
                  <td data-label="What">
                    {words(node.command.replaceAll('-', '_').toUpperCase())}{' '}
                    <span className="quiet">{node.subjectType}</span>
                  </td>
                  <td data-label="Who">{words(node.actorKind)}</td>
                  <td data-label="Change">
                    {node.fromState && words(node.fromState)} {node.toState && `to ${words(node.toState)}`}
                  </td>
                  <td data-label="Sealed">{node.isSealed ? 'Yes' : 'Not yet'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <More pageInfo={data.journal.pageInfo} total={data.journal.totalCount} onPage={setAfter} />
        </>
      )}
    </Page>
  );
}
