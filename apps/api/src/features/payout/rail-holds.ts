import { Injectable } from '@nestjs/common';
import { railHold, type RailHold, type StandingFacts } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { Gates } from './gates';
import type { RailAccountRecord } from './rail-account.repository';

/** An account at the rail, whether it has to wait, and what else holds its expert's payouts. */
export interface JudgedAccount {
  readonly account: RailAccountRecord;
  readonly hold: RailHold;
  readonly standing: StandingFacts;
}

/** Says of accounts at the rail whether what lies in them waits. The same for the job that sends it on and for the page that says why. */
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
        ...(account.isPast && { restrictedAt: account.returnedAt ?? undefined }),
        bankChangedAt: account.bankChangedAt ?? undefined,
      };
      const facts = { ...standing, returnedAt: account.returnedAt ?? undefined };
      return { account, standing, hold: railHold(facts, now) };
    });
  }
}

const NOTHING: StandingFacts = { holds: [], hasActiveAccount: false, coolDownHours: 0 };
