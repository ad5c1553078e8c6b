import { Injectable } from '@nestjs/common';
import { accountCode, assessTime, waitingWords, weekOf, type Currency, type Side } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { may } from '../../platform/access/permissions';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { ApprovalActions, approvalsFor } from '../audit/audit.public';
import { availableMinor } from '../ledger/ledger.public';
import { waitingForExpert, waitingForLab, waitingForStaff, weeklyNeeds } from './home.repository';
import { OF_A_KIND, type WaitingRow } from './waiting-branch.repository';

/** Something that waits, with its words. */
export interface WaitingItem {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly sentence: string;
  readonly link: string;
  readonly since: Date;
  readonly due: Date | null;
  readonly count: number;
}

/** The whole list has at most this many; what is due first comes first. */
const AT_MOST = 50;
/** Below this many weeks of money a lab is told. */
const FEW_WEEKS = 2n;

/** What waits for a person, worked out from how things stand: a few statements, however much there is. */
@Injectable()
export class HomeQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly actions: ApprovalActions,
  ) {}

  /** For a member of a lab, of the kinds that their role may decide. */
  async forLab(person: Person): Promise<WaitingItem[]> {
    const labId = person.labId ?? '';
    const allowed = {
      review: may(person, 'timesheet:review'),
      hire: may(person, 'application:review'),
      pay: may(person, 'billing:fund'),
      own: may(person, 'lab:manage'),
    };
    return this.unitOfWork.readAs(person, async (read) => {
      const rows = await waitingForLab(read.db, labId, allowed, weekOf(read.now).startsAt);
      const low = allowed.pay || allowed.hire ? await lowFunds(read, labId) : [];
      return inOrder('lab', [...rows, ...low]);
    });
  }

  /** For an expert. */
  async forExpert(person: Person): Promise<WaitingItem[]> {
    return this.unitOfWork.readAs(person, async ({ db, now }) =>
      inOrder('expert', await waitingForExpert(db, person.expertId ?? '', weekOf(now).startsAt, now)),
    );
  }

  /** For staff, of the kinds that their roles decide on. */
  async forStaff(person: Person): Promise<WaitingItem[]> {
    const allowed = {
      verify: may(person, 'credential:verify'),
      vet: may(person, 'lab:vet'),
      pay: may(person, 'payout:run'),
      audit: may(person, 'audit:read'),
    };
    const rows = await this.unitOfWork.readAs(person, async (read) => [
      ...(await waitingForStaff(read.db, allowed, person.accountId, read.now)),
      ...(may(person, 'approval:decide') ? await this.toDecide(read, person) : []),
    ]);
    return inOrder('staff', rows);
  }

  /** What waits for four eyes and this person may decide on: what is theirs, or about them, waits for others alone. */
  private async toDecide(read: Read, person: Person): Promise<WaitingRow[]> {
    const found = await approvalsFor(read, this.actions, person, OF_A_KIND);
    return found.map(({ id, summary, createdAt, promisedBy, expiresAt }) => ({
      kind: 'APPROVAL_TO_DECIDE',
      subjectId: id,
      label: summary,
      since: createdAt,
      due: promisedBy ?? expiresAt,
      count: 1,
    }));
  }
}

/** One item for each currency in which the balance, beside what is held, covers less than two weeks of all engagements. */
async function lowFunds({ db, now }: Read, labId: string): Promise<WaitingRow[]> {
  const needs = new Map<string, bigint>();
  for (const terms of await weeklyNeeds(db, labId)) {
    const { currency, rateMinorPerHour, weeklyCapSeconds: seconds } = terms;
    const { priceMinor } = assessTime({ rateMinorPerHour, seconds, terms });
    needs.set(currency, (needs.get(currency) ?? 0n) + priceMinor);
  }
  const found: WaitingRow[] = [];
  for (const [currency, needed] of needs) {
    const available = await availableMinor(db, accountCode.labPrepaid(labId, currency as Currency));
    const weeks = needed === 0n ? FEW_WEEKS : available / needed;
    if (weeks < FEW_WEEKS)
      found.push({
        kind: 'LOW_FUNDS',
        subjectId: currency,
        label: '',
        since: now,
        due: null,
        count: Number(weeks),
      });
  }
  return found;
}

/** With words; what is due first comes first, then what has waited longest. */
function inOrder(side: Side, rows: readonly WaitingRow[]): WaitingItem[] {
  const key = ({ due, since }: WaitingRow) => (due ?? new Date(since.getTime() + 30 * 86_400_000)).getTime();
  return [...rows]
    .sort((a, b) => key(a) - key(b) || a.kind.localeCompare(b.kind))
    .slice(0, AT_MOST)
    .flatMap((row) => {
      const words = waitingWords(side, row);
      const { kind, subjectId, since, due, count } = row;
      return words ? [{ id: `${kind}:${subjectId}`, kind, since, due, count, ...words }] : [];
    });
}
