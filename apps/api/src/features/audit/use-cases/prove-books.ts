import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, type Currency } from '@tallystick/domain';
import { system, type Person } from '../../../platform/access/actor';
import type { Db } from '../../../platform/prisma/database';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { StatementKey } from '../../billing/billing.public';
import { KeepMovements } from '../../ledger/ledger.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { countUnsealed, drift, owedAndHad, passedBy, wrongCharges } from '../audit.repository';
import { AMOUNT_PROOFS } from '../amount-proof.repository';
import { assessmentsOffTheLedger } from '../assessment-proof.repository';
import {
  bookedWithoutRecord,
  changedPolicies,
  changedWords,
  chargesOffTheirTerms,
  termsOffTheJournal,
  wrongPayouts,
} from '../records.repository';
import { SealingKey } from '../sealing-key';
import { signaturesOffTheJournal } from '../signature.repository';
import { versionsOffTheirLines } from '../signed-version';
import { Seal } from './seal';
import { rowName, walkChain, type ReadPart } from './walk-chain';

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

/** Proves the books: balances, charges, fees, agreements, signatures of weeks, payouts, amounts kept beside the ledger, cover, and the seals over everything that was written. */
@Injectable()
export class ProveBooks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly key: SealingKey,
    private readonly statementKey: StatementKey,
    private readonly seal: Seal,
    private readonly movements: KeepMovements,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  async run(person: Person): Promise<Check[]> {
    const unsealed = await this.sealUnlessPassedBy();
    const checks = [
      await this.balances(),
      await this.charges(),
      await this.fees(),
      await this.agreements(),
      await this.signatures(),
      await this.payouts(),
      await this.amounts(),
      await this.cover(),
      await this.chain(unsealed),
      await this.words(),
    ];
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

  private async balances(): Promise<Check> {
    const { looked, codes } = await this.read(drift);
    const faults = codes.map((code) => `the balance of ${code} is not the sum of its postings`);
    return check('Every balance equals its postings', looked, faults);
  }

  /**
   * What is owed is covered, and the rail has what the books say. Nothing tells of what the rail takes by itself, a payout's fee,
   * before its movements are read: where both differ they are read first.
   */
  private async cover(): Promise<Check> {
    const compared = await this.compareCover();
    if (compared.isRight) return compared;
    try {
      await this.movements.run(await this.movements.since());
    } catch {
      // A rail that does not answer is among what is wrong already.
      return compared;
    }
    return this.compareCover();
  }

  private async compareCover(): Promise<Check> {
    const rows = await this.read(owedAndHad);
    const faults: string[] = [];
    for (const { currency, owedMinor, hadMinor, receivableMinor } of rows) {
      const words = (minor: bigint) => formatAmount({ minor, currency: currency as Currency });
      const coverMinor = hadMinor + receivableMinor;
      if (owedMinor > coverMinor)
        faults.push(
          `${words(owedMinor)} is owed and ${words(coverMinor)} is there: put ${words(owedMinor - coverMinor)} of the platform’s own money in at the rail`,
        );
      const outcome = await this.rail.availableMinor(currency);
      if (outcome.kind !== 'done') faults.push(`the rail did not say what it has in ${currency}`);
      else if (outcome.value !== hadMinor)
        faults.push(`the rail has ${words(outcome.value)}, the books say ${words(hadMinor)}`);
    }
    return check(
      "What is owed is covered by the rail's money and by what labs pay by invoice",
      rows.length,
      faults,
    );
  }

  /**
   * Seals what was written since. Where rows were passed by, or the end of the chain is not the one kept outside, nothing
   * is sealed, so that the proof covers up no trace; returns what is wrong.
   */
  private async sealUnlessPassedBy(): Promise<string[]> {
    const rows = await this.read(passedBy);
    if (rows.length > 0)
      return rows.map(
        ({ kind, subjectId }) => `${rowName(kind, subjectId)} is not sealed, though later ones are`,
      );
    const refused = await this.seal.run();
    return refused === undefined ? [] : [refused];
  }

  /** Every charge, worked out again, part by part. */
  private async charges(): Promise<Check> {
    const { looked, faults } = await this.eachCharge(wrongCharges);
    return check(
      'Every charge is what its line, rate and take rate give, and the ledger has it so',
      looked,
      faults,
    );
  }

  /** Every fee as it was assessed beside what the ledger has of it, part by part. */
  private async fees(): Promise<Check> {
    const { looked, faults } = await this.eachCharge(assessmentsOffTheLedger);
    return check('Every fee is what was assessed, and the ledger has it so', looked, faults);
  }

  /** Looks at all charges, a part at a time in the order of their ids, until there are faults enough. */
  private async eachCharge(
    prove: (
      db: Db,
      after: string | undefined,
      limit: number,
    ) => Promise<{ looked: number; last: string | undefined; faults: string[] }>,
  ): Promise<{ looked: number; faults: string[] }> {
    const faults: string[] = [];
    let [looked, last] = [0, undefined as string | undefined];
    for (;;) {
      const after = last;
      const part = await this.read((db) => prove(db, after, PART));
      faults.push(...part.faults);
      [looked, last] = [looked + part.looked, part.last];
      if (part.looked < PART || faults.length >= MOST_FAULTS) return { looked, faults };
    }
  }

  /** What was signed and set is what the sealed journal has of it, and what is charged by. */
  private async agreements(): Promise<Check> {
    const terms = await this.read(termsOffTheJournal);
    const policies = await this.read(changedPolicies);
    const faults = [...terms.faults, ...policies.faults, ...(await this.read(chargesOffTheirTerms))];
    return check(
      'Every agreement and take rate is what was signed and set, and charges keep to it',
      terms.looked + policies.looked,
      faults,
    );
  }

  /**
   * Each signature of a week is one that the sealed journal knows, and none that it knows is gone. What a key signed that
   * is not of here, as in the demo world that is brought along, was signed anew by one that is.
   */
  private async signatures(): Promise<Check> {
    const keyIds = await this.statementKey.ids();
    const signed = await this.read((db) => signaturesOffTheJournal(db, keyIds));
    const versions = await versionsOffTheirLines(this.read, this.statementKey);
    return check(
      'Every signed week is one that the journal knows, none is gone, and each version is over its lines',
      signed.looked + versions.looked,
      [...signed.faults, ...versions.faults],
    );
  }

  /** Each payout and the ledger say the same; nothing was booked whose record is gone. */
  private async payouts(): Promise<Check> {
    const { looked, faults } = await this.read(wrongPayouts);
    return check('Every payout is what the ledger paid, and no record is gone', looked, [
      ...faults,
      ...(await this.read(bookedWithoutRecord)),
    ]);
  }

  /** Each amount that is kept beside the postings is what they give. */
  private async amounts(): Promise<Check> {
    const faults: string[] = [];
    let looked = 0;
    for (const prove of AMOUNT_PROOFS) {
      const proof = await this.read(prove);
      faults.push(...proof.faults);
      looked += proof.looked;
    }
    const name =
      'Every invoice, payment, refund, dispute, return, rollup, signed sum, hold and fact that money was decided on is what it follows from';
    return check(name, looked, faults);
  }

  /** The words that people wrote are those that were sealed. */
  private async words(): Promise<Check> {
    const faults: string[] = [];
    let [looked, last] = [0, 0n];
    for (;;) {
      const after = last;
      const part = await this.read((db) => changedWords(db, after, PART));
      faults.push(...part.faults);
      [looked, last] = [looked + part.looked, part.last];
      if (part.looked < PART || faults.length >= MOST_FAULTS) break;
    }
    return check('The words beside the journal are those that were written', looked, faults);
  }

  /** The chain holds, link by link, up to roots that are signed and kept outside the database. */
  private async chain(unsealed: readonly string[]): Promise<Check> {
    const walked = await walkChain(this.read, this.key, { part: PART, mostFaults: MOST_FAULTS });
    const faults = [...unsealed, ...walked.faults];
    const late =
      unsealed.length > 0
        ? 0
        : await this.unitOfWork.readAs(system('audit'), ({ db, now }) =>
            countUnsealed(db, new Date(now.getTime() - 60_000)),
          );
    if (late > 0) faults.push(`${late} rows are not sealed`);
    return check('Every journal row and ledger transaction is sealed and unchanged', walked.looked, faults);
  }

  /** Each part is read in a transaction of its own: what is proven only grows, and no transaction lasts long. */
  private readonly read: ReadPart = (work) => this.unitOfWork.readAs(system('audit'), ({ db }) => work(db));
}

function check(name: string, looked: number, faults: string[]): Check {
  return { name, looked, isRight: faults.length === 0, faults: faults.slice(0, MOST_FAULTS) };
}
