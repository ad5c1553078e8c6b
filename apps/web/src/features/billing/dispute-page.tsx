import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { DisputeDetailQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { money } from '../../lib/money';
import { rules, said } from '../../lib/rules';
import { day, distance, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { LongTextField } from '../../ui/field';
import { Facts, Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { DISPUTE_WORDS, messageWords, moveWords, railWords, tagOf } from './dispute-words';

const DisputeDetail = graphql(`
  query DisputeDetail($id: ID!) {
    dispute(id: $id) {
      id
      labId
      labName
      state
      railStatus
      railDisputeId
      reason
      ageDays
      openedAt
      closedAt
      evidenceDueAt
      waitingWeeks
      waiting {
        minor
        currency
      }
      amount {
        minor
        currency
      }
      repaid {
        minor
        currency
      }
      writtenOff {
        minor
        currency
      }
      left {
        minor
        currency
      }
      railNotes {
        type
        receivedAt
      }
      moves {
        transactionId
        kind
        at
        debit
        credit
        amount {
          minor
          currency
        }
      }
    }
  }
`);
const WriteOff = graphql(`
  mutation WriteOffDispute($input: WriteOffDisputeInput!) {
    writeOffDispute(input: $input)
  }
`);

type Dispute = DisputeDetailQuery['dispute'];

/** One disputed payment: what the bank says, what it stops, what was lost and who bears it. */
export function DisputePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ query: DisputeDetail, variables: { id } });
  return (
    <Ready query={query}>
      {({ dispute }) => (
        <Page
          title={`${dispute.labName}: ${money(dispute.amount)} disputed`}
          about="Somebody told their bank that this payment was not right. Experts are paid whatever comes of it."
          back={<Link to="/admin/disputes">Disputes</Link>}
        >
          <Standing dispute={dispute} />
          <Lost dispute={dispute} />
          <RailHistory dispute={dispute} />
          <Moves dispute={dispute} />
        </Page>
      )}
    </Ready>
  );
}

function Standing({ dispute }: { readonly dispute: Dispute }) {
  const { state, railStatus, evidenceDueAt, waitingWeeks, left } = dispute;
  const isUndecided = state === 'OPEN' || state === 'INQUIRY';
  const isStopping = state === 'OPEN' || left.minor !== '0';
  return (
    <>
      {isUndecided && evidenceDueAt && (
        <Notice tone="warning">
          Give the bank evidence by {moment(evidenceDueAt)}, {distance(evidenceDueAt)}, on the rail’s own
          page. Without it the dispute is lost.
        </Notice>
      )}
      <Facts
        facts={[
          [
            'Lab',
            <Link key="lab" to="/admin/labs/$id" params={{ id: dispute.labId }}>
              {dispute.labName}
            </Link>,
          ],
          ['State', <StateTag key="state" state={tagOf(state)} text={DISPUTE_WORDS.get(state) ?? state} />],
          railStatus ? ['The rail says', railWords(railStatus)] : null,
          ['Reason given', dispute.reason.replaceAll('_', ' ')],
          ['Opened', `${moment(dispute.openedAt)}, ${counted(dispute.ageDays, 'day')} old`],
          dispute.closedAt ? ['Decided', moment(dispute.closedAt)] : null,
          ['Number at the rail', dispute.railDisputeId],
          [
            'What is stopped',
            isStopping
              ? 'The lab makes no new commitments: no week is held for it.'
              : 'Nothing. The lab works as before.',
          ],
          waitingWeeks > 0
            ? [
                'Weeks that wait for money',
                `${counted(waitingWeeks, 'week')}, ${money(dispute.waiting)} in all`,
              ]
            : null,
        ]}
      />
    </>
  );
}

function Lost({ dispute }: { readonly dispute: Dispute }) {
  const { state, amount, repaid, writtenOff, left } = dispute;
  if (state !== 'LOST') return null;
  return (
    <Section title="What was lost">
      <Figures
        figures={[
          { label: 'Taken by the bank', value: money(amount) },
          { label: 'Paid by the lab', value: money(repaid) },
          { label: 'Written off', value: money(writtenOff), about: 'the platform bears it' },
          {
            label: 'Owed by the lab',
            value: money(left),
            about: left.minor === '0' ? undefined : 'taken from what becomes free and from the next payments',
            tone: left.minor === '0' ? undefined : 'bad',
          },
        ]}
      />
      {left.minor !== '0' && <WriteOffForm dispute={dispute} />}
    </Section>
  );
}

function WriteOffForm({ dispute: { id, labName, left } }: { readonly dispute: Dispute }) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Say why, in a sentence.', 500) }),
    write: WriteOff,
    variables: ({ reason }, idempotencyKey) => ({ input: { disputeId: id, reason, idempotencyKey } }),
    onDone: () => say('Another person has to approve it. You are told.'),
  });
  return (
    <Confirm
      button="Write off"
      title={`Write off ${money(left)}?`}
      verb="Ask for approval"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        {labName} would owe nothing from this dispute any more, and could make commitments again. The platform
        bears {money(left)}: put as much of its own money in at the rail, so that what labs and experts are
        owed is covered. Another person has to approve it; until then nothing changes.
      </p>
      <LongTextField
        form={form}
        name="reason"
        label="Why"
        hint="Who approves reads it; it is kept in the journal."
      />
    </Confirm>
  );
}

function RailHistory({ dispute: { railNotes } }: { readonly dispute: Dispute }) {
  return (
    <Section title="What the rail told">
      {railNotes.length === 0 ? (
        <p>No message of the rail is kept for it.</p>
      ) : (
        <ol>
          {railNotes.map(({ type, receivedAt }) => (
            <li key={type + receivedAt}>
              {moment(receivedAt)}: {messageWords(type)}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Moves({ dispute: { moves } }: { readonly dispute: Dispute }) {
  return (
    <Section title="In the ledger">
      {moves.length === 0 ? (
        <p>No money has moved for it.</p>
      ) : (
        <DataTable
          label="Ledger transactions of this dispute"
          rows={moves}
          keyOf={({ transactionId, debit, credit }) => transactionId + debit + credit}
          columns={[
            {
              id: 'what',
              header: 'What',
              cell: ({ transactionId, kind, at, debit }) => (
                <>
                  <Link
                    to="/admin/ledger/transactions/$id"
                    params={{ id: transactionId }}
                    aria-label={`${moveWords(kind, debit)}, ${day(at)}`}
                  >
                    {moveWords(kind, debit)}
                  </Link>
                  <div className="quiet">{moment(at)}</div>
                </>
              ),
            },
            { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
            { id: 'from', header: 'Debit', cell: ({ debit }) => <span className="code">{debit}</span> },
            { id: 'to', header: 'Credit', cell: ({ credit }) => <span className="code">{credit}</span> },
          ]}
        />
      )}
    </Section>
  );
}
