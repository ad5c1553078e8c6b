import { Injectable } from '@nestjs/common';
import { railHold, standingBlocks, type RailHold, type StandingFacts } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import type { Tx } from '../../platform/prisma/transaction';
import { Gates } from './gates';
import type { RailAccountRecord } from './rail-hold.repository';

/** An account at the rail, whether it has to wait, and what else holds its expert's payouts. */
export interface JudgedAccount {
  readonly account: RailAccountRecord;
  readonly hold: RailHold;
  readonly standing: StandingFacts;
}

/** Says of accounts at the rail whether what lies in them waits. The same for the job that tells the rail and for the page that says why. */
@Injectable()
export class RailHolds {
  constructor(private readonly gates: Gates) {}

  /** Judges accounts as things stand: a fixed number of reads, however many. */
  async judge(db: Db, now: Date, accounts: readonly RailAccountRecord[]): Promise<JudgedAccount[]> {
    const ids = [...new Set(accounts.map(({ expertId }) => expertId))];
    const all = await this.gates.standing(db, now, ids);
    return accounts.map((account) => {
      const own = all.get(account.expertId)?.facts ?? NOTHING;
      const standing: StandingFacts = {
        ...own,
        hasActiveAccount: account.state === 'ACTIVE',
        bankChangedAt: account.bankChangedAt ?? undefined,
      };
      const facts = {
        ...standing,
        isHeld: account.railHeldAt !== null,
        hasReturned: account.hasReturned,
        returnedAt: account.returnedAt ?? undefined,
      };
      return { account, standing, hold: railHold(facts, now) };
    });
  }
}

/** What a person decided, or the bank, in the words of the journal: the gates that hold an account. */
export function whyHeld({ account, standing }: JudgedAccount, now: Date): string[] {
  const gates = standingBlocks(standing, now).map(({ gate }) => gate);
  return account.hasReturned ? [...gates, 'RETURNED'] : gates;
}

/** Has the rail told, as soon as this is committed, whether an expert's accounts may send to a bank by themselves. */
export function tellRailSoon(tx: Tx, expertId: string): void {
  tx.enqueue({ queue: 'rail', name: 'hold-at-rail', payload: { expertId } });
}

const NOTHING: StandingFacts = { holds: [], hasActiveAccount: false, coolDownHours: 0 };
