import { Injectable } from '@nestjs/common';
import {
  dayWords,
  daysOverdue,
  formatAmount,
  REMINDER_DAYS,
  remindersDue,
  type Currency,
} from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { lockInvoice, moveInvoice, openInvoicesDue, type InvoiceRecord } from '../invoice.repository';
import { MONEY_ROLES } from '../money-roles';

const BILLING = system('billing');
const PART = 200;
const DAY_MS = 86_400_000;

/** Reminds labs of invoices: before their day, on it, and twice after. Each once, however often it runs. */
@Injectable()
export class RemindInvoices {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() + (1 - REMINDER_DAYS[0]) * DAY_MS);
    let last: InvoiceRecord | undefined;
    for (;;) {
      const part = await this.unitOfWork.readAs(BILLING, ({ db }) => openInvoicesDue(db, before, PART, last));
      for (const { id } of part) {
        await this.unitOfWork.run(BILLING, { name: 'remind-invoice' }, (tx) => remind(tx, id));
      }
      last = part.at(-1);
      if (part.length < PART) return;
    }
  }
}

async function remind(tx: Tx, id: string): Promise<void> {
  const invoice = await lockInvoice(tx.db, id);
  if (invoice?.state !== 'OPEN') return;
  const reminders = remindersDue(invoice.dueOn, tx.now);
  if (reminders <= invoice.reminders) return;
  if (!(await moveInvoice(tx.db, invoice, { reminders }))) throw new Error('the invoice moved meanwhile');
  const { labId, number, amountMinor: minor, currency, dueOn } = invoice;
  const late = daysOverdue(dueOn, tx.now);
  const amount = formatAmount({ minor, currency: currency as Currency });
  tx.record({ subjectType: 'invoice', subjectId: id, to: 'REMINDED', facts: { reminders }, labId });
  await notify(
    tx,
    { labId, roles: MONEY_ROLES },
    {
      kind: 'INVOICE_DUE',
      title:
        late > 0
          ? `Invoice ${number} is ${late === 1 ? 'a day' : `${late} days`} late`
          : `Invoice ${number} is due on ${dayWords(dueOn)}`,
      body:
        late > 0
          ? `${amount} was due on ${dayWords(dueOn)}. Work that runs goes on; no new invoice can be issued until it is paid.`
          : `${amount}. Pay it under billing.`,
      link: '/lab/invoices',
    },
  );
}
