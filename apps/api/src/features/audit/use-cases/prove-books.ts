import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, type Currency } from '@tallystick/domain';
import { system, type Person } from '../../../platform/access/actor';
import type { Db } from '../../../platform/prisma/database';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { allSeals, chainPart, countUnsealed, drift, owedAndHad, wrongCharges } from '../audit.repository';
import { SealingKey } from '../sealing-key';
import { GENESIS, link, Seal } from './seal';

/** One thing that was proven, or what is wrong with it. */
export interface Check {
  readonly name: string;
  readonly isRight: boolean;
  /** How many rows were looked at. */
  readonly looked: number;
  /** At most 20 faults, each named. */
  readonly faults: string[];
}

const PART = 1000;
const MOST_FAULTS = 20;

/** Proves the books: balances, charges, cover, and the seals over everything that was written. */
@Injectable()
export class ProveBooks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly key: SealingKey,
    private readonly seal: Seal,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  async run(person: Person): Promise<Check[]> {
    await this.seal.run();
    const checks = await this.unitOfWork.readAs(system('audit'), async ({ db, now }) => {
      const balances = await drift(db);
      const charges = await wrongCharges(db);
      return [
        check(
          'Every balance equals its postings',
          balances.looked,
          balances.codes.map((code) => `the balance of ${code} is not the sum of its postings`),
        ),
        check(
          'Every charge is what its hours, rate and take rate give, and the ledger has it so',
          charges.looked,
          charges.faults,
        ),
        await this.cover(db),
        await this.chain(db, now),
      ];
    });
    await this.unitOfWork.run(person, { name: 'prove-books' }, async (tx) => {
      tx.record({
        subjectType: 'books',
        subjectId: person.accountId,
        to: checks.every(({ isRight }) => isRight) ? 'PROVEN' : 'WRONG',
        facts: { faults: checks.flatMap(({ faults }) => faults).length },
      });
    });
    return checks;
  }

  /** What is owed is covered, and the rail has what the books say. */
  private async cover(db: Db): Promise<Check> {
    const rows = await owedAndHad(db);
    const faults: string[] = [];
    for (const { currency, owedMinor, hadMinor } of rows) {
      const words = (minor: bigint) => formatAmount({ minor, currency: currency as Currency });
      if (owedMinor > hadMinor) faults.push(`${words(owedMinor)} is owed and ${words(hadMinor)} is there`);
      const outcome = await this.rail.availableMinor(currency);
      if (outcome.kind !== 'done') faults.push(`the rail did not say what it has in ${currency}`);
      else if (outcome.value !== hadMinor)
        faults.push(`the rail has ${words(outcome.value)}, the books say ${words(hadMinor)}`);
    }
    return check("What is owed is covered by the rail's money", rows.length, faults);
  }

  /** The chain holds, link by link, up to roots that are signed and kept outside the database. */
  private async chain(db: Db, now: Date): Promise<Check> {
    const faults: string[] = [];
    let [seq, hash, looked] = [0n, GENESIS, 0];
    const ends = new Map<bigint, string>();
    for (;;) {
      const part = await chainPart(db, seq + 1n, PART);
      for (const item of part) {
        if (item.seq !== seq + 1n) faults.push(`row ${seq + 1n} of the chain is missing`);
        const what = `${item.kind === 'JOURNAL' ? 'journal row' : 'ledger transaction'} ${item.subjectId}`;
        const expected = item.body === undefined ? undefined : link(hash, item.body);
        if (expected === undefined) faults.push(`${what} was deleted`);
        else if (expected !== item.hash) faults.push(`${what} was changed`);
        [seq, hash, looked] = [item.seq, item.hash, looked + 1];
        ends.set(seq, hash);
      }
      if (part.length < PART || faults.length >= MOST_FAULTS) break;
    }
    const outside = this.key.published();
    for (const seal of await allSeals(db)) {
      if (!this.key.verify(seal, seal.signature))
        faults.push(`the seal up to row ${seal.toSeq} is not signed by our key`);
      if (ends.get(seal.toSeq) !== seal.root)
        faults.push(`the chain does not lead to the seal up to row ${seal.toSeq}`);
      if (outside.get(String(seal.toSeq)) !== seal.root)
        faults.push(`the root up to row ${seal.toSeq} is not the one that was kept outside the database`);
      outside.delete(String(seal.toSeq));
    }
    for (const end of outside.keys())
      faults.push(`the seal up to row ${end} was kept outside and is gone from the database`);
    const late = await countUnsealed(db, new Date(now.getTime() - 60_000));
    if (late > 0) faults.push(`${late} rows are not sealed`);
    return check('Every journal row and ledger transaction is sealed and unchanged', looked, faults);
  }
}

function check(name: string, looked: number, faults: string[]): Check {
  return { name, looked, isRight: faults.length === 0, faults: faults.slice(0, MOST_FAULTS) };
}
