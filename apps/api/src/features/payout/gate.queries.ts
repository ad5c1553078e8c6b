import { Injectable } from '@nestjs/common';
import { formRequirement, taxFormStanding } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { approvalsOf } from '../audit/audit.public';
import { findExpert } from '../expert/expert.public';
import { heldByAge, staffNames, type HeldRecord } from './held.repository';
import { countStandingHolds, standingHolds, type HoldRecord } from './payout-hold.repository';
import { newestSwitch } from './payout-switch.repository';
import { newestTaxForms } from './tax-form.repository';
import { taxThresholds } from './tax-threshold.repository';
import { OPEN_PAYOUTS } from './use-cases/throw-switch';

/** The switch as its page shows it. */
export interface SwitchShown {
  readonly isStopped: boolean;
  readonly reason: string | null;
  readonly byName: string | null;
  readonly at: Date | null;
  readonly reviewOn: Date | null;
  readonly isOpeningAsked: boolean;
}

export interface HoldShown extends HoldRecord {
  readonly placedByName: string | null;
}

/** An expert's tax form as their page shows it. */
export interface TaxFormShown {
  readonly kind: string;
  readonly state: string;
  readonly signedAt: Date | null;
  readonly expiresOn: Date | null;
  readonly name: string;
  /** Where they live, ISO 3166: it decides which forms they may sign. */
  readonly country: string;
  /** The sum of which year, in the currency that the expert is paid in, must not be reached without it; minor units. */
  readonly requiredFromMinor: bigint;
  readonly requiredYear: number;
  readonly currency: string;
}

/** What the pages of gates show: the switch, holds and their age, tax forms. */
@Injectable()
export class GateQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** How the switch stands. */
  async switch(person: Person): Promise<SwitchShown> {
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const thrown = await newestSwitch(db);
      if (!thrown)
        return {
          isStopped: false,
          reason: null,
          byName: null,
          at: null,
          reviewOn: null,
          isOpeningAsked: false,
        };
      const { isStopped, reason, byId, at, reviewOn } = thrown;
      const names = await staffNames(db, byId === null ? [] : [byId]);
      const asked = (await approvalsOf({ db, now }, OPEN_PAYOUTS, [thrown.id])).get(thrown.id);
      const byName = byId === null ? null : (names.get(byId) ?? null);
      return { isStopped, reason, byName, at, reviewOn, isOpeningAsked: asked?.state === 'PENDING' };
    });
  }

  /** Holds that stand, oldest first. */
  async holds(person: Person, args: PageArgs): Promise<Connection<HoldShown>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await standingHolds(db, page.limit + 1, page.after);
      const names = await staffNames(
        db,
        rows.flatMap(({ placedById }) => placedById ?? []),
      );
      return connect(
        page,
        rows,
        await countStandingHolds(db),
        (row) => [row.placedAt.toISOString(), row.id],
        (row) => ({
          ...row,
          placedByName: row.placedById === null ? null : (names.get(row.placedById) ?? null),
        }),
      );
    });
  }

  /** Money that waits, by gate and age. */
  async held(person: Person): Promise<HeldRecord[]> {
    return this.unitOfWork.readAs(person, ({ db, now }) => heldByAge(db, now));
  }

  /** The expert's own tax form. */
  async taxForm(person: Person): Promise<TaxFormShown> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('profile');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const expert = await findExpert(db, expertId);
      if (!expert) throw notFound('profile');
      const newest = (await newestTaxForms(db, [expertId])).get(expertId);
      const { country, rateCurrency: currency } = expert;
      const year = now.getUTCFullYear();
      const { fromMinor } = formRequirement(await taxThresholds(db, year), { year, country, currency });
      const standing = taxFormStanding(country, newest, now);
      return {
        ...standing,
        signedAt: standing.state === 'MISSING' ? null : (newest?.signedAt ?? null),
        expiresOn: standing.state === 'MISSING' ? null : (newest?.expiresOn ?? null),
        name: expert.displayName,
        country,
        requiredFromMinor: fromMinor,
        requiredYear: year,
        currency,
      };
    });
  }
}
