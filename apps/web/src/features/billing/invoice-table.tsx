import { graphql } from '../../gql';
import { money, type Money } from '../../lib/money';
import { day } from '../../lib/time';
import { counted, newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const PayInvoice = graphql(`
  mutation PayInvoice($input: InvoiceInput!) {
    payInvoice(input: $input)
  }
`);
const VoidInvoice = graphql(`
  mutation VoidInvoice($input: InvoiceInput!) {
    voidInvoice(input: $input)
  }
`);

interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly issuedAt: string;
  readonly dueOn: string;
  readonly daysOverdue: number;
  readonly paidAt?: string | null;
  readonly purchaseOrderNumber?: string | null;
  readonly isBeingPaid: boolean;
  readonly amount: Money;
}

const WORDS: Readonly<Record<string, string>> = { OPEN: 'To be paid', PAID: 'Paid', VOID: 'Taken back' };

/** A lab's invoices, newest first, each with its paper and what can be done about it. */
export function InvoiceTable({
  invoices,
  mayPay,
}: {
  readonly invoices: readonly Invoice[];
  readonly mayPay: boolean;
}) {
  return (
    <DataTable
      label="Invoices"
      rows={invoices}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'number',
          header: 'Invoice',
          cell: ({ id, number, purchaseOrderNumber }) => (
            <>
              <a href={`/invoices/${id}.pdf`} download>
                {number} (PDF)
              </a>
              {purchaseOrderNumber && <div className="quiet">Purchase order {purchaseOrderNumber}</div>}
            </>
          ),
        },
        { id: 'issued', header: 'Issued', cell: ({ issuedAt }) => day(issuedAt) },
        { id: 'state', header: 'State', cell: (invoice) => <Standing invoice={invoice} /> },
        { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
        {
          id: 'do',
          header: '',
          cell: (invoice) =>
            mayPay && invoice.state === 'OPEN' && !invoice.isBeingPaid && <Steps invoice={invoice} />,
        },
      ]}
    />
  );
}

function Standing({ invoice }: { readonly invoice: Invoice }) {
  const { state, dueOn, daysOverdue, paidAt, isBeingPaid } = invoice;
  if (isBeingPaid)
    return (
      <>
        <StateTag state="PROCESSING" text="Payment on its way" />{' '}
        <span className="quiet">It counts when the money has arrived.</span>
      </>
    );
  if (daysOverdue > 0)
    return (
      <StateTag state="FAILED" text={`Late by ${counted(daysOverdue, 'day')}, was due on ${day(dueOn)}`} />
    );
  return (
    <>
      <StateTag state={state === 'OPEN' ? 'WAITING' : state} text={WORDS[state]} />{' '}
      <span className="quiet">{paidAt ? `on ${day(paidAt)}` : state === 'OPEN' && `by ${day(dueOn)}`}</span>
    </>
  );
}

function Steps({ invoice: { id, number, amount } }: { readonly invoice: Invoice }) {
  const pay = useAction(PayInvoice);
  const takeBack = useAction(VoidInvoice);
  const input = () => ({ input: { invoiceId: id, idempotencyKey: newKey() } });
  return (
    <div className="row">
      <Confirm
        button="Pay"
        name={`Pay ${number}`}
        weight="main"
        title={`Pay ${money(amount)}?`}
        verb={`Pay ${money(amount)}`}
        isSending={pay.isSending}
        problem={pay.problem}
        run={async () => {
          const done = await pay.run(input());
          if (done) say(`The payment for ${number} is on its way. It counts when the money has arrived.`);
          return done;
        }}
      >
        <p>It is asked for from where you pay. The invoice counts as paid when the money has arrived.</p>
      </Confirm>
      <Confirm
        button="Take back"
        name={`Take back ${number}`}
        title={`Take ${number} back?`}
        verb="Take it back"
        isSending={takeBack.isSending}
        problem={takeBack.problem}
        run={async () => {
          const done = await takeBack.run(input());
          if (done) say(`${number} is taken back; nothing is owed on it.`);
          return done;
        }}
      >
        <p>
          {money(amount)} leave your balance and are no longer owed. This works as long as the money is
          neither held nor spent.
        </p>
      </Confirm>
    </div>
  );
}
